/* Queries as forms write them, and as nobody should. */
#include "http/query.h"

#include "base/utf8.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static void parses_as_the_url_standard_does(void **state)
{
    static const struct {
        const char *text, *name, *value;
    } rows[] = {
        {"q=a", "q", "a"},
        {"q=a+b%20c", "q", "a b c"},
        {"q=a%2Bb", "q", "a+b"},
        {"q=a=b", "q", "a=b"},
        {"q", "q", ""},
        {"q=", "q", ""},
        {"=x", "", "x"},
        {"&&q=1&", "q", "1"},
        {"a%3Db=c%26d", "a=b", "c&d"},
        {"q=%C3%A9%e2%82%ac", "q", "\xc3\xa9\xe2\x82\xac"},
        {"q=100%", "q", "100%"},
        {"q=%zz%4", "q", "%zz%4"},
        {"q=%4%41", "q", "%4A"},
        {"q=%FFx", "q", "\xef\xbf\xbdx"},
        {"q=%e2%82x", "q", "\xef\xbf\xbdx"},
        {"q=%ed%a0%80", "q", "\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd"},
        {"q=%c0%af", "q", "\xef\xbf\xbd\xef\xbf\xbd"},
        {"q=?/", "q", "?/"},
        {"%71=1", "q", "1"},
        {"p=0&q=1", "q", "1"},
        {"q=1&q=2", "q", "1"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct query query;
        struct span value;

        query_parse(&query, span_of(rows[i].text));
        if (!query_value(&query, rows[i].name, &value))
            fail_msg("%s has no %s", rows[i].text, rows[i].name);
        if (!span_is(value, rows[i].value))
            fail_msg("%s gives %.*s, not %s", rows[i].text, (int)value.len, value.data,
                     rows[i].value);
        query_release(&query);
    }
}

static void tells_what_is_not_there(void **state)
{
    struct query query;
    struct span value;

    (void)state;
    query_parse(&query, SPAN("Q=1&qq=2"));
    assert_false(query_value(&query, "q", &value));
    query_release(&query);
    query_parse(&query, span_of(NULL));
    assert_int_equal(query.count, 0);
    assert_false(query_value(&query, "", &value));
    query_release(&query);
}

static void keeps_repeated_names_in_order(void **state)
{
    struct query query;
    struct span value;
    size_t position = 0;

    (void)state;
    query_parse(&query, SPAN("tag=a&x=0&tag=b&tag"));
    assert_true(query_next(&query, "tag", &position, &value) && span_is(value, "a"));
    assert_true(query_next(&query, "tag", &position, &value) && span_is(value, "b"));
    assert_true(query_next(&query, "tag", &position, &value) && span_is(value, ""));
    assert_false(query_next(&query, "tag", &position, &value));
    query_release(&query);
}

static void keeps_nul(void **state)
{
    struct query query;
    struct span value;

    (void)state;
    query_parse(&query, SPAN("q=a%00b"));
    assert_true(query_value(&query, "q", &value));
    assert_true(span_equal(value, SPAN("a\0b")));
    query_release(&query);
}

static void bounds_what_is_sent(void **state)
{
    struct strbuf text = STRBUF_INIT;
    struct query query;

    (void)state;
    for (size_t i = 0; i < 10000; i++)
        strbuf_append_text(&text, "%ff&");
    query_parse(&query, strbuf_span(&text));
    assert_int_equal(query.count, QUERY_MAX);
    for (size_t i = 0; i < query.count; i++)
        assert_true(span_is(query.pairs[i].name, "\xef\xbf\xbd"));
    query_release(&query);
    strbuf_release(&text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(parses_as_the_url_standard_does),
        cmocka_unit_test(tells_what_is_not_there),
        cmocka_unit_test(keeps_repeated_names_in_order),
        cmocka_unit_test(keeps_nul),
        cmocka_unit_test(bounds_what_is_sent),
    };

    return cmocka_run_group_tests_name("query", tests, NULL, NULL);
}
