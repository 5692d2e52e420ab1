#include "serve/door.h"

#include "base/log.h"
#include "base/mem.h"
#include "serve/request.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static bool same_text(const char *a, const char *b)
{
    return a == b || (a && b && strcmp(a, b) == 0);
}

static bool does_same(const struct listen_settings *a, const struct listen_settings *b)
{
    return same_text(a->certificate, b->certificate) && same_text(a->key, b->key) &&
           a->redirect == b->redirect && a->redirect_port == b->redirect_port;
}

struct door *doors_for(struct doors *doors, struct service *service, unsigned threads,
                       const struct listen_settings *entry, struct err_list *errs)
{
    struct tls *tls = NULL;
    struct door *door;

    vec_each (&doors->list, other)
        if (does_same((*other)->as, entry))
            return *other;
    if (entry->certificate && tls_new(entry->certificate, entry->key, errs, &tls) < 0)
        return NULL;
    door = mem_zero(1, sizeof *door);
    *door = (struct door){.service = service,
                          .tls = tls,
                          .redirect = entry->redirect,
                          .redirect_port = entry->redirect_port,
                          .first_lane = doors_lanes(doors),
                          .threads = threads,
                          .as = entry};
    vec_push(&doors->list, door);
    return door;
}

void doors_renew(struct doors *doors, struct err_list *errs)
{
    vec_each (&doors->list, door)
        if ((*door)->tls && tls_reload((*door)->tls, errs) < 0)
            err_add(errs, SEVERITY_WARNING, NULL, 0, 0,
                    "the certificate read before stays in use until the files are mended");
}

void doors_release(struct doors *doors)
{
    vec_each (&doors->list, door) {
        tls_free((*door)->tls);
        free(*door);
    }
    vec_release(&doors->list);
}

unsigned doors_lanes(const struct doors *doors)
{
    unsigned lanes = 0;

    vec_each (&doors->list, door)
        lanes += (*door)->threads;
    return lanes;
}

/* libmicrohttpd makes its connection the session's pointer. */
int door_certificate(gnutls_session_t session, const struct gnutls_cert_retr_st *info,
                     gnutls_pcert_st **ret_chain, unsigned *ret_count,
                     gnutls_ocsp_data_st **ret_ocsp, unsigned *ret_ocsp_count,
                     gnutls_privkey_t *ret_key, unsigned *ret_flags)
{
    struct MHD_Connection *mhd = gnutls_session_get_ptr(session);
    const union MHD_ConnectionInfo *context =
        MHD_get_connection_info(mhd, MHD_CONNECTION_INFO_SOCKET_CONTEXT);
    const struct connection *connection = context ? context->socket_context : NULL;

    (void)info;
    *ret_ocsp = NULL;
    *ret_ocsp_count = 0;
    *ret_flags = GNUTLS_CERT_RETR_DEINIT_ALL;
    return connection ? tls_retrieve(connection->door->tls, ret_chain, ret_count, ret_key) : -1;
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

/* libmicrohttpd makes a list of the header's fields, and copies the cookies. */
size_t door_memory(const struct limits *limits)
{
    return limits->header / 5 * 8;
}

int door_start(struct door *door)
{
    struct service *service = door->service;
    const struct limits *limits = &service->connections.limits;
    /* Never reached by any of the threads, among which libmicrohttpd divides it. */
    unsigned most = (limits->connections + 1) * door->threads;
    struct MHD_OptionItem options[] = {
        {MHD_OPTION_CONNECTION_LIMIT, (intptr_t)most, NULL},
        {MHD_OPTION_CONNECTION_TIMEOUT, (intptr_t)inactivity_seconds(limits), NULL},
        {MHD_OPTION_CONNECTION_MEMORY_LIMIT, (intptr_t)door_memory(limits), NULL},
        {MHD_OPTION_NOTIFY_CONNECTION, (intptr_t)request_connection, door},
        {MHD_OPTION_NOTIFY_COMPLETED, (intptr_t)request_completed, service},
        {MHD_OPTION_URI_LOG_CALLBACK, (intptr_t)request_line, service},
        {MHD_OPTION_UNESCAPE_CALLBACK, (intptr_t)request_unescape, service},
        /* A pool of one would only add a thread that waits for it. */
        {door->threads > 1 ? MHD_OPTION_THREAD_POOL_SIZE : MHD_OPTION_END, (intptr_t)door->threads,
         NULL},
        {MHD_OPTION_END, 0, NULL},
    };
    struct MHD_OptionItem tls_options[] = {
        {door->tls ? MHD_OPTION_HTTPS_PRIORITIES : MHD_OPTION_END, 0,
         (void *)(uintptr_t)tls_priorities},
        {MHD_OPTION_HTTPS_CERT_CALLBACK2, 0, (void *)(intptr_t)door_certificate},
        {MHD_OPTION_END, 0, NULL},
    };

    errno = 0;
    door->daemon = MHD_start_daemon(
        MHD_USE_EPOLL_INTERNAL_THREAD | MHD_USE_NO_LISTEN_SOCKET | MHD_USE_ITC | MHD_USE_ERROR_LOG |
            (door->tls ? MHD_USE_TLS : 0),
        0, NULL, NULL, request_handle, service, MHD_OPTION_EXTERNAL_LOGGER, log_remark, NULL,
        MHD_OPTION_ARRAY, tls_options, MHD_OPTION_ARRAY, options, MHD_OPTION_END);
    if (door->daemon)
        return 0;
    return errno ? -errno : -EAGAIN;
}

void door_stop(struct door *door)
{
    if (door->daemon)
        MHD_stop_daemon(door->daemon);
    door->daemon = NULL;
}

/* As libmicrohttpd does it: nobody else has this lane. */
unsigned door_lane(const struct door *door, int socket)
{
    return door->first_lane + (unsigned)socket % door->threads;
}
