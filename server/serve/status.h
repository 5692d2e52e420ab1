/*
 * status: the line of `systemctl status`.
 *
 * "4 decks, 120 slides, 2 problems, 12.3 requests/s": the first part for each edition, the rate
 * over the time since it was last said. Belongs to the main thread.
 */
#pragma once

#include "serve/sd.h"
#include "site/site.h"

#include <stdint.h>

struct status {
    const struct sd *sd;
    char *edition;     /* NULL: none is served yet */
    char *said;        /* last */
    uint64_t requests; /* that had been answered then */
    uint64_t at;       /* clock_monotonic_ns of then */
};

void status_init(struct status *status, const struct sd *sd); /* borrows */
void status_release(struct status *status);

/* Another site is served; `requests` have been answered until now. */
void status_publish(struct status *status, const struct site *site, uint64_t requests);

/* Says the rate anew; for every now and then. */
void status_update(struct status *status, uint64_t requests);
