#include "deck/math.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static void formulas_are_matched(void **state)
{
    static const struct {
        const char *text, *tex;
        bool display;
    } cases[] = {
        {"$x$", "x", false},
        {"$$x$$ y", "x", true},
        {"\\(x\\)", "x", false},
        {"\\[x\\]", "x", true},
        {"$a \\$ b$", "a \\$ b", false},
        {"${a$b}$", "{a$b}", false},
        {"$ x$", NULL, false},
        {"$x $", NULL, false},
        {"$5 and $6", NULL, false},
        {"$$ $$", NULL, false},
        {"$", NULL, false},
        {"\\(x", NULL, false},
        {"\x7f(x\x7f)", "x", false},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct span tex;
        bool display;
        size_t len = math_match(span_of(cases[i].text), &tex, &display);

        assert_int_equal(len > 0, cases[i].tex != NULL);
        if (len > 0) {
            assert_true(span_is(tex, cases[i].tex));
            assert_int_equal(display, cases[i].display);
        }
    }
}

static void prices_are_no_math(void **state)
{
    (void)state;
    assert_false(math_occurs(SPAN("Coffee $3, cake $4.50 and tea $2")));
    assert_false(math_occurs(SPAN("C:\\dir and \\$x$")));
    assert_false(math_occurs(SPAN("")));
    assert_true(math_occurs(SPAN("for $3 you get $x$")));
    assert_true(math_occurs(SPAN("a \\[ b \\] c")));
}

static void a_text_is_taken_apart(void **state)
{
    struct span text = SPAN("\\( for $3: $a$\\[b\\], $$c$$ \\(d");
    static const struct {
        const char *before, *tex;
        bool display;
    } expected[] = {{"\\( for $3: ", "a", false}, {"", "b", true}, {", ", "c", true}};
    struct math_scan scan;
    struct math_formula formula;

    (void)state;
    math_scan_init(&scan, text);
    for (size_t i = 0; i < sizeof expected / sizeof *expected; i++) {
        assert_true(math_scan_next(&scan, &formula));
        assert_true(span_is(formula.before, expected[i].before));
        assert_true(span_is(formula.tex, expected[i].tex));
        assert_int_equal(formula.display, expected[i].display);
    }
    for (int i = 0; i < 2; i++) {
        assert_false(math_scan_next(&scan, &formula));
        assert_true(span_is(formula.before, i ? "" : " \\(d"));
    }
}

static void backslashes_come_back(void **state)
{
    struct strbuf text = STRBUF_INIT;

    (void)state;
    math_append_shielded(&text, SPAN("\\(a\\) \\\\(b \\* \\"));
    assert_string_equal(text.data, "\x7f(a\x7f) \\\\(b \\* \\");
    math_restore(&text);
    assert_string_equal(text.data, "\\(a\\) \\\\(b \\* \\");
    strbuf_release(&text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(formulas_are_matched),
        cmocka_unit_test(prices_are_no_math),
        cmocka_unit_test(a_text_is_taken_apart),
        cmocka_unit_test(backslashes_come_back),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
