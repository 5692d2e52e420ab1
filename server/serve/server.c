#include "serve/server.h"

#include "base/log.h"
#include "base/mem.h"
#include "base/pool.h"
#include "serve/acceptor.h"
#include "serve/access_log.h"
#include "serve/current.h"
#include "serve/descriptors.h"
#include "serve/edition.h"
#include "serve/listener.h"
#include "serve/metrics.h"
#include "serve/request.h"

#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { POLITE_MS = 200 }; /* stopping: for clients that are about to ask again */

struct server {
    struct listeners listeners;
    struct service service;
    struct MHD_Daemon *daemon;
    struct acceptor *acceptor;
    unsigned editions;
};

int server_new(const struct site_settings *settings, struct err_list *errs,
               struct server **ret_server)
{
    struct server *server = mem_zero(1, sizeof *server);
    struct limits limits = settings->limits;
    int err;

    limits.connections =
        descriptors_settle(limits.connections, errs, &server->service.descriptor_ceiling);
    listeners_init(&server->listeners);
    connections_init(&server->service.connections, &limits);
    server->service.lanes = settings->threads > 0 ? settings->threads : pool_cores();
    server->service.counters = counters_new(server->service.lanes);
    server->service.metrics = settings->metrics;
    server->service.started = time(NULL);
    err = listeners_bind(&server->listeners, settings, errs);
    if (!err && settings->access_log)
        err = access_log_open(settings->access_log, settings->access_log_format,
                              server->service.lanes, errs, &server->service.log);
    if (err) {
        server_free(server);
        return err;
    }
    *ret_server = server;
    return 0;
}

/* libmicrohttpd's own remarks: about what clients do, mostly. */
__attribute__((format(printf, 2, 0))) static void log_remark(void *context, const char *format,
                                                             va_list args)
{
    char text[512];

    (void)context;
    if (!log_enabled(LOG_LEVEL_DEBUG))
        return;
    vsnprintf(text, sizeof text, format, args);
    text[strcspn(text, "\n")] = '\0';
    log_debug("libmicrohttpd %s", text);
}

/* For what the keeper cannot measure; it must not be faster than the keeper. */
static unsigned inactivity_seconds(const struct limits *limits)
{
    unsigned most = limits->header_seconds;

    most = limits->idle_seconds > most ? limits->idle_seconds : most;
    most = limits->send_seconds > most ? limits->send_seconds : most;
    return most + 5;
}

/*
 * What a connection has for its request and the header of its answer, and what it costs when idle.
 * libmicrohttpd makes a list of the header's fields, and copies the cookies.
 */
static size_t connection_memory(const struct limits *limits)
{
    return limits->header / 5 * 8;
}

static struct MHD_Daemon *daemon_start(struct service *service)
{
    const struct limits *limits = &service->connections.limits;
    /* Never reached by any of the threads, among which libmicrohttpd divides it. */
    unsigned most = (limits->connections + 1) * service->lanes;
    struct MHD_OptionItem options[] = {
        {MHD_OPTION_CONNECTION_LIMIT, (intptr_t)most, NULL},
        {MHD_OPTION_CONNECTION_TIMEOUT, (intptr_t)inactivity_seconds(limits), NULL},
        {MHD_OPTION_CONNECTION_MEMORY_LIMIT, (intptr_t)connection_memory(limits), NULL},
        {MHD_OPTION_NOTIFY_CONNECTION, (intptr_t)request_connection, service},
        {MHD_OPTION_NOTIFY_COMPLETED, (intptr_t)request_completed, service},
        {MHD_OPTION_URI_LOG_CALLBACK, (intptr_t)request_line, service},
        {MHD_OPTION_UNESCAPE_CALLBACK, (intptr_t)request_unescape, service},
        /* A pool of one would only add a thread that waits for it. */
        {service->lanes > 1 ? MHD_OPTION_THREAD_POOL_SIZE : MHD_OPTION_END,
         (intptr_t)service->lanes, NULL},
        {MHD_OPTION_END, 0, NULL},
    };

    return MHD_start_daemon(MHD_USE_EPOLL_INTERNAL_THREAD | MHD_USE_NO_LISTEN_SOCKET | MHD_USE_ITC |
                                MHD_USE_ERROR_LOG,
                            0, NULL, NULL, request_handle, service, MHD_OPTION_EXTERNAL_LOGGER,
                            log_remark, NULL, MHD_OPTION_ARRAY, options, MHD_OPTION_END);
}

/* With all signals blocked, so that the new threads leave them to main. */
static int start_threads(struct server *server)
{
    sigset_t all, before;
    int err = 0;

    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    if (server->service.log)
        err = access_log_start(server->service.log);
    if (!err)
        server->daemon = daemon_start(&server->service);
    if (!err && !server->daemon)
        err = errno ? -errno : -EAGAIN;
    if (!err)
        err =
            acceptor_start(&server->listeners, server->daemon, &server->service, &server->acceptor);
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    return err;
}

int server_start(struct server *server, struct site *first, struct err_list *errs)
{
    int err;

    server->service.current =
        current_new(server->service.lanes, edition_new(first, ++server->editions));
    err = listeners_listen(&server->listeners, errs);
    if (err)
        return err;
    err = start_threads(server);
    if (err)
        err_add(errs, SEVERITY_ERROR, NULL, 0, 0,
                "cannot start %u serving threads (%s): ask for fewer with --threads",
                server->service.lanes, strerror(-err));
    return err;
}

void server_publish(struct server *server, struct site *site)
{
    current_replace(server->service.current, edition_new(site, ++server->editions));
}

void server_stop(struct server *server)
{
    struct connections *connections = &server->service.connections;

    if (!server->daemon)
        return;
    atomic_store(&server->service.stopping, true);
    if (server->acceptor)
        acceptor_stop(server->acceptor);
    server->acceptor = NULL;
    listeners_close(&server->listeners);
    /* Clients that ask now are told to close; then those that do not ask are closed. */
    if (!connections_wait(connections, POLITE_MS)) {
        connections_shut_reading(connections);
        if (!connections_wait(connections, connections->limits.stop_seconds * 1000))
            log_warning("stop: giving up on clients that take longer than stopTimeout=%u seconds",
                        connections->limits.stop_seconds);
    }
    MHD_stop_daemon(server->daemon);
    server->daemon = NULL;
}

void server_free(struct server *server)
{
    if (!server)
        return;
    server_stop(server);
    listeners_release(&server->listeners);
    current_free(server->service.current);
    connections_release(&server->service.connections);
    access_log_close(server->service.log);
    free(server->service.counters);
    free(server);
}

void server_reopen_log(struct server *server)
{
    if (server->service.log)
        access_log_reopen(server->service.log);
}

const char *server_url(const struct server *server)
{
    return server->listeners.url;
}
