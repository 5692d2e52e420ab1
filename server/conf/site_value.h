/*
 * site_value: readers for the values of the site's settings (site_settings.h).
 *
 * Each reads one text into the field at `place` and is true, or leaves the field alone and is
 * false. The type of the field is said with each.
 */
#pragma once

#include <stdbool.h>

enum verbosity { VERBOSITY_QUIET, VERBOSITY_NORMAL, VERBOSITY_VERBOSE };
enum log_format { LOG_FORMAT_COMBINED, LOG_FORMAT_JSON };
enum audience { AUDIENCE_NOBODY, AUDIENCE_LOOPBACK, AUDIENCE_ALL };

bool read_string(void *place, const char *text);      /* char *, replaced; not empty */
bool read_port(void *place, const char *text);        /* unsigned */
bool read_threads(void *place, const char *text);     /* unsigned */
bool read_connections(void *place, const char *text); /* unsigned, 16 to a million */
bool read_count(void *place, const char *text);       /* unsigned, to a thousand million */
bool read_seconds(void *place, const char *text);     /* unsigned, from 1 to a day */
bool read_size(void *place, const char *text);        /* size_t, bytes: "4 MiB"; not 0 */
bool read_header_size(void *place, const char *text); /* size_t, as that, 3 KiB to 1 MiB */
bool read_verbosity(void *place, const char *text);   /* enum verbosity */
bool read_log_format(void *place, const char *text);  /* enum log_format */
bool read_log_style(void *place, const char *text);   /* enum log_style (base/log.h) */
bool read_audience(void *place, const char *text);    /* enum audience: off, loopback, all */
bool read_switch(void *place, const char *text);      /* bool: true, false */
