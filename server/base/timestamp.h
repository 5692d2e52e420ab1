/*
 * timestamp: points in time for programs, as RFC 3339 writes them.
 */
#pragma once

#include "base/strbuf.h"

#include <time.h>

/* "2026-11-21T03:51:45Z"; years outside 1970…9999 are brought to the nearest. */
void timestamp_append(struct strbuf *out, time_t time);
