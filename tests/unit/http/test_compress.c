#include "http/compress.h"

#include "base/mem.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

#include <cmocka.h>

/* Text that is like text: words in an order that does not repeat. */
static struct blob *make_text(size_t len)
{
    static const char *const words[] = {"slide ", "deck ", "the ", "server ", "\n", "<li>", "a "};
    struct strbuf text = STRBUF_INIT;
    unsigned seed = 7;

    while (text.len < len) {
        seed = seed * 1103515245 + 12345;
        strbuf_append_text(&text, words[(seed >> 16) % 7]);
    }
    return blob_new_strbuf(&text);
}

static void check_gzip(struct blob *(*compress)(struct span))
{
    struct blob *text = make_text(100000), *packed = compress(blob_span(text));
    char *back = mem_alloc(blob_size(text) + 1);
    z_stream stream = {0};

    assert_non_null(packed);
    assert_true(blob_size(packed) < blob_size(text) / 3);
    assert_int_equal(inflateInit2(&stream, 15 + 16), Z_OK);
    stream.next_in = (Bytef *)(uintptr_t)blob_data(packed);
    stream.avail_in = (uInt)blob_size(packed);
    stream.next_out = (Bytef *)back;
    stream.avail_out = (uInt)blob_size(text) + 1;
    assert_int_equal(inflate(&stream, Z_FINISH), Z_STREAM_END);
    assert_int_equal(stream.total_out, blob_size(text));
    assert_memory_equal(back, blob_data(text), blob_size(text));
    inflateEnd(&stream);
    /* No flags, so no name; no time (RFC 1952 §2.3.1). */
    assert_memory_equal(blob_data(packed) + 3, "\0\0\0\0\0", 5);
    free(back);
    blob_unref(packed);
    blob_unref(text);
}

static void gzip_comes_back_as_it_was(void **state)
{
    (void)state;
    check_gzip(compress_gzip);
    check_gzip(compress_gzip_quick);
}

static void the_same_gives_the_same(void **state)
{
    (void)state;
    for (size_t size = 100; size < 200000; size *= 7) {
        struct blob *text = make_text(size);
        struct blob *a = compress_brotli(blob_span(text)), *b = compress_brotli(blob_span(text));

        assert_non_null(a);
        assert_true(blob_size(a) < blob_size(text));
        assert_true(span_equal(blob_span(a), blob_span(b)));
        blob_unref(a);
        blob_unref(b);
        blob_unref(text);
    }
}

static void what_does_not_shrink_does_not_exist(void **state)
{
    char noise[1000];
    unsigned seed = 1;

    (void)state;
    for (size_t i = 0; i < sizeof noise; i++) {
        seed = seed * 1103515245 + 12345;
        noise[i] = (char)(seed >> 16);
    }
    assert_null(compress_gzip(SPAN("")));
    assert_null(compress_brotli(SPAN("")));
    assert_null(compress_gzip(SPAN("short")));
    assert_null(compress_brotli(SPAN("short")));
    assert_null(compress_brotli_quick(SPAN("short")));
    assert_null(compress_brotli_quick(SPAN("")));
    assert_null(compress_gzip((struct span){noise, sizeof noise}));
    assert_null(compress_brotli((struct span){noise, sizeof noise}));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(gzip_comes_back_as_it_was),
        cmocka_unit_test(the_same_gives_the_same),
        cmocka_unit_test(what_does_not_shrink_does_not_exist),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
