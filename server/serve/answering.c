#include "serve/answering.h"

#include "base/clock.h"
#include "http/conditional.h"
#include "http/negotiate.h"
#include "serve/edition.h"
#include "serve/multipart.h"
#include "serve/tls_stream.h"

#include <inttypes.h>
#include <stdio.h>

void answering_note_body(const struct answering *a, enum coding coding, uint64_t bytes)
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

/* How long it took from the request's first line to its header's end, and from there to here. */
static void add_timing(const struct answering *a, struct MHD_Response *response)
{
    uint64_t header = a->begun - a->connection->started, own = clock_monotonic_ns() - a->begun;
    char text[96];

    snprintf(text, sizeof text, "header;dur=%.3f, answer;dur=%.3f", (double)header / 1e6,
             (double)own / 1e6);
    response_add(response, "Server-Timing", text);
}

enum MHD_Result answering_send_once(const struct answering *a, unsigned status,
                                    struct MHD_Response *response)
{
    enum MHD_Result result;

    if (a->strict)
        response_add_hsts(response, a->service->front.hsts);
    if (a->begun)
        add_timing(a, response);
    result = queue(a, status, response);
    MHD_destroy_response(response);
    return result;
}

/* The edition's would say a time to come: the clock was set back since (RFC 9110 §8.8.2.1). */
static bool from_the_future(const struct answering *a, const struct resource *resource)
{
    return resource->modified > a->now;
}

/* As the edition's, for what is to be said otherwise for this request. */
static struct MHD_Response *own_whole(const struct answering *a, const struct resource *resource,
                                      enum coding coding)
{
    struct response_meta meta = edition_meta(a->edition, resource, coding);
    struct MHD_Response *response = response_blob(resource->forms[coding].body);

    response_add_headers(response, resource, &meta, NULL);
    return response;
}

enum MHD_Result answering_send_whole(const struct answering *a, unsigned status,
                                     const struct resource *resource, enum coding coding)
{
    answering_note_body(a, coding, edition_sizes(a->edition, resource)[coding]);
    if (a->connection->stream && a->connection->outcome.bytes > 0)
        tls_stream_join(a->connection->stream);
    if (a->begun || from_the_future(a, resource))
        return answering_send_once(a, status, own_whole(a, resource, coding));
    return queue(a, status, edition_whole(a->edition, resource, coding, a->strict));
}

enum MHD_Result answering_send_not_modified(const struct answering *a,
                                            const struct resource *resource, enum coding coding)
{
    struct response_meta meta;
    struct MHD_Response *response;

    if (!a->begun && !from_the_future(a, resource))
        return queue(a, MHD_HTTP_NOT_MODIFIED,
                     edition_not_modified(a->edition, resource, coding, a->strict));
    meta = edition_meta(a->edition, resource, coding);
    response = response_blob(resource->forms[coding].body);
    response_add_validators(response, &meta);
    return answering_send_once(a, MHD_HTTP_NOT_MODIFIED, response);
}

enum MHD_Result answering_send_error(const struct answering *a, unsigned status, const char *name,
                                     const char *value)
{
    bool text = !negotiate_html(a->connection->fields);
    const struct resource *page = site_error_page(edition_site(a->edition), (int)status, text);
    enum coding coding = CODING_IDENTITY;
    struct MHD_Response *response;

    /* Who takes none of its forms gets it plain: better than a second error (RFC 9110 §15.5.7). */
    (void)negotiate_coding(a->connection->fields, edition_sizes(a->edition, page), &coding);
    if (!name)
        return answering_send_whole(a, status, page, coding);
    answering_note_body(a, coding, edition_sizes(a->edition, page)[coding]);
    response = own_whole(a, page, coding);
    response_add(response, name, value);
    return answering_send_once(a, status, response);
}

enum MHD_Result answering_send_unsatisfiable(const struct answering *a, uint64_t size)
{
    char value[48];

    snprintf(value, sizeof value, "bytes */%" PRIu64, size);
    return answering_send_error(a, MHD_HTTP_RANGE_NOT_SATISFIABLE, MHD_HTTP_HEADER_CONTENT_RANGE,
                                value);
}

enum range_result answering_wanted(const struct answering *a, const struct response_meta *meta,
                                   uint64_t size, struct byte_ranges *ranges)
{
    const struct connection *connection = a->connection;
    struct span value;

    if (!fields_has(connection->fields, FIELD_RANGE) || connection->method != METHOD_GET ||
        !fields_single(connection->fields, FIELD_RANGE, &value) ||
        !conditional_range(connection->fields, span_of(meta->etag), meta->modified, a->now))
        return RANGE_WHOLE;
    return range_parse(value, size, ranges);
}

struct MHD_Response *answering_parts(const struct answering *a, const struct resource *resource,
                                     const struct response_meta *meta, const struct source *source,
                                     const struct byte_ranges *ranges)
{
    const struct byte_range *first = &ranges->list[0];
    struct MHD_Response *response;
    uint64_t size;
    char text[96];

    if (ranges->count > 1) {
        struct digest boundary = digest_bytes(span_of(meta->etag));

        response = multipart_response(source, ranges, resource->content_type, boundary.text, &size);
        answering_note_body(a, meta->coding, size);
        snprintf(text, sizeof text, "multipart/byteranges; boundary=%s", boundary.text);
        response_add_headers(response, resource, meta, text);
        return response;
    }
    response = response_new(source, first->first, first->last - first->first + 1);
    response_add_headers(response, resource, meta, NULL);
    answering_note_body(a, meta->coding, first->last - first->first + 1);
    snprintf(text, sizeof text, "bytes %" PRIu64 "-%" PRIu64 "/%" PRIu64, first->first, first->last,
             source->size);
    response_add(response, MHD_HTTP_HEADER_CONTENT_RANGE, text);
    return response;
}
