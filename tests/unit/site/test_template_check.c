#include "site/template_check.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static const struct template_name names[] = {
    {"title", false, false},
    {"content", true, true},
};

/* The first problem of the shell, or NULL. */
static void expect(const char *shell, unsigned line, unsigned column, const char *text)
{
    struct err_list errs;

    err_list_init(&errs);
    int err = template_check(span_of(shell), "site.html", names, 2, &errs);
    if (!text) {
        assert_int_equal(err, 0);
        assert_int_equal(errs.list.count, 0);
    } else {
        assert_true(err < 0 && errs.list.count > 0);
        assert_int_equal(errs.list.items[0].line, line);
        assert_int_equal(errs.list.items[0].column, column);
        assert_non_null(strstr(errs.list.items[0].text, text));
    }
    err_list_release(&errs);
}

static void takes_what_is_right(void **state)
{
    (void)state;
    expect("{{{content}}}", 0, 0, NULL);
    expect("{{#if title}}<h1>{{title}}</h1>{{/if}}\n{{{content}}}", 0, 0, NULL);
}

static void tells_what_is_wrong_and_where(void **state)
{
    (void)state;
    expect("a\n {{titel}}{{{content}}}", 2, 4, "did you mean `title`?");
    expect("{{zzzzzzzz}}{{{content}}}", 1, 3, "docs/templates.md");
    expect("{{{title}}}{{{content}}}", 1, 4, "write {{title}}");
    expect("{{content}}", 1, 3, "write {{{content}}}");
    expect("{{{content}}}\n{{title", 2, 1, "close it with }}");
    expect("{{{content}}}{{#if title}}", 1, 14, "add {{/if}}");
    expect("{{/if}}{{{content}}}", 1, 1, "without {{#if");
    expect("{{#if title}}{{#if title}}{{/if}}{{{content}}}", 1, 14, "within a condition");
    expect("{{title}}", 1, 1, "does not work without `content`");
    expect("", 1, 1, "does not work without `content`");
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(takes_what_is_right),
        cmocka_unit_test(tells_what_is_wrong_and_where),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
