#include "serve/server.h"

#include "base/log.h"
#include "base/mem.h"
#include "base/pool.h"
#include "serve/acceptor.h"
#include "serve/current.h"
#include "serve/edition.h"
#include "serve/listener.h"
#include "serve/request.h"

#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

enum {
    CONNECTIONS_MAX = 16384,
    CONNECTIONS_MIN = 16,
    SPARE_DESCRIPTORS = 64, /* for everything that is no client */
    /*
     * What a connection has for its request and the header of its answer, and what it costs when
     * idle. A target of 8 KB must fit, or 6 KB of cookies that other programs left on localhost,
     * which libmicrohttpd copies.
     */
    CONNECTION_MEMORY = 16 * 1024,
    POLITE_MS = 200,   /* stopping: for clients that are about to ask again */
    FINISH_MS = 10000, /* stopping: for what is in flight */
};

struct server {
    struct listeners listeners;
    struct service service;
    struct MHD_Daemon *daemon;
    struct acceptor *acceptor;
};

/* Every client needs a descriptor, and perhaps another one for a file. */
static size_t connection_limit(void)
{
    struct rlimit limit;
    size_t room;

    if (getrlimit(RLIMIT_NOFILE, &limit) < 0)
        return CONNECTIONS_MIN;
    if (limit.rlim_cur < limit.rlim_max) {
        rlim_t wanted = 2 * CONNECTIONS_MAX + SPARE_DESCRIPTORS;
        struct rlimit raised = limit;

        raised.rlim_cur = wanted < limit.rlim_max ? wanted : limit.rlim_max;
        if (raised.rlim_cur > limit.rlim_cur && setrlimit(RLIMIT_NOFILE, &raised) == 0)
            limit = raised;
    }
    room = limit.rlim_cur > SPARE_DESCRIPTORS ? (limit.rlim_cur - SPARE_DESCRIPTORS) / 2 : 0;
    if (room > CONNECTIONS_MAX)
        return CONNECTIONS_MAX;
    return room < CONNECTIONS_MIN ? CONNECTIONS_MIN : room;
}

int server_new(const struct site_settings *settings, struct err_list *errs,
               struct server **ret_server)
{
    struct server *server = mem_zero(1, sizeof *server);
    int err;

    listeners_init(&server->listeners);
    connections_init(&server->service.connections, connection_limit());
    server->service.lanes = settings->threads > 0 ? settings->threads : pool_cores();
    err = listeners_bind(&server->listeners, settings, errs);
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

static struct MHD_Daemon *daemon_start(struct service *service)
{
    unsigned limit = (unsigned)service->connections.limit + 1;
    struct MHD_OptionItem options[] = {
        {MHD_OPTION_CONNECTION_LIMIT, (intptr_t)(limit * service->lanes), NULL},
        {MHD_OPTION_CONNECTION_TIMEOUT, STALL_SECONDS, NULL},
        {MHD_OPTION_CONNECTION_MEMORY_LIMIT, CONNECTION_MEMORY, NULL},
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
    server->daemon = daemon_start(&server->service);
    if (!server->daemon)
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

    server->service.current = current_new(server->service.lanes, edition_new(first));
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
    current_replace(server->service.current, edition_new(site));
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
        if (!connections_wait(connections, FINISH_MS))
            log_warning("stop: giving up on clients that take longer than %d seconds",
                        FINISH_MS / 1000);
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
    free(server);
}

const char *server_url(const struct server *server)
{
    return server->listeners.url;
}
