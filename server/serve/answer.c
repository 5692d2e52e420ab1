#include "serve/answer.h"

#include "base/clock.h"
#include "http/conditional.h"
#include "http/negotiate.h"
#include "http/path.h"
#include "serve/answer_computed.h"
#include "serve/answer_file.h"
#include "serve/answering.h"
#include "serve/door.h"
#include "serve/edition.h"
#include "serve/vitals.h"
#include "site/url.h"

/* To `location`, which is released, with the query that was asked with. */
static enum MHD_Result send_redirect(const struct answering *a, struct strbuf *location)
{
    const struct target *target = &a->connection->target;
    struct MHD_Response *response = response_empty();

    if (target->has_query) {
        strbuf_append_char(location, '?');
        strbuf_append_span(location, target->query);
    }
    response_add(response, MHD_HTTP_HEADER_LOCATION, location->data);
    response_add(response, MHD_HTTP_HEADER_CACHE_CONTROL, "no-cache");
    strbuf_release(location);
    return answering_send_once(a, MHD_HTTP_PERMANENT_REDIRECT, response);
}

static enum MHD_Result send_allowed(const struct answering *a)
{
    struct MHD_Response *response = response_empty();

    response_add(response, MHD_HTTP_HEADER_ALLOW, METHOD_ALLOW);
    return answering_send_once(a, MHD_HTTP_NO_CONTENT, response);
}

/* What is no resource: the server's own, or nothing. */
static enum MHD_Result send_vitals(const struct answering *a, struct span path)
{
    struct vitals vitals;

    if (!vitals_answer(a->service, a->connection, a->mhd, a->edition, path, &vitals))
        return answering_send_error(a, MHD_HTTP_NOT_FOUND, NULL, NULL);
    answering_note_body(a, CODING_IDENTITY, vitals.size);
    return answering_send_once(a, vitals.status, vitals.response);
}

static enum MHD_Result send_memory(const struct answering *a, const struct resource *resource)
{
    struct byte_ranges ranges;
    struct response_meta meta;
    struct source source;
    enum coding coding;

    if (!negotiate_coding(a->connection->fields, edition_sizes(a->edition, resource), &coding))
        return answering_send_error(a, MHD_HTTP_NOT_ACCEPTABLE, NULL, NULL);
    meta = edition_meta(a->edition, resource, coding);
    switch (
        conditional_evaluate(a->connection->fields, span_of(meta.etag), meta.modified, a->now)) {
    case CONDITIONAL_NOT_MODIFIED:
        return answering_send_not_modified(a, resource, coding);
    case CONDITIONAL_FAILED:
        return answering_send_error(a, MHD_HTTP_PRECONDITION_FAILED, NULL, NULL);
    case CONDITIONAL_PROCEED:
        break;
    }
    source = source_blob(resource->forms[coding].body);
    switch (answering_wanted(a, &meta, source.size, &ranges)) {
    case RANGE_UNSATISFIABLE:
        return answering_send_unsatisfiable(a, source.size);
    case RANGE_PARTS:
        return answering_send_once(a, MHD_HTTP_PARTIAL_CONTENT,
                                   answering_parts(a, resource, &meta, &source, &ranges));
    case RANGE_WHOLE:
        break;
    }
    return answering_send_whole(a, MHD_HTTP_OK, resource, coding);
}

/* What is outside of the site's path: only the way to it, and what asks for the server itself. */
static enum MHD_Result send_outside(const struct answering *a, struct span path)
{
    struct strbuf location = STRBUF_INIT;

    if (!span_is(path, "/") && !span_is(path, a->service->front.base_path))
        return send_vitals(a, path);
    strbuf_append_format(&location, "%s/", a->service->front.base_path);
    return send_redirect(a, &location);
}

/*
 * Slashes are doubled behind the path's first part: addresses on that page, which are relative,
 * would lead nowhere. In front of it they do no harm, and proxies that are set up so would go round
 * in circles. `location` gets the way from there.
 */
