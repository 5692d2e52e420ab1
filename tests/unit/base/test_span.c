#include "base/span.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>

#include <cmocka.h>

static void compares_bytes_and_lengths(void **state)
{
    (void)state;
    assert_true(span_equal(SPAN("deck"), span_of("deck")));
    assert_false(span_equal(SPAN("deck"), SPAN("decks")));
    assert_true(span_equal((struct span){0}, SPAN("")));
    assert_true(span_is_nocase(SPAN("GZip"), "gzip"));
    assert_false(span_is_nocase(SPAN("gzipped"), "gzip"));
    assert_false(span_is_nocase(SPAN("[z{@"), "{z[`")); /* a bit apart, and no letters */
    assert_true(span_is_nocase(SPAN("AZ-az"), "az-AZ"));
    assert_true(span_compare(SPAN("a"), SPAN("ab")) < 0);
    assert_true(span_compare(SPAN("b"), SPAN("ab")) > 0);
    assert_int_equal(span_compare(SPAN("ab"), SPAN("ab")), 0);
}

static void cuts_within_bounds(void **state)
{
    struct span text = SPAN("content.md");

    (void)state;
    assert_true(span_is(span_cut(text, 0, 7), "content"));
    assert_true(span_is(span_from(text, 7), ".md"));
    assert_int_equal(span_from(text, 99).len, 0);
    assert_int_equal(span_cut(text, 5, 2).len, 0);
    assert_int_equal(span_cut((struct span){0}, 0, 3).len, 0);
    assert_true(span_starts_with(text, SPAN("cont")));
    assert_true(span_ends_with(text, SPAN(".md")));
    assert_false(span_ends_with(SPAN("md"), SPAN(".md")));
}

static void finds_what_is_there(void **state)
{
    (void)state;
    assert_int_equal(span_find_char(SPAN("a:b"), ':'), 1);
    assert_int_equal(span_find_char(SPAN("ab"), ':'), -1);
    assert_int_equal(span_find(SPAN("one two"), SPAN("two")), 4);
    assert_int_equal(span_find(SPAN("one"), SPAN("two")), -1);
    assert_int_equal(span_find((struct span){0}, SPAN("x")), -1);
}

static void trims_white_space_at_both_ends(void **state)
{
    (void)state;
    assert_true(span_is(span_trim(SPAN(" \t\r\n x y \f\v")), "x y"));
    assert_int_equal(span_trim(SPAN(" \n ")).len, 0);
}

static void walks_lines(void **state)
{
    struct span rest = SPAN("one\n\nthree"), line;

    (void)state;
    assert_true(span_next_line(&rest, &line));
    assert_true(span_is(line, "one"));
    assert_true(span_next_line(&rest, &line));
    assert_int_equal(line.len, 0);
    assert_true(span_next_line(&rest, &line));
    assert_true(span_is(line, "three"));
    assert_false(span_next_line(&rest, &line));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(compares_bytes_and_lengths),
        cmocka_unit_test(cuts_within_bounds),
        cmocka_unit_test(finds_what_is_there),
        cmocka_unit_test(trims_white_space_at_both_ends),
        cmocka_unit_test(walks_lines),
    };

    return cmocka_run_group_tests_name("base/span", tests, NULL, NULL);
}
