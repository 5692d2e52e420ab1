/* Header fields, hosts and methods. */
#include "http/fields.h"
#include "http/host.h"
#include "http/method.h"

#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define VALUE(text) text, sizeof(text) - 1

static void test_form(void **state)
{
    static const struct {
        const char *name, *value;
        size_t len; /* of the value, which may hold NUL */
        int err;
    } rows[] = {
        {"Host", VALUE("x"), 0},
        {"x-a!#$%&'*+.^_`|~9", VALUE(""), 0},
        {"X", VALUE("tab\there, \xc3\xa9 and \xff"), 0},
        {"X", VALUE("0123456\t89abcdef"), 0},
        {"", VALUE("x"), -EBADMSG},
        {"Host ", VALUE("x"), -EBADMSG},
        {"Ho(st", VALUE("x"), -EBADMSG},
        {"H\xc3\xb6st", VALUE("x"), -EBADMSG},
        {"X", VALUE("a\0b"), -EBADMSG},
        {"X", VALUE("a\rb"), -EBADMSG},
        {"X", VALUE("0123456789abcdef\x01"), -EBADMSG},
        {"X", VALUE("0123\x7fghijklmnop"), -EBADMSG},
        {"X", VALUE("\t0123456789abcdef\x1f"), -EBADMSG},
    };

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct fields fields;

        fields_init(&fields);
        if (fields_add(&fields, span_of(rows[i].name), (struct span){rows[i].value, rows[i].len}) !=
            rows[i].err)
            fail_msg("row %zu", i);
    }
}

static void test_lines(void **state)
{
    struct fields fields;
    struct span value;
    size_t position = 0;

    (void)state;
    fields_init(&fields);
    assert_false(fields_next(&fields, FIELD_RANGE, &position, &value));
    fields_add(&fields, SPAN("RANGE"), SPAN(" one\t"));
    assert_true(fields_single(&fields, FIELD_RANGE, &value));
    assert_true(span_is(value, "one"));
    fields_add(&fields, SPAN("Other"), SPAN("-"));
    fields_add(&fields, SPAN("range"), SPAN("two"));
    assert_false(fields_single(&fields, FIELD_RANGE, &value));
    assert_true(fields_next(&fields, FIELD_RANGE, &position, &value));
    assert_true(fields_next(&fields, FIELD_RANGE, &position, &value));
    assert_true(span_is(value, "two"));
    assert_false(fields_next(&fields, FIELD_RANGE, &position, &value));
    assert_false(fields_has(&fields, FIELD_HOST));
    assert_int_equal(fields.total, 3);
}

static void test_limits(void **state)
{
    struct fields fields;

    (void)state;
    fields_init(&fields);
    for (size_t i = 0; i < FIELDS_MAX; i++)
        assert_int_equal(fields_add(&fields, SPAN("Other"), SPAN("")), 0);
    assert_int_equal(fields_add(&fields, SPAN("Other"), SPAN("")), -E2BIG);
    fields_init(&fields);
    for (size_t i = 0; i < FIELDS_KEPT_MAX; i++)
        assert_int_equal(fields_add(&fields, SPAN("Host"), SPAN("")), 0);
    assert_int_equal(fields_add(&fields, SPAN("Host"), SPAN("")), -E2BIG);
    assert_int_equal(fields_add(&fields, SPAN("Other"), SPAN("")), 0);
}

static void test_elements(void **state)
{
    struct span rest = SPAN(" a , ,b;x=\"1,\\\",2\",, c"), element;

    (void)state;
    assert_true(fields_next_element(&rest, &element));
    assert_true(span_is(element, "a"));
    assert_true(fields_next_element(&rest, &element));
    assert_true(span_is(element, "b;x=\"1,\\\",2\""));
    assert_true(fields_next_element(&rest, &element));
    assert_true(span_is(element, "c"));
    assert_false(fields_next_element(&rest, &element));
}

static void test_hosts(void **state)
{
    static const char *const good[] = {
        "a",  "localhost:8080", "a.b-c.d_e~f",      "127.0.0.1", "[::1]",        "[::1]:80",
        "a:", "%41b",           "[::ffff:1.2.3.4]", "[v1.x:y]",  "a!$&'()*+,;=", "a:65535"};
    static const char *const bad[] = {"",        ":80",      "a b",     "a/b",      "a@b",    "a:b",
                                      "a:80:80", "[::1",     "[]",      "[g]",      "[::1]x", "a%4",
                                      "a%4g",    "a\\b",     "a:65536", "a:123456", "a#b",    "a?b",
                                      "a,b c",   "\xc3\xa9", "<a>"};
    char longest[257];

    (void)state;
    for (size_t i = 0; i < sizeof good / sizeof *good; i++)
        if (!host_valid(span_of(good[i])))
            fail_msg("refused: %s", good[i]);
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        if (host_valid(span_of(bad[i])))
            fail_msg("taken: %s", bad[i]);
    memset(longest, 'a', sizeof longest);
    assert_true(host_valid((struct span){longest, 255}));
    assert_false(host_valid((struct span){longest, 256}));
}

static void test_methods(void **state)
{
    (void)state;
    assert_int_equal(method_parse(SPAN("GET")), METHOD_GET);
    assert_int_equal(method_parse(SPAN("HEAD")), METHOD_HEAD);
    assert_int_equal(method_parse(SPAN("OPTIONS")), METHOD_OPTIONS);
    assert_int_equal(method_parse(SPAN("POST")), METHOD_NOT_ALLOWED);
    assert_int_equal(method_parse(SPAN("TRACE")), METHOD_NOT_ALLOWED);
    assert_int_equal(method_parse(SPAN("get")), METHOD_UNKNOWN);
    assert_int_equal(method_parse(SPAN("GETS")), METHOD_UNKNOWN);
    assert_int_equal(method_parse(SPAN("")), METHOD_UNKNOWN);
}

/* The tables of characters, against the grammar as it is written in the RFCs. */
static void test_characters(void **state)
{
    (void)state;
    for (int i = 0; i < 256; i++) {
        char c = (char)i;
        bool word = (i >= '0' && i <= '9') || (i >= 'A' && i <= 'Z') || (i >= 'a' && i <= 'z');
        bool in_token = word || (i > 0 && strchr("!#$%&'*+-.^_`|~", i));
        bool in_host = word || (i > 0 && strchr("-._~!$&'()*+,;=", i));

        assert_int_equal(field_token_char(c), in_token);
        if (i != ':' && i != '[')
            assert_int_equal(host_valid((struct span){&c, 1}), in_host);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_characters), cmocka_unit_test(test_form),
        cmocka_unit_test(test_lines),      cmocka_unit_test(test_limits),
        cmocka_unit_test(test_elements),   cmocka_unit_test(test_hosts),
        cmocka_unit_test(test_methods),
    };

    return cmocka_run_group_tests_name("fields", tests, NULL, NULL);
}
