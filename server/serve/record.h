/*
 * record: what is remembered of a request when it is over.
 */
#pragma once

#include "serve/request.h"

/* Counts it and writes its line; nothing for one that was never answered. */
void record_request(struct service *service, const struct connection *connection,
                    struct MHD_Connection *mhd, bool complete);
