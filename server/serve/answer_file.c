#include "serve/answer_file.h"

#include "base/file.h"
#include "http/conditional.h"
#include "http/negotiate.h"
#include "serve/edition.h"

#include <errno.h>
#include <stdio.h>
#include <unistd.h>

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

    switch (answering_wanted(a, meta, source->size, &ranges)) {
    case RANGE_UNSATISFIABLE:
        close(source->file);
        return answering_send_unsatisfiable(a, source->size);
    case RANGE_PARTS:
        status = MHD_HTTP_PARTIAL_CONTENT;
        response = answering_parts(a, resource, meta, source, &ranges);
        break;
    case RANGE_WHOLE:
    default:
        response = response_new(source, 0, source->size);
        response_add_headers(response, resource, meta, NULL);
        answering_note_body(a, CODING_IDENTITY, source->size);
        ranges.list[0].last = source->size - 1;
        break;
    }
    if (ranges.count == 1 && source->size > 0)
        connection_watch_file(&a->service->connections, a->connection, source->file,
                              (off_t)ranges.list[0].last + 1);
    return answering_send_once(a, status, response);
}

enum MHD_Result answer_file(const struct answering *a, const struct resource *resource)
{
    size_t sizes[CODING_COUNT] = {0, NEGOTIATE_ABSENT, NEGOTIATE_ABSENT};
    const struct fields *fields = a->connection->fields;
    struct source source = {.blob = NULL};
    struct MHD_Response *response;
    struct response_meta meta;
    char etag[FILE_ETAG_MAX];
    enum coding coding;
    struct stat st;
    int err =
        file_open_beneath(site_root(edition_site(a->edition)), resource->file, &source.file, &st);

    if (!err && source.file >= a->service->connections.descriptor_ceiling) {
        close(source.file);
        err = -EMFILE;
    }
    if (err == -EMFILE || err == -ENFILE || err == -ENOMEM || file_disk_failed(err))
        return answering_send_error(a, MHD_HTTP_SERVICE_UNAVAILABLE, MHD_HTTP_HEADER_RETRY_AFTER,
                                    "5");
    if (err)
        return answering_send_error(a, MHD_HTTP_NOT_FOUND, NULL, NULL);
    source.size = (uint64_t)st.st_size;
    meta = file_meta(a, resource, &st, etag);
    if (!negotiate_coding(fields, sizes, &coding)) {
        close(source.file);
        return answering_send_error(a, MHD_HTTP_NOT_ACCEPTABLE, NULL, NULL);
    }
    switch (conditional_evaluate(fields, span_of(meta.etag), meta.modified, a->now)) {
    case CONDITIONAL_NOT_MODIFIED:
        response = response_new(&source, 0, source.size); /* for its length */
        response_add_validators(response, &meta);
        return answering_send_once(a, MHD_HTTP_NOT_MODIFIED, response);
    case CONDITIONAL_FAILED:
        close(source.file);
        return answering_send_error(a, MHD_HTTP_PRECONDITION_FAILED, NULL, NULL);
    case CONDITIONAL_PROCEED:
        break;
    }
    return send_open_file(a, resource, &meta, &source);
}
