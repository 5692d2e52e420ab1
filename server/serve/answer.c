#include "serve/answer.h"

#include "base/escape.h"
#include "base/file.h"
#include "http/conditional.h"
#include "http/negotiate.h"
#include "http/path.h"
#include "http/range.h"
#include "serve/door.h"
#include "serve/edition.h"
#include "serve/multipart.h"
#include "serve/response.h"
#include "serve/vitals.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <time.h>
#include <unistd.h>

struct answering {
    struct service *service;
    struct connection *connection;
    struct MHD_Connection *mhd;
    const struct edition *edition;
    bool strict; /* says that clients shall come by HTTPS only */
    time_t now;
};

/* What goes into the body, for the record; nothing unless this is called. */
static void note_body(const struct answering *a, enum coding coding, uint64_t bytes)
{
    if (a->connection->method != METHOD_HEAD)
        a->connection->outcome = (struct outcome){.coding = coding, .bytes = bytes};
}

static enum MHD_Result queue(const struct answering *a, unsigned status,
                             struct MHD_Response *response)
{
    a->connection->outcome.status = status;
    return MHD_queue_response(a->mhd, status, response);
}

/* Queues a response that was made for this request only. */
static enum MHD_Result send_once(const struct answering *a, unsigned status,
                                 struct MHD_Response *response)
{
    enum MHD_Result result;

    if (a->strict)
        response_add_hsts(response, a->service->front.hsts);
    result = queue(a, status, response);
    MHD_destroy_response(response);
    return result;
}

/* The page for a status; with one more header unless `name` is NULL. */
static enum MHD_Result send_error(const struct answering *a, unsigned status, const char *name,
                                  const char *value)
{
    bool text = !negotiate_html(&a->connection->fields);
    const struct resource *page = site_error_page(edition_site(a->edition), (int)status, text);
    enum coding coding = CODING_IDENTITY;
    struct response_meta meta;
    struct MHD_Response *response;
    struct source source;

    /* Who takes none of its forms gets it plain: better than a second error (RFC 9110 §15.5.7). */
    (void)negotiate_coding(&a->connection->fields, edition_sizes(a->edition, page), &coding);
    note_body(a, coding, edition_sizes(a->edition, page)[coding]);
    if (!name)
        return queue(a, status, edition_whole(a->edition, page, coding, a->strict));
    meta = edition_meta(a->edition, page, coding);
    source = (struct source){.blob = page->forms[coding].body};
    source.size = blob_size(source.blob);
    response = response_new(&source, 0, source.size);
    response_add_headers(response, page, &meta, NULL);
    response_add(response, name, value);
    return send_once(a, status, response);
}

static enum MHD_Result send_unsatisfiable(const struct answering *a, uint64_t size)
{
    char value[48];

    snprintf(value, sizeof value, "bytes */%" PRIu64, size);
    return send_error(a, MHD_HTTP_RANGE_NOT_SATISFIABLE, MHD_HTTP_HEADER_CONTENT_RANGE, value);
}

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
    return send_once(a, MHD_HTTP_PERMANENT_REDIRECT, response);
}

static enum MHD_Result send_allowed(const struct answering *a)
{
    struct MHD_Response *response = response_empty();

    response_add(response, MHD_HTTP_HEADER_ALLOW, METHOD_ALLOW);
    return send_once(a, MHD_HTTP_NO_CONTENT, response);
}

/* What is no resource: the server's own, or nothing. */
static enum MHD_Result send_vitals(const struct answering *a, struct span path)
{
    struct vitals vitals;

    if (!vitals_answer(a->service, a->connection, a->mhd, a->edition, path, &vitals))
        return send_error(a, MHD_HTTP_NOT_FOUND, NULL, NULL);
    note_body(a, CODING_IDENTITY, vitals.size);
    return send_once(a, vitals.status, vitals.response);
}

/* What of a form is wanted; only GET has ranges (RFC 9110 §14.2). */
static enum range_result wanted(const struct answering *a, const struct response_meta *meta,
                                uint64_t size, struct byte_ranges *ranges)
{
    const struct connection *connection = a->connection;
    struct span value;

    if (!fields_has(&connection->fields, FIELD_RANGE) || connection->method != METHOD_GET ||
        !fields_single(&connection->fields, FIELD_RANGE, &value) ||
        !conditional_range(&connection->fields, span_of(meta->etag), meta->modified, a->now))
        return RANGE_WHOLE;
    return range_parse(value, size, ranges);
}

