#include "http/mime.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static const char *type_of(const char *name)
{
    return mime_find(span_of(name))->type;
}

static void knows_what_decks_are_made_of(void **state)
{
    (void)state;
    assert_string_equal(type_of("index.html"), "text/html; charset=utf-8");
    assert_string_equal(type_of("a/b.c/talk.md"), "text/markdown; charset=utf-8");
    assert_string_equal(type_of("theme.css"), "text/css; charset=utf-8");
    assert_string_equal(type_of("lib.min.js"), "text/javascript; charset=utf-8");
    assert_string_equal(type_of("x.svg"), "image/svg+xml");
    assert_string_equal(type_of("x.woff2"), "font/woff2");
    assert_string_equal(type_of("x.mp4"), "video/mp4");
    assert_string_equal(type_of("x.vtt"), "text/vtt; charset=utf-8");
    assert_string_equal(mime_find(SPAN("talk.md"))->plain, "text/markdown");
}

static void ignores_case(void **state)
{
    (void)state;
    assert_string_equal(type_of("PHOTO.JPG"), "image/jpeg");
    assert_string_equal(type_of("Photo.JpEg"), "image/jpeg");
    assert_string_equal(type_of("LICENSE"), "text/plain; charset=utf-8");
}

static void takes_the_unknown_for_bytes(void **state)
{
    (void)state;
    assert_string_equal(type_of(""), "application/octet-stream");
    assert_string_equal(type_of("file"), "application/octet-stream");
    assert_string_equal(type_of("file."), "application/octet-stream");
    assert_string_equal(type_of("dir.html/file"), "application/octet-stream");
    assert_string_equal(type_of("file.htmlx"), "application/octet-stream");
    assert_string_equal(type_of("x.aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"),
                        "application/octet-stream");
}

static void knows_what_compresses_and_what_runs(void **state)
{
    (void)state;
    assert_true(mime_find(SPAN("x.svg"))->part);
    assert_true(mime_find(SPAN("x.svg"))->active);
    assert_true(mime_find(SPAN("x.html"))->active);
    assert_false(mime_find(SPAN("x.js"))->active);
    assert_true(mime_find(SPAN("x.js"))->part);
    assert_false(mime_find(SPAN("x.md"))->part);
    assert_false(mime_find(SPAN("x.png"))->part);
    assert_false(mime_find(SPAN("x.woff2"))->part);
}

static void is_sorted(void **state)
{
    size_t count;
    const struct mime *table = mime_table(&count);

    (void)state;
    assert_true(count > 100);
    for (size_t i = 1; i < count; i++)
        assert_true(strcmp(table[i - 1].extension, table[i].extension) < 0);
    for (size_t i = 0; i < count; i++) {
        assert_true(strlen(table[i].extension) <= 16);
        assert_non_null(strchr(table[i].type, '/'));
        assert_ptr_equal(strstr(table[i].type, table[i].plain), table[i].type);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(knows_what_decks_are_made_of),
        cmocka_unit_test(ignores_case),
        cmocka_unit_test(takes_the_unknown_for_bytes),
        cmocka_unit_test(knows_what_compresses_and_what_runs),
        cmocka_unit_test(is_sorted),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
