/*
 * log: one line an event, on standard error.
 *
 * Only main, serve and live speak; the layers below return errors. A line is a sentence for people
 * at a terminal, or logfmt or a JSON object for programs: time, level, message and, for what is
 * wrong with a deck, file, line and column. Where the journal reads standard error, lines have a
 * syslog priority (<6>…) in front, as sd-daemon(3) describes, and no time. Control bytes and broken
 * UTF-8 are escaped, so that nothing a stranger sends can forge a line. Safe from any thread.
 */
#pragma once

#include "base/err.h"
#include "base/strbuf.h"

#include <stdbool.h>

enum log_level { LOG_LEVEL_ERROR, LOG_LEVEL_WARNING, LOG_LEVEL_INFO, LOG_LEVEL_DEBUG };

/* Auto is text on a terminal, else logfmt. */
enum log_style { LOG_STYLE_AUTO, LOG_STYLE_TEXT, LOG_STYLE_LOGFMT, LOG_STYLE_JSON };

/* Once, before threads start: events above `level` are dropped. Before that, all is text. */
void log_init(enum log_level level, enum log_style style);
bool log_enabled(enum log_level level);

void log_event(enum log_level level, const char *format, ...) __attribute__((format(printf, 2, 3)));

#define log_error(...) log_event(LOG_LEVEL_ERROR, __VA_ARGS__)
#define log_warning(...) log_event(LOG_LEVEL_WARNING, __VA_ARGS__)
#define log_info(...) log_event(LOG_LEVEL_INFO, __VA_ARGS__)
#define log_debug(...) log_event(LOG_LEVEL_DEBUG, __VA_ARGS__)

/* Each of them, notes only when asked for more. */
void log_problems(const struct err_list *errs);

/*
 * The event that standard output is told: as the others, but text unless another style was asked
 * for or the journal reads.
 */
void log_announce(const char *text);