/* Takes the source's file. */
static struct MHD_Response *parts_response(const struct answering *a,
                                           const struct resource *resource,
                                           const struct response_meta *meta,
                                           const struct source *source,
                                           const struct byte_ranges *ranges)
{
    const struct byte_range *first = &ranges->list[0];
    struct MHD_Response *response;
    uint64_t size;
    char text[96];

    if (ranges->count > 1) {
        struct digest boundary = digest_bytes(span_of(meta->etag));

        response = multipart_response(source, ranges, resource->content_type, boundary.text, &size);
        note_body(a, meta->coding, size);
        snprintf(text, sizeof text, "multipart/byteranges; boundary=%s", boundary.text);
        response_add_headers(response, resource, meta, text);
        return response;
    }
    response = response_new(source, first->first, first->last - first->first + 1);
    response_add_headers(response, resource, meta, NULL);
    note_body(a, meta->coding, first->last - first->first + 1);
    snprintf(text, sizeof text, "bytes %" PRIu64 "-%" PRIu64 "/%" PRIu64, first->first, first->last,
             source->size);
    response_add(response, MHD_HTTP_HEADER_CONTENT_RANGE, text);
    return response;
}

static enum MHD_Result send_memory(const struct answering *a, const struct resource *resource)
{
    struct byte_ranges ranges;
    struct response_meta meta;
    struct source source;
    enum coding coding;

    if (!negotiate_coding(&a->connection->fields, edition_sizes(a->edition, resource), &coding))
        return send_error(a, MHD_HTTP_NOT_ACCEPTABLE, NULL, NULL);
    meta = edition_meta(a->edition, resource, coding);
    switch (
        conditional_evaluate(&a->connection->fields, span_of(meta.etag), meta.modified, a->now)) {
    case CONDITIONAL_NOT_MODIFIED:
        return queue(a, MHD_HTTP_NOT_MODIFIED,
                     edition_not_modified(a->edition, resource, coding, a->strict));
    case CONDITIONAL_FAILED:
        return send_error(a, MHD_HTTP_PRECONDITION_FAILED, NULL, NULL);
    case CONDITIONAL_PROCEED:
        break;
    }
    source = (struct source){.blob = resource->forms[coding].body};
    source.size = blob_size(source.blob);
    switch (wanted(a, &meta, source.size, &ranges)) {
    case RANGE_UNSATISFIABLE:
        return send_unsatisfiable(a, source.size);
    case RANGE_PARTS:
        return send_once(a, MHD_HTTP_PARTIAL_CONTENT,
                         parts_response(a, resource, &meta, &source, &ranges));
    case RANGE_WHOLE:
        break;
    }
    note_body(a, coding, source.size);
    return queue(a, MHD_HTTP_OK, edition_whole(a->edition, resource, coding, a->strict));
}

/* The digest in the query promises that this URL will never mean anything else. */
static bool names_digest(const struct target *target, const struct resource *resource)
{
    return target->has_query && span_starts_with(target->query, SPAN("v=")) &&
           span_is(span_from(target->query, 2), resource->digest.text);
}

enum { FILE_ETAG_MAX = 64 };

/* What the headers say of a file as it is now, which may be another than when it was loaded. */
static struct response_meta file_meta(const struct answering *a, const struct resource *resource,
                                      const struct stat *st, char etag[FILE_ETAG_MAX])
{
    bool unchanged = st->st_size == resource->size && st->st_ino == resource->inode &&
                     st->st_mtim.tv_sec == resource->file_modified.tv_sec &&
                     st->st_mtim.tv_nsec == resource->file_modified.tv_nsec;
    struct response_meta meta = {
        .etag = etag,
        .modified = st->st_mtim.tv_sec < a->now ? st->st_mtim.tv_sec : a->now,
        .coding = CODING_IDENTITY,
    };

    if (unchanged) {
        meta.etag = resource->forms[CODING_IDENTITY].etag;
        meta.fresh_for_ever = resource->freshness == FRESHNESS_FOREVER ||
                              names_digest(&a->connection->target, resource);
    } else {
        snprintf(etag, FILE_ETAG_MAX, "\"%jx-%lx-%jx\"", (uintmax_t)st->st_mtim.tv_sec,
                 (unsigned long)st->st_mtim.tv_nsec, (uintmax_t)st->st_size);
    }
    return meta;
}

