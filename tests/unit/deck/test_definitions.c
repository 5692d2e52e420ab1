#include "deck/definitions.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static const char deck[] =
    "[a] [B  c][^n]\n\n[b C]: /first\n\n---\n\n[b c]: /second\n[a]:\n /a\n 'title'\n"
    "\n[^n]: note [d]\n\n    more\n\nend\n\n[d]: /d\n";

static void gives(struct definitions *definitions, const char *text, const char *expected)
{
    static unsigned slide;
    struct strbuf out = STRBUF_INIT;

    definitions_append(definitions, span_of(text), ++slide, &out);
    assert_string_equal(out.data, expected);
    strbuf_release(&out);
}

static void slides_get_what_they_need(void **state)
{
    struct definitions definitions;

    (void)state;
    definitions_init(&definitions);
    definitions_find(&definitions, span_of(deck));
    gives(&definitions, "nothing [x]", "");
    gives(&definitions, "[ B\nC ]", "<!-- -->\n\n[b C]: /first\n\n\n");
    gives(&definitions, "[b c] [a]\n\n[b c]: /own", "<!-- -->\n\n[a]:\n /a\n 'title'\n\n\n");
    gives(&definitions, "x[^n] y[^n]", "[^n]: note [d]\n\n    more\n\n\n<!-- -->\n\n[d]: /d\n\n\n");
    definitions_release(&definitions);
}

static void append_times(struct strbuf *text, const char *part, size_t times)
{
    for (size_t i = 0; i < times; i++)
        strbuf_append_text(text, part);
}

/* `uses` times "[É] ", whose definition has `length` bytes behind `before`. */
static bool is_bounded(size_t uses, const char *before, size_t length, const char *after)
{
    struct strbuf text = STRBUF_INIT, out = STRBUF_INIT;
    bool bounded;

    append_times(&text, "[\u00c9x] ", uses);
    strbuf_append_text(&text, "\n\n[y]: /short\n\n[\u00e9X]: ");
    strbuf_append_text(&text, before);
    append_times(&text, "z", length);
    strbuf_append_text(&text, after);
    bounded = definitions_bound(strbuf_span(&text), &out);
    if (bounded) {
        assert_non_null(strstr(out.data, "[y]: /short"));
        assert_non_null(strstr(out.data, "[\u00e9X]\\: "));
        assert_true(out.len > text.len);
    } else {
        assert_int_equal(out.len, 0);
    }
    strbuf_release(&out);
    strbuf_release(&text);
    return bounded;
}

static void long_addresses_are_not_repeated_for_ever(void **state)
{
    (void)state;
    assert_false(is_bounded(3, "data:", 100000, "")); /* a picture in the text */
    assert_false(is_bounded(100000, "/", 100, ""));
    assert_true(is_bounded(1000, "/", 10000, ""));
    assert_true(is_bounded(1000, "\n /a\n '", 10000, "'"));
    assert_true(is_bounded(1000, "/a (\\)]: ", 10000, ")"));
    assert_false(is_bounded(1000, "/a", 0, ""));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(long_addresses_are_not_repeated_for_ever),
        cmocka_unit_test(slides_get_what_they_need),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
