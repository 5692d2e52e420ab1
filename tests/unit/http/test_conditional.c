/* Preconditions, and the dates in them. */
#include "http/conditional.h"
#include "http/fixdate.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { MODIFIED = 784111777, NOW = 1700000000 }; /* Sun, 06 Nov 1994 08:49:37 GMT */

#define AT "Sun, 06 Nov 1994 08:49:37 GMT"
#define BEFORE "Sun, 06 Nov 1994 08:49:36 GMT"
#define AFTER "Sun, 06 Nov 1994 08:49:38 GMT"

struct row {
    const char *lines[3][2];
    enum conditional result;
};

static void add_lines(struct fields *fields, const char *const lines[3][2])
{
    fields_init(fields);
    for (size_t i = 0; i < 3 && lines[i][0]; i++)
        assert_int_equal(fields_add(fields, span_of(lines[i][0]), span_of(lines[i][1])), 0);
}

static void test_order_and_lists(void **state)
{
    static const struct row rows[] = {
        {{{NULL}}, CONDITIONAL_PROCEED},
        {{{"If-None-Match", "\"x\""}}, CONDITIONAL_NOT_MODIFIED},
        {{{"If-None-Match", "W/\"x\""}}, CONDITIONAL_NOT_MODIFIED},
        {{{"If-None-Match", "*"}}, CONDITIONAL_NOT_MODIFIED},
        {{{"If-None-Match", "\"a\", \"x\""}}, CONDITIONAL_NOT_MODIFIED},
        {{{"If-None-Match", "\"a,b\",\"x\""}}, CONDITIONAL_NOT_MODIFIED},
        {{{"If-None-Match", "\"a\\\",\"x\""}}, CONDITIONAL_NOT_MODIFIED},
        {{{"If-None-Match", "\"a\""}, {"If-None-Match", "\"x\""}}, CONDITIONAL_NOT_MODIFIED},
        {{{"If-None-Match", "\"y\""}}, CONDITIONAL_PROCEED},
        {{{"If-None-Match", "x"}}, CONDITIONAL_PROCEED},
        {{{"If-None-Match", "w/\"x\""}}, CONDITIONAL_PROCEED},
        {{{"If-None-Match", "\"x"}}, CONDITIONAL_PROCEED},
        {{{"If-None-Match", ""}}, CONDITIONAL_PROCEED},
        {{{"If-None-Match", "\"y\""}, {"If-Modified-Since", AT}}, CONDITIONAL_PROCEED},
        {{{"If-Modified-Since", AT}}, CONDITIONAL_NOT_MODIFIED},
        {{{"If-Modified-Since", AFTER}}, CONDITIONAL_NOT_MODIFIED},
        {{{"If-Modified-Since", BEFORE}}, CONDITIONAL_PROCEED},
        {{{"If-Modified-Since", "yesterday"}}, CONDITIONAL_PROCEED},
        {{{"If-Modified-Since", AT}, {"If-Modified-Since", AT}}, CONDITIONAL_PROCEED},
        {{{"If-Match", "\"x\""}}, CONDITIONAL_PROCEED},
        {{{"If-Match", "*"}}, CONDITIONAL_PROCEED},
        {{{"If-Match", "\"y\", \"x\""}}, CONDITIONAL_PROCEED},
        {{{"If-Match", "\"y\""}}, CONDITIONAL_FAILED},
        {{{"If-Match", "W/\"x\""}}, CONDITIONAL_FAILED},
        {{{"If-Match", "\"x\""}, {"If-Unmodified-Since", BEFORE}}, CONDITIONAL_PROCEED},
        {{{"If-Match", "\"x\""}, {"If-None-Match", "\"x\""}}, CONDITIONAL_NOT_MODIFIED},
        {{{"If-Match", "\"y\""}, {"If-None-Match", "\"x\""}}, CONDITIONAL_FAILED},
        {{{"If-Unmodified-Since", BEFORE}}, CONDITIONAL_FAILED},
        {{{"If-Unmodified-Since", AT}}, CONDITIONAL_PROCEED},
        {{{"If-Unmodified-Since", "bad"}}, CONDITIONAL_PROCEED},
    };

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct fields fields;

        add_lines(&fields, rows[i].lines);
        if (conditional_evaluate(&fields, SPAN("\"x\""), MODIFIED, NOW) != rows[i].result)
            fail_msg("row %zu: %s: %s", i, rows[i].lines[0][0], rows[i].lines[0][1]);
    }
}

