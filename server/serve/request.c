#include "serve/request.h"

#include "http/host.h"
#include "serve/answer.h"
#include "serve/door.h"
#include "serve/framing.h"
#include "serve/pulse.h"
#include "serve/record.h"
#include "serve/tls_stream.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

struct reading {
    struct fields *fields;
    struct framing framing;
    int err;
};

static enum MHD_Result read_field(void *context, enum MHD_ValueKind kind, const char *name,
                                  size_t name_len, const char *value, size_t value_len)
{
    struct reading *reading = context;
    struct span name_text = {name, name_len}, value_text = {value, value_len};

    (void)kind;
    framing_field(&reading->framing, name_text, value_text);
    reading->err = fields_add(reading->fields, name_text, value_text);
    return reading->err ? MHD_NO : MHD_YES;
}

/* RFC 9112 §3.2: one Host in HTTP/1.1, none or one before, and one that can be a host. */
static bool host_acceptable(const struct fields *fields, bool required)
{
    struct span host;

    if (!fields_has(fields, FIELD_HOST))
        return !required;
    return fields_single(fields, FIELD_HOST, &host) && host_valid(host);
}

static bool length_parse(struct span text, uint64_t *ret_length)
{
    uint64_t length = 0;

    if (text.len == 0 || text.len > 18)
        return false;
    for (size_t i = 0; i < text.len; i++) {
        if (text.data[i] < '0' || text.data[i] > '9')
            return false;
        length = length * 10 + (uint64_t)(text.data[i] - '0');
    }
    *ret_length = length;
    return true;
}

/* What is wrong with the framing of the body (RFC 9112 §6), or with there being one: a status. */
static unsigned check_body(const struct connection *connection, size_t limit, bool is_1_1,
                           bool *ret_answer_now)
{
    const struct fields *fields = connection->fields;
    bool has_coding = fields_has(fields, FIELD_TRANSFER_ENCODING);
    bool is_get = connection->method == METHOD_GET || connection->method == METHOD_HEAD;
    struct span value;
    uint64_t length = 0;

    if (has_coding && (!is_1_1 || fields_has(fields, FIELD_CONTENT_LENGTH) ||
                       !fields_single(fields, FIELD_TRANSFER_ENCODING, &value) ||
                       !span_is_nocase(value, "chunked")))
        return MHD_HTTP_BAD_REQUEST;
    if (fields_has(fields, FIELD_CONTENT_LENGTH) &&
        (!fields_single(fields, FIELD_CONTENT_LENGTH, &value) || !length_parse(value, &length)))
        return MHD_HTTP_BAD_REQUEST;
    if (length > limit)
        return MHD_HTTP_CONTENT_TOO_LARGE;
    if (is_get && (has_coding || length > 0))
        return MHD_HTTP_BAD_REQUEST;
    if (fields_has(fields, FIELD_EXPECT)) {
        if (!fields_single(fields, FIELD_EXPECT, &value) || !span_is_nocase(value, "100-continue"))
            return MHD_HTTP_EXPECTATION_FAILED;
        *ret_answer_now = true; /* nobody needs to send it */
    }
    *ret_answer_now = *ret_answer_now || has_coding;
    return 0;
}

static size_t header_size(struct MHD_Connection *mhd)
{
    const union MHD_ConnectionInfo *info =
        MHD_get_connection_info(mhd, MHD_CONNECTION_INFO_REQUEST_HEADER_SIZE);

    return info ? info->header_size : 0;
}

/* The status to refuse with, or 0. */
static unsigned check(const struct limits *limits, struct connection *connection, size_t size,
                      const char *version, bool *ret_answer_now)
{
    bool is_1_1 = strcmp(version, "HTTP/1.0") != 0;

    if (connection->target_err == -E2BIG)
        return MHD_HTTP_URI_TOO_LONG;
    if (connection->target_err)
        return MHD_HTTP_BAD_REQUEST;
    if (size > limits->header)
        return MHD_HTTP_REQUEST_HEADER_FIELDS_TOO_LARGE;
    if (!host_acceptable(connection->fields, is_1_1))
        return MHD_HTTP_BAD_REQUEST;
    return check_body(connection, limits->body, is_1_1, ret_answer_now);
}

