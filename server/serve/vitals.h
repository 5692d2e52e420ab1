/*
 * vitals: what the server says of itself, at /_/health and /_/metrics.
 *
 * Health is for everybody: it says no more than any page that arrives. Metrics are for whom the
 * settings let have them.
 */
#pragma once

#include "serve/edition.h"
#include "serve/request.h"

#include <stdbool.h>

struct vitals {
    unsigned status;
    struct MHD_Response *response; /* the caller destroys it */
    size_t size;                   /* of its body */
};

/* False where the path is neither, or this client does not get it. */
bool vitals_answer(struct service *service, const struct connection *connection,
                   struct MHD_Connection *mhd, const struct edition *edition, struct span path,
                   struct vitals *ret_vitals);
