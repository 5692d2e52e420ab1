#include "serve/answer_computed.h"

#include "base/mem.h"
#include "http/compress.h"
#include "http/conditional.h"
#include "http/negotiate.h"
#include "site/computed.h"

#include <stdio.h>

/* Bytes; less fits a packet as it is. */
enum { COMPRESS_LEAST = 1024 };

/* An answer as if it was a resource in memory: headers are made from one. */
struct making {
    const struct answering *a;
    struct resource resource;
    unsigned status;
    struct blob *body; /* plain, then in the coding chosen */
    char etag[DIGEST_LEN + sizeof "\"-gz\""];
    struct response_meta meta;
};

/*
 * Chooses a form and makes it; false if the client takes none. That gzip is smaller shows only
 * afterwards: where it is not, there is no such form.
 */
static bool choose(struct making *making)
{
    struct span text = blob_span(making->body);
    size_t sizes[CODING_COUNT] = {
        [CODING_IDENTITY] = text.len,
        [CODING_GZIP] = text.len < COMPRESS_LEAST ? NEGOTIATE_ABSENT : text.len / 2,
        [CODING_BROTLI] = NEGOTIATE_ABSENT,
    };
    const struct fields *fields = making->a->connection->fields;
    struct blob *smaller;

    making->meta.vary = text.len < COMPRESS_LEAST ? NULL : "Accept-Encoding";
    if (!negotiate_coding(fields, sizes, &making->meta.coding))
        return false;
    if (making->meta.coding != CODING_GZIP)
        return true;
    smaller = compress_gzip_quick(text);
    if (smaller) {
        blob_unref(making->body);
        making->body = smaller;
        return true;
    }
    sizes[CODING_GZIP] = NEGOTIATE_ABSENT;
    return negotiate_coding(fields, sizes, &making->meta.coding);
}

static enum MHD_Result send_whole(const struct making *making)
{
    struct MHD_Response *response = response_blob(making->body);

    response_add_headers(response, &making->resource, &making->meta, NULL);
    answering_note_body(making->a, making->meta.coding, blob_size(making->body));
    return answering_send_once(making->a, making->status, response);
}

/* With the body, which is not sent: the length belongs to the 200 it stands for. */
static enum MHD_Result send_not_modified(const struct making *making)
{
    struct MHD_Response *response = response_blob(making->body);

    response_add_validators(response, &making->meta);
    return answering_send_once(making->a, MHD_HTTP_NOT_MODIFIED, response);
}

/* What there is to a 200: preconditions and ranges. */
static enum MHD_Result send_success(struct making *making)
{
    const struct answering *a = making->a;
    struct source source = source_blob(making->body);
    struct byte_ranges ranges;

    snprintf(making->etag, sizeof making->etag, "\"%s%s\"", making->resource.digest.text,
             making->meta.coding == CODING_GZIP ? "-gz" : "");
    making->meta.etag = making->etag;
    switch (conditional_evaluate(a->connection->fields, span_of(making->etag),
                                 making->meta.modified, a->now)) {
    case CONDITIONAL_NOT_MODIFIED:
        return send_not_modified(making);
    case CONDITIONAL_FAILED:
        return answering_send_error(a, MHD_HTTP_PRECONDITION_FAILED, NULL, NULL);
    case CONDITIONAL_PROCEED:
        break;
    }
    switch (answering_wanted(a, &making->meta, source.size, &ranges)) {
    case RANGE_UNSATISFIABLE:
        return answering_send_unsatisfiable(a, source.size);
    case RANGE_PARTS:
        return answering_send_once(
            a, MHD_HTTP_PARTIAL_CONTENT,
            answering_parts(a, &making->resource, &making->meta, &source, &ranges));
    case RANGE_WHOLE:
        break;
    }
    return send_whole(making);
}

/* Takes the body of the answer. */
static enum MHD_Result send_answer(const struct answering *a, const struct resource *resource,
                                   struct computed *answer)
{
    struct making making = {
        .a = a,
        .resource = {.kind = RESOURCE_MEMORY,
                     .content_type = answer->type,
                     .csp = answer->csp,
                     .unframed = resource->unframed,
                     .unlisted = resource->unlisted,
                     .shared = resource->shared,
                     .digest = digest_bytes(strbuf_span(&answer->body))},
        .status = (unsigned)answer->status,
        .body = blob_new_strbuf(&answer->body),
        .meta.modified = MODIFIED_UNKNOWN,
    };
    enum MHD_Result result;

    if (!choose(&making))
        result = answering_send_error(a, MHD_HTTP_NOT_ACCEPTABLE, NULL, NULL);
    else if (making.status == MHD_HTTP_OK)
        result = send_success(&making);
    else
        result = send_whole(&making);
    blob_unref(making.body);
    return result;
}

/* RFC 9110 §15.5.2: 401 comes with a challenge, though nothing a client could say would help. */
static enum MHD_Result send_error(const struct answering *a, unsigned status)
{
    if (status == MHD_HTTP_UNAUTHORIZED)
        return answering_send_error(a, status, MHD_HTTP_HEADER_WWW_AUTHENTICATE, "None");
    return answering_send_error(a, status, NULL, NULL);
}

bool answer_computed(const struct answering *a, const struct resource *resource,
                     enum MHD_Result *ret_result)
{
    struct strbuf address = STRBUF_INIT;
    struct computed answer;
    bool made;

    if (resource->compute)
        front_append_address(&address, &a->service->front, &a->connection->client);
    made = computed_make(&answer, resource, a->connection->target.query, strbuf_span(&address));

    if (made && answer.status >= MHD_HTTP_BAD_REQUEST && answer.body.len == 0)
        *ret_result = send_error(a, (unsigned)answer.status);
    else if (made)
        *ret_result = send_answer(a, resource, &answer);
    computed_release(&answer);
    strbuf_release(&address);
    return made;
}
