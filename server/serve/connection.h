/*
 * connection: one client, and the list of all of them.
 *
 * A connection is made when libmicrohttpd takes the socket over and freed when it has closed it.
 * It carries what must be remembered between the calls for one request. That part belongs to the
 * thread that serves the connection; the list, the phase and what is watched are read by the
 * keeper too (keeper.h).
 */
#pragma once

#include "base/span.h"
#include "conf/site_settings.h"
#include "http/coding.h"
#include "http/fields.h"
#include "http/method.h"
#include "http/path.h"
#include "serve/front.h"
#include "serve/idle.h"
#include "serve/peer.h"
#include "serve/tally.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

struct door;
struct tls_stream;

/* What a request was answered with; no status: nothing was. */
struct outcome {
    unsigned status;
    enum coding coding; /* of the body */
    uint64_t bytes;     /* of the body, as far as it was to be sent */
};

struct connection {
    struct connection *previous, *next;
    int socket;
    unsigned lane;             /* of the current edition (current.h) */
    struct door *door;         /* by which it came (door.h); set by who makes it */
    struct tls_stream *stream; /* NULL: it is not through TLS; set by who makes it */
    struct peer peer;
    /* clock_monotonic_ns when it is shut, odd while it waits for a request; 0 while answering. */
    atomic_uint_fast64_t due;

    /* The request at hand; spans point into memory that libmicrohttpd keeps until it is done. */
    uint64_t started;        /* clock_monotonic_ns of its first line */
    struct span target_text; /* as sent */
    int target_err;          /* of target_parse */
    struct target target;
    char *query_start; /* what was hidden there; NULL: nothing is */
    char query_char;
    const char *method_text, *version; /* as sent; set once the header is read */
    enum method method;
    bool begun;             /* its header was read */
    struct outcome outcome; /* what was answered */
    struct fields *fields;  /* NULL while it waits */
    struct client client;   /* once it is answered; until then the one before, or the peer */

    /* A file that is being sent: it is given up if it gets shorter than that. */
    int file;
    off_t file_end;

    struct idle idle;

    /* The keeper's. */
    bool ended;           /* it saw the end of the client's stream */
    uint64_t slow_since;  /* when it first saw an answer wait to be taken; 0: none does */
    uint64_t taken_bytes; /* what the client had taken then */
};

enum admission { ADMITTED, REFUSED_FULL, REFUSED_ADDRESS, REFUSED_DESCRIPTORS, ADMISSION_COUNT };

/* Why the keeper shut a connection. */
enum shutting { SHUT_NOT, SHUT_LATE, SHUT_SLOW, SHUT_GONE, SHUT_FILE, SHUTTING_COUNT };

struct connections {
    struct limits limits;
    int descriptor_ceiling; /* descriptors.h */
    pthread_mutex_t lock;
    pthread_cond_t changed; /* the count went down */
    struct connection *first;
    struct connection *cursor; /* where the keeper goes on */
    size_t count;
    struct tally addresses;
    uint64_t admissions[ADMISSION_COUNT], shuttings[SHUTTING_COUNT]; /* since the start */
};

void connections_init(struct connections *connections, const struct limits *limits,
                      int descriptor_ceiling);
void connections_release(struct connections *connections); /* none may be left */

/* Room for one more of this address is taken before the socket is handed over. */
enum admission connections_reserve(struct connections *connections, const struct peer *peer,
                                   int socket);
void connections_unreserve(struct connections *connections, const struct peer *peer);

/* A connection in the place that was reserved for it. */
struct connection *connection_new(struct connections *connections, int socket,
                                  const struct peer *peer, unsigned lane);
void connection_free(struct connections *connections, struct connection *connection);

/*
 * The request line is here, with this target (NULL: none), which lives as long as the request.
 * The query is hidden from libmicrohttpd: it would cut it to pieces in place, and version 0.9.75
 * falls silent where there are more pieces than it has memory for.
 */
void connection_begin(const struct connections *connections, struct connection *connection,
                      char *target);

/* The header is read: brings the query back, makes room for the fields. */
void connection_begin_fields(struct connection *connection);

/*
 * Who asks: the one place that says so, for whoever counts, logs or lets in clients. Borrowed.
 */
const struct peer *connection_client(const struct connection *connection);

/* The request is complete: from now on the client must only be fast enough. */
void connection_answering(struct connection *connection);

/* While `file` is sent: owned by the response, of which `end` bytes were promised. */
void connection_watch_file(struct connections *connections, struct connection *connection, int file,
                           off_t end);

/* The request is done with, answered or not. Returns the time, clock_monotonic_ns. */
uint64_t connection_end(struct connections *connections, struct connection *connection);

/* Lets nobody send any more; answers still go out. */
void connections_shut_reading(struct connections *connections);

/* Waits until none is left; false when it takes more than `milliseconds`. */
bool connections_wait(struct connections *connections, unsigned milliseconds);
