/*
 * request: libmicrohttpd's callbacks, and what is refused before anything is looked up.
 *
 * libmicrohttpd parses leniently. What another server in the chain could read differently than we
 * do (RFC 9112 §11.2) is refused here, in the first call for a request, which closes the
 * connection behind the answer. Requests that pass are answered in the second call (answer.h).
 */
#pragma once

#include "serve/connection.h"
#include "serve/current.h"
#include "serve/front.h"

#include <microhttpd.h>
#include <stdatomic.h>
#include <stddef.h>
#include <time.h>

/* What all requests share; outlives the daemons. */
struct service {
    struct current *current;
    struct connections connections;
    struct front front;
    unsigned lanes;            /* of all doors */
    atomic_bool stopping;      /* every answer closes its connection */
    struct counters *counters; /* one for each lane, as the next */
    struct idle_list *idle;
    struct access_log *log; /* NULL: none is kept */
    struct pulse *pulse;    /* NULL: no watchdog waits */
    enum audience metrics;
    bool server_timing;
    time_t started;
    int statm; /* /proc/self/statm, which the sandbox lets nobody open; or -1 */
};

/*
 * The callbacks, whose context is the service, but for request_connection's, which is the door; a
 * request's context is its connection, and so is a socket's.
 */
enum MHD_Result request_handle(void *context, struct MHD_Connection *mhd, const char *url,
                               const char *method, const char *version, const char *upload,
                               size_t *upload_size, void **request);
void *request_line(void *context, const char *target, struct MHD_Connection *mhd);
void request_completed(void *context, struct MHD_Connection *mhd, void **request,
                       enum MHD_RequestTerminationCode code);
void request_connection(void *context, struct MHD_Connection *mhd, void **socket_context,
                        enum MHD_ConnectionNotificationCode code);
size_t request_unescape(void *context, struct MHD_Connection *mhd, char *text);
