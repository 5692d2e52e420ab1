/*
 * connection: one client, and the list of all of them.
 *
 * A connection is made when libmicrohttpd takes the socket over and freed when it has closed it.
 * It carries what must be remembered between the calls for one request. That part belongs to the
 * thread that serves the connection; the list, the phase and what is watched are read by the
 * keeper too, which looks at all connections once a second and shuts those whose time is over:
 * libmicrohttpd only knows inactivity, which a client that sends a byte a second never shows.
 */
#pragma once

#include "base/span.h"
#include "http/fields.h"
#include "http/method.h"
#include "http/path.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

enum {
    HEADER_SECONDS = 20, /* for a whole header, from the connection's start or the request line */
    IDLE_SECONDS = 65,   /* between two requests */
    STALL_SECONDS = 60,  /* without a byte going either way */
};

struct connection {
    struct connection *previous, *next;
    int socket;
    unsigned lane;            /* of the current edition (current.h) */
    atomic_uint_fast64_t due; /* clock_monotonic_ns when it is shut; 0 while answering */

    /* The request at hand; spans point into memory that libmicrohttpd keeps until it is done. */
    struct span target_text; /* as sent */
    int target_err;          /* of target_parse */
    struct target target;
    char *query_start; /* what was hidden there; NULL: nothing is */
    char query_char;
    enum method method;
    bool begun; /* its first call was accepted */
    struct fields fields;

    bool ended; /* the keeper saw the end of its stream */

    /* A file that is being sent: it is given up if it gets shorter than that. */
    int file;
    off_t file_end;
};

struct connections {
    pthread_mutex_t lock;
    pthread_cond_t changed; /* the count went down */
    struct connection *first;
    size_t count, limit;
};

void connections_init(struct connections *connections, size_t limit);
void connections_release(struct connections *connections); /* none may be left */

/* Room for one more is taken before a socket is handed over; false at the limit. */
bool connections_reserve(struct connections *connections);
void connections_unreserve(struct connections *connections);

/* A connection in the place that was reserved for it. */
struct connection *connection_new(struct connections *connections, int socket, unsigned lane);
void connection_free(struct connections *connections, struct connection *connection);

/*
 * The request line is here, with this target (NULL: none), which lives as long as the request.
 * The query is hidden from libmicrohttpd: it would cut it to pieces in place, and version 0.9.75
 * falls silent where there are more pieces than it has memory for.
 */
void connection_begin(struct connection *connection, char *target);

/* Brings the query back once the header is read. */
void connection_reveal_query(struct connection *connection);

/* The header is complete: no deadline until the answer is out. */
void connection_answering(struct connection *connection);

/* While `file` is sent: owned by the response, of which `end` bytes were promised. */
void connection_watch_file(struct connections *connections, struct connection *connection, int file,
                           off_t end);

/* The request is done with, answered or not. */
void connection_end(struct connections *connections, struct connection *connection);

/* Shuts those whose deadline is over, whose client is gone or whose file was cut. */
void connections_check(struct connections *connections);

/* Lets nobody send any more; answers still go out. */
void connections_shut_reading(struct connections *connections);

/* Waits until none is left; false when it takes more than `milliseconds`. */
bool connections_wait(struct connections *connections, unsigned milliseconds);