/* Queues what is left of an open file once its preconditions hold. Takes the file. */
static enum MHD_Result send_open_file(const struct answering *a, const struct resource *resource,
                                      const struct response_meta *meta, const struct source *source)
{
    struct byte_ranges ranges = {.count = 1};
    struct MHD_Response *response;
    unsigned status = MHD_HTTP_OK;

    switch (wanted(a, meta, source->size, &ranges)) {
    case RANGE_UNSATISFIABLE:
        close(source->file);
        return send_unsatisfiable(a, source->size);
    case RANGE_PARTS:
        status = MHD_HTTP_PARTIAL_CONTENT;
        response = parts_response(a, resource, meta, source, &ranges);
        break;
    case RANGE_WHOLE:
    default:
        response = response_new(source, 0, source->size);
        response_add_headers(response, resource, meta, NULL);
        note_body(a, CODING_IDENTITY, source->size);
        ranges.list[0].last = source->size - 1;
        break;
    }
    if (ranges.count == 1 && source->size > 0)
        connection_watch_file(&a->service->connections, a->connection, source->file,
                              (off_t)ranges.list[0].last + 1);
    return send_once(a, status, response);
}

static enum MHD_Result send_file(const struct answering *a, const struct resource *resource)
{
    size_t sizes[CODING_COUNT] = {0, NEGOTIATE_ABSENT, NEGOTIATE_ABSENT};
    const struct fields *fields = &a->connection->fields;
    struct source source = {.blob = NULL};
    struct MHD_Response *response;
    struct response_meta meta;
    char etag[FILE_ETAG_MAX];
    enum coding coding;
    struct stat st;
    int err =
        file_open_beneath(site_root(edition_site(a->edition)), resource->file, &source.file, &st);

    if (!err && source.file >= a->service->descriptor_ceiling) {
        close(source.file);
        err = -EMFILE;
    }
    if (err == -EMFILE || err == -ENFILE || err == -ENOMEM)
        return send_error(a, MHD_HTTP_SERVICE_UNAVAILABLE, MHD_HTTP_HEADER_RETRY_AFTER, "5");
    if (err)
        return send_error(a, MHD_HTTP_NOT_FOUND, NULL, NULL);
    source.size = (uint64_t)st.st_size;
    meta = file_meta(a, resource, &st, etag);
    if (!negotiate_coding(fields, sizes, &coding)) {
        close(source.file);
        return send_error(a, MHD_HTTP_NOT_ACCEPTABLE, NULL, NULL);
    }
    switch (conditional_evaluate(fields, span_of(meta.etag), meta.modified, a->now)) {
    case CONDITIONAL_NOT_MODIFIED:
        response = response_new(&source, 0, source.size); /* for its length */
        response_add_validators(response, &meta);
        return send_once(a, MHD_HTTP_NOT_MODIFIED, response);
    case CONDITIONAL_FAILED:
        close(source.file);
        return send_error(a, MHD_HTTP_PRECONDITION_FAILED, NULL, NULL);
    case CONDITIONAL_PROCEED:
        break;
    }
    return send_open_file(a, resource, &meta, &source);
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

static enum MHD_Result send_resource(const struct answering *a)
{
    const struct target *target = &a->connection->target;
    struct strbuf location = STRBUF_INIT;
    char buffer[TARGET_MAX + 2];
    const struct resource *resource;
    struct span path;

    if (target->form == TARGET_ASTERISK || path_decode(target->path, buffer, &path) < 0)
        return send_error(a, MHD_HTTP_BAD_REQUEST, NULL, NULL);
    if (a->connection->door->redirect && !a->connection->client.secure) {
        if (a->connection->client.host.len == 0)
            return send_error(a, MHD_HTTP_BAD_REQUEST, NULL, NULL);
        front_append_secure(&location, a->connection);
        return send_redirect(a, &location);
    }
    if (!front_strip(&a->service->front, path, &path))
        return send_outside(a, path);
    resource = site_find(edition_site(a->edition), path);
    if (!resource)
        return send_vitals(a, path);
    switch (resource->kind) {
    case RESOURCE_FILE:
        return send_file(a, resource);
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
        return send_error(a, MHD_HTTP_METHOD_NOT_ALLOWED, MHD_HTTP_HEADER_ALLOW, METHOD_ALLOW);
    case METHOD_UNKNOWN:
        return send_error(a, MHD_HTTP_NOT_IMPLEMENTED, NULL, NULL);
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
    a.strict = connection->client.secure && service->front.hsts;
    result = status ? send_error(&a, status, NULL, NULL) : send_by_method(&a);

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