/* Collects the header's fields; the status to refuse with, or 0. */
static unsigned read_header(struct connection *connection, struct MHD_Connection *mhd,
                            const char *method, const char *version)
{
    struct reading reading = {.err = 0};

    connection->method_text = method;
    connection->version = version;
    connection->method = method_parse(span_of(method));
    framing_begin(&reading.framing, mhd, method, connection->target_text, version);
    connection_begin_fields(connection);
    reading.fields = connection->fields;
    MHD_get_connection_values_n(mhd, MHD_HEADER_KIND, read_field, &reading);
    if (reading.err == -E2BIG)
        return MHD_HTTP_REQUEST_HEADER_FIELDS_TOO_LARGE;
    return reading.err || !framing_intact(&reading.framing) ? MHD_HTTP_BAD_REQUEST : 0;
}

static enum MHD_Result first_call(struct service *service, struct connection *connection,
                                  struct MHD_Connection *mhd, const char *method,
                                  const char *version)
{
    bool answer_now = atomic_load_explicit(&service->stopping, memory_order_relaxed);
    const struct limits *limits = &service->connections.limits;
    unsigned status = read_header(connection, mhd, method, version);

    if (!status)
        status = check(limits, connection, header_size(mhd), version, &answer_now);
    connection->begun = true;
    idle_end(&service->idle[connection->lane], &connection->idle, method);
    if (status)
        return answer_refuse(service, connection, mhd, status);
    return answer_now ? answer_request(service, connection, mhd) : MHD_YES;
}

enum MHD_Result request_handle(void *context, struct MHD_Connection *mhd, const char *url,
                               const char *method, const char *version, const char *upload,
                               size_t *upload_size, void **request)
{
    struct service *service = context;
    struct connection *connection = *request;

    (void)url;
    (void)upload;
    if (!connection)
        return MHD_NO;
    if (!connection->begun)
        return first_call(service, connection, mhd, method, version);
    if (*upload_size > 0) {
        *upload_size = 0;
        return MHD_YES;
    }
    return answer_request(service, connection, mhd);
}

static struct connection *connection_of(struct MHD_Connection *mhd)
{
    const union MHD_ConnectionInfo *info =
        MHD_get_connection_info(mhd, MHD_CONNECTION_INFO_SOCKET_CONTEXT);

    return info ? info->socket_context : NULL;
}

void *request_line(void *context, const char *target, struct MHD_Connection *mhd)
{
    const struct service *service = context;
    struct connection *connection = connection_of(mhd);

    /* It points into libmicrohttpd's own buffer, which may be written to. */
    if (connection)
        connection_begin(&service->connections, connection, (char *)(uintptr_t)target);
    return connection;
}

void request_completed(void *context, struct MHD_Connection *mhd, void **request,
                       enum MHD_RequestTerminationCode code)
{
    struct service *service = context;
    struct connection *connection = *request;

    *request = NULL;
    if (!connection)
        return;
    record_request(service, connection, mhd, code == MHD_REQUEST_TERMINATED_COMPLETED_OK);
    idle_begin(&service->idle[connection->lane], &connection->idle,
               connection_end(&service->connections, connection));
}

void request_connection(void *context, struct MHD_Connection *mhd, void **socket_context,
                        enum MHD_ConnectionNotificationCode code)
{
    struct door *door = context;
    struct service *service = door->service;
    struct connection *connection = *socket_context;

    if (code == MHD_CONNECTION_NOTIFY_STARTED) {
        int socket = MHD_get_connection_info(mhd, MHD_CONNECTION_INFO_CONNECTION_FD)->connect_fd;
        unsigned lane = door_lane(door, socket);
        struct peer peer = front_peer(
            &service->front,
            MHD_get_connection_info(mhd, MHD_CONNECTION_INFO_CLIENT_ADDRESS)->client_addr);

        if (pulse_takes(service->pulse, lane, socket))
            return;
        connection = connection_new(&service->connections, socket, &peer, lane);
        connection->door = door;
        if (door->tls)
            connection->stream = tls_stream_new(
                MHD_get_connection_info(mhd, MHD_CONNECTION_INFO_GNUTLS_SESSION)->tls_session,
                socket, tls_ticket_key(door->tls));
        *socket_context = connection;
    } else if (connection) {
        idle_forget(&service->idle[connection->lane], &connection->idle);
        connection_free(&service->connections, connection);
        *socket_context = NULL;
    }
}

size_t request_unescape(void *context, struct MHD_Connection *mhd, char *text)
{
    (void)context;
    (void)mhd;
    return strlen(text); /* http/path does that */
}