static void test_without_a_time(void **state)
{
    static const struct {
        const char *name, *value;
        enum conditional result;
    } rows[] = {
        {"If-Modified-Since", "Wed, 31 Dec 1969 23:59:59 GMT", CONDITIONAL_PROCEED},
        {"If-Modified-Since", AFTER, CONDITIONAL_PROCEED},
        {"If-Unmodified-Since", BEFORE, CONDITIONAL_PROCEED},
        {"If-None-Match", "\"x\"", CONDITIONAL_NOT_MODIFIED},
        {"If-Match", "\"y\"", CONDITIONAL_FAILED},
    };

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct fields fields;

        fields_init(&fields);
        fields_add(&fields, span_of(rows[i].name), span_of(rows[i].value));
        if (conditional_evaluate(&fields, SPAN("\"x\""), MODIFIED_UNKNOWN, NOW) != rows[i].result)
            fail_msg("%s: %s", rows[i].name, rows[i].value);
    }
}

static void test_if_range(void **state)
{
    static const struct {
        const char *value;
        bool heeded;
    } rows[] = {
        {"\"x\"", true}, {"\"y\"", false}, {"W/\"x\"", false}, {AT, true},
        {BEFORE, false}, {AFTER, false},   {"x", false},       {"", false},
    };
    struct fields fields;

    (void)state;
    fields_init(&fields);
    assert_true(conditional_range(&fields, SPAN("\"x\""), MODIFIED, NOW));
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        fields_init(&fields);
        fields_add(&fields, SPAN("If-Range"), span_of(rows[i].value));
        if (conditional_range(&fields, SPAN("\"x\""), MODIFIED, NOW) != rows[i].heeded)
            fail_msg("%s", rows[i].value);
    }
    fields_init(&fields);
    fields_add(&fields, SPAN("If-Range"), SPAN("Wed, 31 Dec 1969 23:59:59 GMT"));
    assert_false(conditional_range(&fields, SPAN("\"x\""), MODIFIED_UNKNOWN, NOW));
    /* It may have changed again within this second. */
    fields_init(&fields);
    fields_add(&fields, SPAN("If-Range"), SPAN(AT));
    assert_false(conditional_range(&fields, SPAN("\"x\""), MODIFIED, MODIFIED + 1));
}

static void test_dates(void **state)
{
    static const struct {
        const char *text;
        time_t time; /* -1: none */
    } rows[] = {
        {AT, MODIFIED},
        {"Sunday, 06-Nov-94 08:49:37 GMT", MODIFIED},
        {"Sun Nov  6 08:49:37 1994", MODIFIED},
        {"Thu, 01 Jan 1970 00:00:00 GMT", 0},
        {"Tue, 29 Feb 2000 23:59:59 GMT", 951868799},
        {"Sat, 31 Dec 2016 23:59:60 GMT", 1483228800},
        {"Saturday, 01-Jan-50 00:00:00 GMT", 2524608000},
        {"Thu, 29 Feb 2001 00:00:00 GMT", -1},
        {"Sun, 06 Nov 1994 08:49:37", -1},
        {"Sun, 06 Nov 1994 08:49:37 UTC", -1},
        {"Sun, 6 Nov 1994 08:49:37 GMT", -1},
        {"Sun, 06 nov 1994 08:49:37 GMT", -1},
        {"Sun, 06 Nov 1994 24:49:37 GMT", -1},
        {"Sun, 06 Nov 1994 08:60:37 GMT", -1},
        {"Sun, 00 Nov 1994 08:49:37 GMT", -1},
        {"Sun, 06 Nov 1994 08:49:37 GMTx", -1},
        {"784111777", -1},
        {"", -1},
    };
    char text[FIXDATE_LEN + 1];

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        time_t time = -1;

        fixdate_parse(span_of(rows[i].text), NOW, &time);
        if (time != rows[i].time)
            fail_msg("%s: %jd", rows[i].text, (intmax_t)time);
    }
    fixdate_build(MODIFIED, text);
    assert_string_equal(text, AT);
    fixdate_build(-5, text);
    assert_string_equal(text, "Thu, 01 Jan 1970 00:00:00 GMT");
    fixdate_build(INT64_MAX, text);
    assert_string_equal(text, "Fri, 31 Dec 9999 23:59:59 GMT");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_order_and_lists),
        cmocka_unit_test(test_without_a_time),
        cmocka_unit_test(test_if_range),
        cmocka_unit_test(test_dates),
    };

    return cmocka_run_group_tests_name("conditional", tests, NULL, NULL);
}
