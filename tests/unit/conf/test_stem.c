/* What a name's page is called in its address. */
#include "base/utf8.h"
#include "conf/stem.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static void expect_stem(struct span name, const char *expected)
{
    struct strbuf stem = STRBUF_INIT, again = STRBUF_INIT;

    assert_true(stem_append(&stem, name));
    assert_string_equal(stem.data, expected);
    assert_true(stem_append(&again, strbuf_span(&stem)));
    assert_string_equal(again.data, expected);
    strbuf_release(&stem);
    strbuf_release(&again);
}

static void joins_what_differs_only_between_words(void **state)
{
    (void)state;
    expect_stem(SPAN("Anil Madhavapeddy"), "anil-madhavapeddy");
    expect_stem(SPAN("  machine\tlearning "), "machine-learning");
    expect_stem(SPAN("Machine-Learning"), "machine-learning");
    expect_stem(SPAN("CI/CD"), "ci-cd");
    expect_stem(SPAN("重い錨"), "重い錨");
    expect_stem(SPAN("ZOE\u0308"), "zo\u00eb");
}

static void keeps_signs(void **state)
{
    (void)state;
    expect_stem(SPAN("C"), "c");
    expect_stem(SPAN("C++"), "c++");
    expect_stem(SPAN("C#"), "c#");
    expect_stem(SPAN("C--"), "c--");
    expect_stem(SPAN("What's new?"), "what's-new?");
    expect_stem(SPAN("100%"), "100%");
    expect_stem(SPAN("!"), "!");
}

static void is_a_part_of_a_path(void **state)
{
    (void)state;
    expect_stem(SPAN(".NET"), "-.net");
    expect_stem(SPAN("."), "-.");
    expect_stem(SPAN(".."), "-..");
    expect_stem(SPAN("/"), "-");
    expect_stem(SPAN("../x\\y"), "-..-x-y");
    expect_stem(SPAN("a\x01"
                     "b\x7f"),
                "a_b_");
}

static void has_nothing_for_white_space(void **state)
{
    struct strbuf stem = STRBUF_INIT;

    (void)state;
    assert_false(stem_append(&stem, SPAN("")));
    assert_false(stem_append(&stem, SPAN(" \t\n")));
    assert_int_equal(stem.len, 0);
    strbuf_release(&stem);
}

static void shortens_long_names_and_tells_them_apart(void **state)
{
    struct strbuf name = STRBUF_INIT, stem = STRBUF_INIT, other = STRBUF_INIT, again = STRBUF_INIT;

    (void)state;
    for (int i = 0; i < 200; i++)
        strbuf_append_text(&name, "錨");
    assert_true(stem_append(&stem, strbuf_span(&name)));
    assert_in_range(stem.len, STEM_MAX - 3, STEM_MAX);
    assert_true(utf8_valid(strbuf_span(&stem), NULL));
    assert_true(stem_append(&again, strbuf_span(&stem)));
    assert_string_equal(again.data, stem.data);
    strbuf_append_char(&name, '+');
    assert_true(stem_append(&other, strbuf_span(&name)));
    assert_string_not_equal(stem.data, other.data);

    strbuf_reset(&stem);
    strbuf_reset(&name);
    for (int i = 0; i < 200; i++)
        strbuf_append_char(&name, (char)0x80); /* what a query may hold */
    assert_true(stem_append(&stem, strbuf_span(&name)));
    assert_in_range(stem.len, 1, STEM_MAX);
    strbuf_release(&name);
    strbuf_release(&stem);
    strbuf_release(&other);
    strbuf_release(&again);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(joins_what_differs_only_between_words),
        cmocka_unit_test(keeps_signs),
        cmocka_unit_test(is_a_part_of_a_path),
        cmocka_unit_test(has_nothing_for_white_space),
        cmocka_unit_test(shortens_long_names_and_tells_them_apart),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
