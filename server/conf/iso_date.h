/*
 * iso_date: the day of a talk, as exactly as it is known.
 *
 * ISO 8601 calendar dates (also reduced to month or year) of the proleptic Gregorian calendar; a
 * time of day behind a full date is accepted and dropped.
 */
#pragma once

#include "base/span.h"

#include <stdbool.h>
#include <time.h>

struct iso_date {
    unsigned year;       /* 1…9999 */
    unsigned month, day; /* from 1; 0 where not known */
};

/* `2015-07-04`, `2015-07`, `2015`, `2015-07-04T18:30:00Z`, `2015-07-04 18:30`. */
bool iso_date_parse(struct span text, struct iso_date *ret_date);

/* As ISO 8601 on the heap, with the parts that are known. */
char *iso_date_build(const struct iso_date *date);

/* When the day begins, or the first of the month or year, by UTC. */
time_t iso_date_start(const struct iso_date *date);
