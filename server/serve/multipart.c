#include "serve/multipart.h"

#include "base/mem.h"
#include "base/strbuf.h"

#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { CHUNK = 64 * 1024 };

/* The body is a list of pieces: a part's header, its bytes, the next part's header, …, the end. */
struct piece {
    uint64_t start; /* in the body */
    uint64_t len;
    uint64_t from; /* in the texts or in the source */
    bool is_text;
};

struct multipart {
    struct source source;
    struct strbuf texts;
    struct piece pieces[2 * RANGES_MAX + 1];
    size_t count;
    uint64_t size;
};

static void multipart_free(void *context)
{
    struct multipart *multipart = context;

    if (multipart->source.blob)
        blob_unref(multipart->source.blob);
    else
        close(multipart->source.file);
    strbuf_release(&multipart->texts);
    free(multipart);
}

static void add_piece(struct multipart *multipart, bool is_text, uint64_t from, uint64_t len)
{
    multipart->pieces[multipart->count++] =
        (struct piece){.start = multipart->size, .len = len, .from = from, .is_text = is_text};
    multipart->size += len;
}

static ssize_t read_source(const struct source *source, uint64_t from, char *out, size_t len)
{
    ssize_t count;

    if (source->blob) {
        memcpy(out, blob_data(source->blob) + from, len);
        return (ssize_t)len;
    }
    do
        count = pread(source->file, out, len, (off_t)from);
    while (count < 0 && errno == EINTR);
    return count;
}

static ssize_t read_body(void *context, uint64_t position, char *out, size_t max)
{
    const struct multipart *multipart = context;
    const struct piece *piece = multipart->pieces;
    uint64_t offset, len;
    ssize_t count;

    while (position >= piece->start + piece->len)
        piece++;
    offset = position - piece->start;
    len = piece->len - offset < max ? piece->len - offset : max;
    if (piece->is_text) {
        memcpy(out, multipart->texts.data + piece->from + offset, len);
        return (ssize_t)len;
    }
    count = read_source(&multipart->source, piece->from + offset, out, len);
    /* The file got shorter, or cannot be read: what was promised cannot be kept. */
    return count > 0 ? count : MHD_CONTENT_READER_END_WITH_ERROR;
}

struct MHD_Response *multipart_response(const struct source *source,
                                        const struct byte_ranges *ranges, const char *type,
                                        const char *boundary, uint64_t *ret_size)
{
    struct multipart *multipart = mem_zero(1, sizeof *multipart);
    struct MHD_Response *response;
    size_t text_start;

    multipart->source = *source;
    if (source->blob)
        blob_ref(source->blob);
    strbuf_init(&multipart->texts);
    for (size_t i = 0; i < ranges->count; i++) {
        const struct byte_range *range = &ranges->list[i];

        text_start = multipart->texts.len;
        strbuf_append_format(&multipart->texts,
                             "%s--%s\r\nContent-Type: %s\r\nContent-Range: bytes %" PRIu64
                             "-%" PRIu64 "/%" PRIu64 "\r\n\r\n",
                             i > 0 ? "\r\n" : "", boundary, type, range->first, range->last,
                             source->size);
        add_piece(multipart, true, text_start, multipart->texts.len - text_start);
        add_piece(multipart, false, range->first, range->last - range->first + 1);
    }
    text_start = multipart->texts.len;
    strbuf_append_format(&multipart->texts, "\r\n--%s--\r\n", boundary);
    add_piece(multipart, true, text_start, multipart->texts.len - text_start);
    response = MHD_create_response_from_callback(multipart->size, CHUNK, read_body, multipart,
                                                 multipart_free);
    if (!response)
        mem_exhausted();
    *ret_size = multipart->size;
    return response;
}
