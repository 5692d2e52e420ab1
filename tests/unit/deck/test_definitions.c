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

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(slides_get_what_they_need),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
