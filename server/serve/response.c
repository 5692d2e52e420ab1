#include "serve/response.h"

#include "base/mem.h"
#include "http/conditional.h"
#include "http/fixdate.h"

#include <time.h>
#include <unistd.h>

static struct MHD_Response *checked(struct MHD_Response *response)
{
    if (!response)
        mem_exhausted();
    return response;
}

static void drop_blob(void *blob)
{
    blob_unref(blob);
}

struct MHD_Response *response_empty(void)
{
    static char nothing[1];

    return checked(MHD_create_response_from_buffer(0, nothing, MHD_RESPMEM_PERSISTENT));
}

struct source source_blob(struct blob *blob)
{
    return (struct source){.blob = blob, .size = blob_size(blob)};
}

struct MHD_Response *response_new(const struct source *source, uint64_t start, uint64_t len)
{
    if (source->blob) {
        const char *data = blob_data(source->blob) + start;

        /* libmicrohttpd wants a pointer to mutable bytes, and only reads them. */
        return checked(MHD_create_response_from_buffer_with_free_callback_cls(
            len, (void *)(uintptr_t)data, drop_blob, blob_ref(source->blob)));
    }
    if (len == 0) {
        close(source->file);
        return response_empty();
    }
    return checked(MHD_create_response_from_fd_at_offset64(len, source->file, start));
}

struct MHD_Response *response_blob(struct blob *blob)
{
    struct source source = source_blob(blob);

    return response_new(&source, 0, source.size);
}

void response_add(struct MHD_Response *response, const char *name, const char *value)
{
    if (MHD_add_response_header(response, name, value) == MHD_NO)
        mem_exhausted();
}

void response_add_hsts(struct MHD_Response *response, const char *hsts)
{
    if (hsts)
        response_add(response, MHD_HTTP_HEADER_STRICT_TRANSPORT_SECURITY, hsts);
}

void response_add_validators(struct MHD_Response *response, const struct response_meta *meta)
{
    char date[FIXDATE_LEN + 1];
    time_t now = time(NULL);

    response_add(response, MHD_HTTP_HEADER_CACHE_CONTROL,
                 meta->fresh_for_ever ? "public, max-age=31536000, immutable" : "no-cache");
    if (meta->vary)
        response_add(response, MHD_HTTP_HEADER_VARY, meta->vary);
    if (meta->etag)
        response_add(response, MHD_HTTP_HEADER_ETAG, meta->etag);
    if (meta->etag && meta->modified != MODIFIED_UNKNOWN) {
        fixdate_build(meta->modified < now ? meta->modified : now, date);
        response_add(response, MHD_HTTP_HEADER_LAST_MODIFIED, date);
    }
}

void response_add_headers(struct MHD_Response *response, const struct resource *resource,
                          const struct response_meta *meta, const char *type)
{
    response_add(response, MHD_HTTP_HEADER_CONTENT_TYPE, type ? type : resource->content_type);
    response_add_validators(response, meta);
    if (meta->coding != CODING_IDENTITY)
        response_add(response, MHD_HTTP_HEADER_CONTENT_ENCODING, coding_name(meta->coding));
    if (meta->etag)
        response_add(response, MHD_HTTP_HEADER_ACCEPT_RANGES, "bytes");
    response_add(response, "X-Content-Type-Options", "nosniff");
    if (resource->csp) {
        response_add(response, "Content-Security-Policy", resource->csp);
        response_add(response, "Referrer-Policy", "strict-origin-when-cross-origin");
    }
    if (resource->unframed) {
        response_add(response, "X-Frame-Options", "SAMEORIGIN"); /* for browsers of old */
        /* Only here: for this field a browser begins a process anew, once the page has come. */
        response_add(response, "Cross-Origin-Opener-Policy", "same-origin");
    }
    if (resource->unlisted)
        response_add(response, "X-Robots-Tag", "noindex");
    if (resource->shared)
        response_add(response, "Access-Control-Allow-Origin", "*");
}
