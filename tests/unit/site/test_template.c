#include "site/template.h"

#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static const struct template_value values[] = {
    {"title", {"Cats & {{dogs}}", 15}},
    {"slides", {"<section></section>", 19}},
    {"empty", {NULL, 0}},
};

static void expect(const char *shell, const char *expected)
{
    struct strbuf out = STRBUF_INIT;
    struct span bad;

    assert_int_equal(template_render(&out, span_of(shell), values, 3, &bad), 0);
    assert_string_equal(out.data, expected);
    strbuf_release(&out);
}

static void refuse(const char *shell, const char *bad)
{
    struct strbuf out = STRBUF_INIT;
    struct span found = {NULL, 0};

    assert_int_equal(template_render(&out, span_of(shell), values, 3, &found), -EINVAL);
    assert_true(span_starts_with(found, span_of(bad)));
    strbuf_release(&out);
}

static void puts_values_in(void **state)
{
    (void)state;
    expect("", "");
    expect("no marker { } }} here", "no marker { } }} here");
    expect("<title>{{title}}</title>", "<title>Cats &amp; {{dogs}}</title>");
    expect("{{{slides}}}", "<section></section>");
    expect("{{slides}}{{empty}}", "&lt;section&gt;&lt;/section&gt;");
}

static void keeps_or_drops_conditions(void **state)
{
    (void)state;
    expect("a{{#if title}}b{{title}}c{{/if}}d", "abCats &amp; {{dogs}}cd");
    expect("a{{#if empty}}b{{unknown}}c{{/if}}d{{#if empty}}e{{/if}}f", "adf");
}

static void refuses_broken_shells(void **state)
{
    (void)state;
    refuse("a {{unknown}} b", "unknown");
    refuse("a {{title b", "{{title b");
    refuse("a {{{slides}} b", "{{{slides");
    refuse("{{#if unknown}}{{/if}}", "unknown");
    refuse("{{#if empty}} never closed", "empty");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(puts_values_in),
        cmocka_unit_test(keeps_or_drops_conditions),
        cmocka_unit_test(refuses_broken_shells),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
