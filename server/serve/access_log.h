/*
 * access_log: a line for each request, in a file or on standard output.
 *
 * A slow disk never holds an answer up: serving threads leave their lines in memory, each in a
 * queue of its own, and one thread writes them out in batches. Where it falls behind for too
 * long, lines are dropped, counted, and the log says so once.
 */
#pragma once

#include "base/err.h"
#include "serve/access_line.h"

#include <stdint.h>

struct access_log;

/*
 * `path` is a file, or "-" for standard output. By the user who serves, never by root: in a
 * directory that this user may change, another file could stand behind the name, and what can be
 * opened now can be opened again by access_log_reopen. Negative errno, with a line in `errs` that
 * says the mend, where it cannot be written.
 */
int access_log_open(const char *path, enum log_format format, unsigned lanes, struct err_list *errs,
                    struct access_log **ret_log);

/* The thread that writes; it inherits the signals that are blocked. 0 or negative errno. */
int access_log_start(struct access_log *log);

/* By the lane's own thread. */
void access_log_append(struct access_log *log, unsigned lane, const struct access_entry *entry);

/* The file under that name now is written to; lines that wait go into it, none is lost. */
void access_log_reopen(struct access_log *log);

/* Lines that could not be kept, since the start. */
uint64_t access_log_dropped(const struct access_log *log);

/* Writes what waits, for a few seconds at most. NULL is fine. No lane appends any more. */
void access_log_close(struct access_log *log);
