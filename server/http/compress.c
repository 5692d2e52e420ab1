#include "http/compress.h"

#include "base/mem.h"

#include <brotli/encode.h>
#include <stdlib.h>

#define ZLIB_CONST /* zlib does not write to what it reads */
#include <zlib.h>

enum {
    GZIP_WINDOW = 15 + 16, /* zlib's way to ask for a gzip header, which holds no time or name */
    GZIP_MEMORY = 9,
    GZIP_QUICK = 4, /* level */
    /*
     * On deck pages quality 10 gives 12 % less than gzip for 0.4 ms a kilobyte; 11 takes twice the
     * time for 2 % more, 9 and below give 6 %.
     */
    BROTLI_QUALITY = 10,
    BROTLI_QUALITY_LARGE = 9,
    BROTLI_LARGE = 256 * 1024, /* bytes */
    BROTLI_QUICK = 5,          /* as small as gzip's best, in a tenth of the time of quality 10 */
};

/* What is coded has to be smaller than `limit`, else there is no need to see the end of it. */
static struct blob *take(struct strbuf *out, size_t len, size_t limit)
{
    struct blob *blob = NULL;

    if (len > 0 && len < limit) {
        out->len = len;
        out->data[len] = '\0';
        blob = blob_new_strbuf(out);
    }
    strbuf_release(out);
    return blob;
}

static struct blob *gzip(struct span data, int level)
{
    struct strbuf out = STRBUF_INIT;
    z_stream stream = {0};
    size_t len = 0;

    if (data.len == 0 || data.len > UINT32_MAX / 2)
        return NULL;
    if (deflateInit2(&stream, level, Z_DEFLATED, GZIP_WINDOW, GZIP_MEMORY, Z_DEFAULT_STRATEGY) !=
        Z_OK)
        mem_exhausted();
    strbuf_reserve(&out, data.len);
    stream.next_in = (const Bytef *)data.data;
    stream.avail_in = (uInt)data.len;
    stream.next_out = (Bytef *)out.data;
    stream.avail_out = (uInt)data.len;
    if (deflate(&stream, Z_FINISH) == Z_STREAM_END)
        len = data.len - stream.avail_out;
    deflateEnd(&stream);
    return take(&out, len, data.len);
}

struct blob *compress_gzip(struct span data)
{
    return gzip(data, Z_BEST_COMPRESSION);
}

struct blob *compress_gzip_quick(struct span data)
{
    return gzip(data, GZIP_QUICK);
}

/* The library ends the process without a word where its own allocation fails. */
static void *brotli_alloc(void *context, size_t size)
{
    (void)context;
    return mem_alloc(size);
}

static void brotli_free(void *context, void *memory)
{
    (void)context;
    free(memory);
}

static struct blob *brotli(struct span data, int quality)
{
    BrotliEncoderState *state;
    struct strbuf out = STRBUF_INIT;
    const uint8_t *next = (const uint8_t *)data.data;
    size_t left = data.len, room = data.len, len;
    uint8_t *end;

    if (data.len == 0)
        return NULL;
    strbuf_reserve(&out, data.len);
    end = (uint8_t *)out.data;
    state = BrotliEncoderCreateInstance(brotli_alloc, brotli_free, NULL);
    BrotliEncoderSetParameter(state, BROTLI_PARAM_QUALITY, (uint32_t)quality);
    BrotliEncoderSetParameter(state, BROTLI_PARAM_MODE, BROTLI_MODE_TEXT);
    BrotliEncoderSetParameter(state, BROTLI_PARAM_SIZE_HINT,
                              data.len < UINT32_MAX ? (uint32_t)data.len : UINT32_MAX);
    if (!BrotliEncoderCompressStream(state, BROTLI_OPERATION_FINISH, &left, &next, &room, &end,
                                     NULL) ||
        !BrotliEncoderIsFinished(state))
        room = data.len; /* it does not fit, so it is not smaller */
    len = data.len - room;
    BrotliEncoderDestroyInstance(state);
    return take(&out, len, data.len);
}

struct blob *compress_brotli(struct span data)
{
    return brotli(data, data.len <= BROTLI_LARGE ? BROTLI_QUALITY : BROTLI_QUALITY_LARGE);
}

struct blob *compress_brotli_quick(struct span data)
{
    return brotli(data, BROTLI_QUICK);
}

void compress_append_libraries(struct strbuf *out)
{
    uint32_t brotli = BrotliEncoderVersion();

    strbuf_append_format(out, "zlib %s, brotli %u.%u.%u", zlibVersion(), brotli >> 24,
                         brotli >> 12 & 0xfff, brotli & 0xfff);
}
