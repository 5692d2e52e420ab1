/*
 * log: one line an event, on standard error.
 *
 * Only main, serve and live speak; the layers below return errors. Lines carry a syslog priority
 * prefix (<6>…) when the journal reads standard error, as sd-daemon(3) describes. Control bytes
 * are escaped, so that nothing a stranger sends can forge a line. Safe from any thread.
 */
#pragma once

#include <stdbool.h>

enum log_level { LOG_LEVEL_ERROR, LOG_LEVEL_WARNING, LOG_LEVEL_INFO, LOG_LEVEL_DEBUG };

/* Once, before threads start: events above `level` are dropped. */
void log_init(enum log_level level);
bool log_enabled(enum log_level level);

void log_event(enum log_level level, const char *format, ...) __attribute__((format(printf, 2, 3)));

#define log_error(...) log_event(LOG_LEVEL_ERROR, __VA_ARGS__)
#define log_warning(...) log_event(LOG_LEVEL_WARNING, __VA_ARGS__)
#define log_info(...) log_event(LOG_LEVEL_INFO, __VA_ARGS__)
#define log_debug(...) log_event(LOG_LEVEL_DEBUG, __VA_ARGS__)
