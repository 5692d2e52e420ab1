/*
 * sd: what systemd is told, and what it hands over.
 *
 * All calls do nothing where the process does not run under systemd. What is told goes through a
 * socket that is opened once, at the start (sd_notify(3) opens one for each message): the sandbox
 * lets nobody open another. Safe from any thread. libsystemd is used here and nowhere else.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct sd {
    int socket;           /* connected to systemd's; -1: nobody listens */
    uint64_t watchdog_ns; /* systemd ends us when it hears nothing for so long; 0: it does not */
};

void sd_open(struct sd *sd);
void sd_close(struct sd *sd);

bool sd_listens(const struct sd *sd);

/* Serving; ends starting and reloading alike. */
void sd_ready(const struct sd *sd);

/* Reloading begins: with the time that systemd wants to order this against its signal. */
void sd_reloading(const struct sd *sd);

void sd_stopping(const struct sd *sd);

/* All is well: the watchdog waits anew. */
void sd_alive(const struct sd *sd);

/* The line that `systemctl status` shows; longer ones than 240 bytes are cut. */
void sd_status(const struct sd *sd, const char *text);

/*
 * Sockets passed by a socket unit (LISTEN_FDS), as the first and the number of descriptors, with
 * their names (FileDescriptorName=); 0 or negative errno. They become close-on-exec, and the
 * environment is cleared of them: a second call finds none. The caller frees the names and their
 * array, which is NULL when there are none.
 */
int sd_inherited_sockets(int *ret_first, size_t *ret_count, char ***ret_names);
