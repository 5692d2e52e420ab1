#include "deck/dedent.h"
#include "deck/slug.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static void makes(struct slugger *slugger, const char *text, const char *expected)
{
    struct strbuf id = STRBUF_INIT;

    slugger_make(slugger, span_of(text), &id);
    assert_string_equal(id.data, expected);
    strbuf_release(&id);
}

static void ids_are_readable_and_unique(void **state)
{
    struct slugger slugger;

    (void)state;
    slugger_init(&slugger);
    assert_true(slugger_reserve(&slugger, SPAN("mine")));
    assert_false(slugger_reserve(&slugger, SPAN("mine")));
    assert_true(slugger_reserve(&slugger, SPAN("why-2")));
    makes(&slugger, "Why?", "why");
    makes(&slugger, "Why!", "why-3");
    makes(&slugger, "why", "why-4");
    makes(&slugger, "Mine", "mine-2");
    makes(&slugger, "  Fish & Chips -- don't/won’t ", "fish-chips-dont-wont");
    makes(&slugger, "Élan vital ÜBER Ελλάδα 日本語", "élan-vital-über-ελλάδα-日本語");
    makes(&slugger, "e\xcc\x81lan", "e\xcc\x81lan");
    makes(&slugger, "2015", "2015-slide");
    makes(&slugger, "2015 review", "2015-review");
    makes(&slugger, "", "slide");
    makes(&slugger, "🎉 !", "slide-2");
    makes(&slugger, "<script>\"&", "script");
    makes(&slugger, "one two three four five six seven eight nine ten eleven twelve thirteen",
          "one-two-three-four-five-six-seven-eight-nine-ten");
    slugger_release(&slugger);
}

static void dedents(const char *text, const char *expected)
{
    struct strbuf memory = STRBUF_INIT;

    assert_true(span_is(dedent(span_of(text), &memory), expected));
    strbuf_release(&memory);
}

static void the_first_line_tells_the_indentation(void **state)
{
    (void)state;
    dedents("", "");
    dedents("a\n  b\n", "a\n  b\n");
    dedents("\n    # a\n    b\n      c\n\n  d\n", "\n# a\nb\n  c\n\n  d\n");
    dedents("  a\n  b\n", "a\nb\n");
    dedents(" a\n b\n", " a\n b\n");
    dedents("\ta\n\t\tb\n", "a\n\tb\n");
    dedents("\n\n    a\n    b\n", "\n\n    a\n    b\n");
    dedents("    \n", "    \n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ids_are_readable_and_unique),
        cmocka_unit_test(the_first_line_tells_the_indentation),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
