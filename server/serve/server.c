#include "serve/server.h"

#include "base/log.h"
#include "base/mem.h"
#include "base/pool.h"
#include "serve/acceptor.h"
#include "serve/access_log.h"
#include "serve/current.h"
#include "serve/descriptors.h"
#include "serve/door.h"
#include "serve/edition.h"
#include "serve/identity.h"
#include "serve/listener.h"
#include "serve/metrics.h"
#include "serve/pulse.h"
#include "serve/request.h"
#include "serve/sandbox.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { POLITE_MS = 200 }; /* stopping: for clients that are about to ask again */

struct server {
    struct listeners listeners;
    struct doors doors;
    struct service service;
    struct acceptor *acceptor;
    unsigned editions;
    const struct sd *sd; /* NULL: nobody waits for the pulse */
    bool started;
    char *url;
};

/* What stands in the place of `listen:`. */
static struct listen_settings short_form(const struct site_settings *settings)
{
    return (struct listen_settings){.port = settings->port, .bind = settings->bind};
}

/* Certificates first: what is wrong with them is known without looking at the network. */
static int open_doors(struct server *server, const struct site_settings *settings,
                      struct err_list *errs)
{
    unsigned threads = settings->threads > 0 ? settings->threads : pool_cores();
    const struct listen_settings plain = short_form(settings);
    const struct listen_list *entries = &settings->listens;
    int err = 0;

    vec_each (&entries->list, entry)
        if (!doors_for(&server->doors, &server->service, threads, entry, errs))
            err = -EINVAL;
    if (!err)
        err = listeners_bind(&server->listeners, entries, &plain, errs);
    if (err)
        return err;
    vec_each (&server->listeners.list, listener)
        listener->door =
            doors_for(&server->doors, &server->service, threads, listener->entry, errs);
    vec_each (&server->doors.list, door)
        if ((*door)->redirect && (*door)->redirect_port == 0)
            (*door)->redirect_port = listeners_tls_port(&server->listeners);
    server->service.lanes = doors_lanes(&server->doors);
    server->url = listeners_describe(&server->listeners, settings->base_path);
    return 0;
}

void server_check(const struct site_settings *settings, struct err_list *errs)
{
    vec_each (&settings->listens.list, entry) {
        struct tls *tls = NULL;

        if (entry->certificate && tls_new(entry->certificate, entry->key, errs, &tls) == 0)
            tls_free(tls);
    }
}

int server_new(const struct site_settings *settings, struct err_list *errs,
               struct server **ret_server)
{
    struct server *server = mem_zero(1, sizeof *server);
    struct limits limits = settings->limits;
    int ceiling, err;

    limits.connections = descriptors_settle(limits.connections, errs, &ceiling);
    listeners_init(&server->listeners);
    connections_init(&server->service.connections, &limits, ceiling);
    server->service.metrics = settings->metrics;
    server->service.server_timing = settings->server_timing;
    server->service.started = time(NULL);
    server->service.statm = -1;
    front_init(&server->service.front, settings);
    err = open_doors(server, settings, errs);
    server->service.counters = counters_new(server->service.lanes);
    server->service.idle = idle_lists_new(server->service.lanes, door_memory(&limits));
    if (err) {
        server_free(server);
        return err;
    }
    *ret_server = server;
    return 0;
}

int server_confine(struct server *server, const struct site_settings *settings, struct strbuf *out,
                   struct err_list *errs)
{
    int err = identity_assume(settings->user, settings->group, out, errs);

    server->service.statm = open("/proc/self/statm", O_RDONLY | O_CLOEXEC);
    if (!err && settings->access_log)
        err = access_log_open(settings->access_log, settings->access_log_format,
                              server->service.lanes, errs, &server->service.log);
    if (err)
        return err;
    strbuf_append_text(out, ": ");
    sandbox_enter(settings, out, errs);
    return 0;
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
    vec_each (&server->doors.list, door)
        if (!err)
            err = door_start(*door);
    if (!err && server->sd)
        server->service.pulse = pulse_new(&server->doors, server->sd);
    if (!err)
        err = acceptor_start(&server->listeners, &server->service, &server->acceptor);
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    return err;
}

void server_watch(struct server *server, const struct sd *sd)
{
    server->sd = sd;
}

int server_start(struct server *server, struct site *first, struct err_list *errs)
{
    int err;

    server->service.current = current_new(
        server->service.lanes, edition_new(first, ++server->editions, server->service.front.hsts));
    server->started = true;
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
    current_replace(server->service.current,
                    edition_new(site, ++server->editions, server->service.front.hsts));
}

void server_renew(struct server *server, struct err_list *errs)
{
    doors_renew(&server->doors, errs);
}

/* Clients that ask now are told to close; then those that do not ask are closed. */
static void drain(struct server *server)
{
    struct connections *connections = &server->service.connections;

    if (!connections_wait(connections, POLITE_MS)) {
        connections_shut_reading(connections);
        if (!connections_wait(connections, connections->limits.stop_seconds * 1000))
            log_warning("stop: giving up on clients that take longer than stopTimeout=%u seconds",
                        connections->limits.stop_seconds);
    }
    vec_each (&server->doors.list, door)
        door_stop(*door);
}

void server_stop(struct server *server)
{
    atomic_store(&server->service.stopping, true);
    if (server->acceptor)
        acceptor_stop(server->acceptor);
    server->acceptor = NULL;
    listeners_release(&server->listeners);
    if (server->started)
        drain(server);
    server->started = false;
    pulse_free(server->service.pulse); /* the serving threads looked at it to the end */
    server->service.pulse = NULL;
    access_log_close(server->service.log);
    server->service.log = NULL;
}

void server_free(struct server *server)
{
    if (!server)
        return;
    server_stop(server);
    doors_release(&server->doors);
    current_free(server->service.current);
    front_release(&server->service.front);
    connections_release(&server->service.connections);
    if (server->service.statm >= 0)
        close(server->service.statm);
    free(server->service.counters);
    free(server->service.idle);
    free(server->url);
    free(server);
}

void server_reopen_log(struct server *server)
{
    if (server->service.log)
        access_log_reopen(server->service.log);
}

uint64_t server_requests(const struct server *server)
{
    return counters_requests(&server->service);
}

const char *server_url(const struct server *server)
{
    return server->url;
}
