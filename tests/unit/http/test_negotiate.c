/* Which form a client gets. */
#include "http/negotiate.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { NONE = -1 };

struct row {
    const char *lines[3]; /* of the field */
    int chosen;
};

static void add_lines(struct fields *fields, const char *name, const char *const lines[3])
{
    fields_init(fields);
    for (size_t i = 0; i < 3 && lines[i]; i++)
        assert_int_equal(fields_add(fields, span_of(name), span_of(lines[i])), 0);
}

static void check(const struct row *rows, size_t count, const size_t sizes[CODING_COUNT])
{
    for (size_t i = 0; i < count; i++) {
        struct fields fields;
        enum coding coding;
        bool found;

        add_lines(&fields, "accept-encoding", rows[i].lines);
        found = negotiate_coding(&fields, sizes, &coding);
        if ((found ? (int)coding : NONE) != rows[i].chosen)
            fail_msg("%s: %d", rows[i].lines[0] ? rows[i].lines[0] : "nothing",
                     found ? (int)coding : NONE);
    }
}

static void test_codings(void **state)
{
    static const size_t sizes[CODING_COUNT] = {1000, 300, 250};
    static const struct row rows[] = {
        {{NULL}, CODING_IDENTITY},
        {{""}, CODING_IDENTITY},
        {{"gzip"}, CODING_GZIP},
        {{"GZIP"}, CODING_GZIP},
        {{"x-gzip"}, CODING_GZIP},
        {{"br"}, CODING_BROTLI},
        {{"gzip, deflate, br, zstd"}, CODING_BROTLI},
        {{"gzip", "br"}, CODING_BROTLI},
        {{"deflate", "", "gzip"}, CODING_GZIP},
        {{"*"}, CODING_BROTLI},
        {{"br;q=0, *"}, CODING_GZIP},
        {{"gzipped"}, CODING_IDENTITY},
        {{"gzip;q=0"}, CODING_IDENTITY},
        {{"gzip;q=0.000"}, CODING_IDENTITY},
        {{"gzip;q=0.001"}, CODING_GZIP},
        {{"gzip ; Q=1"}, CODING_GZIP},
        {{"\tgzip\t;\tq=0.5\t,\tbr;q=0.4"}, CODING_GZIP},
        {{"identity;q=1, gzip;q=0.5"}, CODING_IDENTITY},
        {{"identity;q=0.5, gzip;q=0.5"}, CODING_GZIP},
        {{"identity;q=0, gzip"}, CODING_GZIP},
        {{"identity;q=0"}, NONE},
        {{"*;q=0"}, NONE},
        {{"identity;q=0, *;q=0.1"}, CODING_BROTLI},
        {{"identity, *;q=0"}, CODING_IDENTITY},
        {{"gzip, *;q=0"}, CODING_GZIP},
        {{"compress, *;q=0"}, NONE},
        {{"gzip;q=2"}, CODING_IDENTITY},
        {{"gzip;q=0.1234"}, CODING_IDENTITY},
        {{"gzip;q=1.001"}, CODING_IDENTITY},
        {{"gzip;q="}, CODING_IDENTITY},
        {{"gzip;q"}, CODING_IDENTITY},
        {{"gzip;q=.5"}, CODING_IDENTITY},
        {{"gzip;q=1."}, CODING_GZIP},
        {{";q=1, gzip"}, CODING_GZIP},
        {{",,gzip,,"}, CODING_GZIP},
        {{"gzip;q=0, gzip"}, CODING_GZIP},
    };

    (void)state;
    check(rows, sizeof rows / sizeof *rows, sizes);
}

static void test_missing_forms(void **state)
{
    static const size_t plain[CODING_COUNT] = {1000, NEGOTIATE_ABSENT, NEGOTIATE_ABSENT};
    static const size_t gzip[CODING_COUNT] = {1000, 300, NEGOTIATE_ABSENT};
    static const struct row plain_rows[] = {
        {{NULL}, CODING_IDENTITY},      {{"gzip, br"}, CODING_IDENTITY}, {{"*"}, CODING_IDENTITY},
        {{"identity;q=0, gzip"}, NONE}, {{"*;q=0, gzip"}, NONE},
    };
    static const struct row gzip_rows[] = {
        {{"br, gzip;q=0.1"}, CODING_GZIP},
        {{"br"}, CODING_IDENTITY},
    };

    (void)state;
    check(plain_rows, sizeof plain_rows / sizeof *plain_rows, plain);
    check(gzip_rows, sizeof gzip_rows / sizeof *gzip_rows, gzip);
}

static void test_html(void **state)
{
    static const struct {
        const char *lines[3];
        bool html;
    } rows[] = {
        {{NULL}, true},
        {{"text/html"}, true},
        {{"TEXT/HTML;charset=utf-8"}, true},
        {{"text/html,application/xhtml+xml,*/*;q=0.8"}, true},
        {{"*/*"}, true},
        {{"text/*"}, true},
        {{"image/png", "*/*;q=0.1"}, true},
        {{"text/plain"}, false},
        {{"application/json"}, false},
        {{""}, false},
        {{"text/html;q=0, */*"}, false},
        {{"text/*;q=0, */*"}, false},
        {{"text/html, text/*;q=0"}, true},
        {{"*/*;q=0"}, false},
    };

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct fields fields;

        add_lines(&fields, "Accept", rows[i].lines);
        if (negotiate_html(&fields) != rows[i].html)
            fail_msg("%s", rows[i].lines[0]);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_codings),
        cmocka_unit_test(test_missing_forms),
        cmocka_unit_test(test_html),
    };

    return cmocka_run_group_tests_name("negotiate", tests, NULL, NULL);
}