static bool is_astray(const struct answering *a, struct span path, struct strbuf *location)
{
    struct span asked = a->connection->target.path, base = span_of(a->service->front.base_path);

    if (span_starts_with(asked, base))
        asked = span_from(asked, base.len);
    while (asked.len > 0 && asked.data[0] == '/')
        asked = span_from(asked, 1);
    if (span_find(asked, SPAN("//")) < 0)
        return false;
    url_append_relative(location, asked, span_from(path, 1));
    return true;
}

static enum MHD_Result send_resource(const struct answering *a)
{
    const struct target *target = &a->connection->target;
    struct strbuf location = STRBUF_INIT;
    char buffer[TARGET_MAX + 2];
    const struct resource *resource;
    enum MHD_Result result;
    struct span path;

    if (target->form == TARGET_ASTERISK || path_decode(target->path, buffer, &path) < 0)
        return answering_send_error(a, MHD_HTTP_BAD_REQUEST, NULL, NULL);
    if (a->connection->door->redirect && !a->connection->client.secure) {
        if (a->connection->client.host.len == 0)
            return answering_send_error(a, MHD_HTTP_BAD_REQUEST, NULL, NULL);
        front_append_secure(&location, a->connection);
        return send_redirect(a, &location);
    }
    if (!front_strip(&a->service->front, path, &path))
        return send_outside(a, path);
    resource = site_find(edition_site(a->edition), path);
    if (!resource)
        return send_vitals(a, path);
    if (is_astray(a, path, &location))
        return send_redirect(a, &location);
    if (resource->compute && (target->has_query || resource->kind == RESOURCE_COMPUTED) &&
        answer_computed(a, resource, &result))
        return result;
    switch (resource->kind) {
    case RESOURCE_COMPUTED:
        return answering_send_error(a, MHD_HTTP_NOT_FOUND, NULL, NULL);
    case RESOURCE_FILE:
        return answer_file(a, resource);
    case RESOURCE_REDIRECT:
        strbuf_append_text(&location, resource->location);
        return send_redirect(a, &location);
    case RESOURCE_MEMORY:
    default:
        return send_memory(a, resource);
    }
}

static enum MHD_Result send_by_method(const struct answering *a)
{
    switch (a->connection->method) {
    case METHOD_OPTIONS:
        return send_allowed(a);
    case METHOD_NOT_ALLOWED:
        return answering_send_error(a, MHD_HTTP_METHOD_NOT_ALLOWED, MHD_HTTP_HEADER_ALLOW,
                                    METHOD_ALLOW);
    case METHOD_UNKNOWN:
        return answering_send_error(a, MHD_HTTP_NOT_IMPLEMENTED, NULL, NULL);
    case METHOD_GET:
    case METHOD_HEAD:
    default:
        return send_resource(a);
    }
}

static enum MHD_Result answer(struct service *service, struct connection *connection,
                              struct MHD_Connection *mhd, unsigned status)
{
    struct answering a = {.service = service,
                          .connection = connection,
                          .mhd = mhd,
                          .edition = current_enter(service->current, connection->lane),
                          .now = time(NULL)};
    enum MHD_Result result;

    connection_answering(connection);
    connection->client = front_client(&service->front, connection);
    if (service->server_timing)
        a.begun = clock_monotonic_ns();
    a.strict = connection->client.secure && service->front.hsts;
    result = status ? answering_send_error(&a, status, NULL, NULL) : send_by_method(&a);

    current_leave(service->current, connection->lane);
    return result;
}

enum MHD_Result answer_request(struct service *service, struct connection *connection,
                               struct MHD_Connection *mhd)
{
    return answer(service, connection, mhd, 0);
}

enum MHD_Result answer_refuse(struct service *service, struct connection *connection,
                              struct MHD_Connection *mhd, unsigned status)
{
    return answer(service, connection, mhd, status);
}
