/*
 * turnaway: those for whom there is no room.
 *
 * They get a short answer at once, whatever they wanted to ask, and nothing waits for them. Their
 * sockets are kept open for a moment: a request that arrives at a closed one would make the
 * kernel reset the connection, and the client might never see the answer. Used by one thread.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { TURNAWAY_MAX = 32 }; /* kept open at a time */

struct turnaway {
    struct {
        int socket;
        uint64_t since;
    } kept[TURNAWAY_MAX];
    size_t first, count;
};

/* Answers and takes the socket. Without `plain` it is closed only: TLS was expected. */
void turnaway_client(struct turnaway *turnaway, int socket, bool plain);

/* Closes those that have had their moment; all of them in the end. */
void turnaway_tick(struct turnaway *turnaway);
void turnaway_release(struct turnaway *turnaway);
