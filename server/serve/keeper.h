/*
 * keeper: what looks after the connections once a second.
 *
 * libmicrohttpd only knows inactivity, which a client that sends or takes a byte a second never
 * shows. So the keeper shuts the sockets of those whose time for a request is over, who take their
 * answer too slowly, or who went away unnoticed, and of answers whose file was cut; libmicrohttpd
 * sees the end of the stream then and cleans up.
 */
#pragma once

#include "serve/connection.h"

/* One look at all of them, some at a time, so that the serving threads are not kept waiting. */
void keeper_check(struct connections *connections);
