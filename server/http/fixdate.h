/*
 * fixdate: points in time as HTTP writes them (RFC 9110 §5.6.7).
 *
 * Written as IMF-fixdate, always; read in that form and in the two obsolete ones. Locale and time
 * zone of the process do not matter.
 */
#pragma once

#include "base/span.h"

#include <stdbool.h>
#include <time.h>

enum { FIXDATE_LEN = 29 }; /* "Sun, 06 Nov 1994 08:49:37 GMT" */

/* Writes FIXDATE_LEN characters and a NUL; years outside 1970…9999 are brought to the nearest. */
void fixdate_build(time_t time, char out[FIXDATE_LEN + 1]);

/*
 * False for what is no date. A year of two digits that seems more than fifty years ahead of `now`
 * is one of the past century.
 */
bool fixdate_parse(struct span text, time_t now, time_t *ret_time);
