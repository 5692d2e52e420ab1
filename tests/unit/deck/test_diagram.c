/* What the source of a diagram says of it in words. */
#include "deck/diagram.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static void says(const char *source, const char *title, const char *description)
{
    struct diagram diagram;

    diagram_init(&diagram, span_of(source));
    if (!span_is(diagram.title, title))
        fail_msg("the title of\n%s\nis %.*s", source, (int)diagram.title.len, diagram.title.data);
    assert_string_equal(diagram.description.data, description);
    diagram_release(&diagram);
}

static void titles_are_found(void **state)
{
    (void)state;
    says("flowchart LR\n  accTitle: How it flows\n  A --> B", "How it flows", "");
    says("---\ntitle: \"In quotes\"\nconfig: {}\n---\ngraph TD", "In quotes", "");
    says("gantt\r\n  title A plan\r\n", "A plan", "");
    says("pie title Pets\n\"Cats\": 1", "Pets", "");
    says("gantt\ntitle Seen\naccTitle: Heard", "Heard", "");
    says("graph TD\ntitles --> b", "", "");
    says("title: no front matter", "", "");
    says("", "", "");
}

static void descriptions_are_found(void **state)
{
    (void)state;
    says("graph LR\naccDescr: From A to B\n", "", "From A to B");
    says("graph LR\naccDescr {\n  From A\n\n  to B\n}\naccTitle: T", "T", "From A to B");
    says("graph LR\naccDescr { short }\nA", "", "short");
    says("graph LR\naccDescr { never ends\nA", "", "never ends A");
    says("graph LR\naccDescription --> B", "", "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(titles_are_found),
        cmocka_unit_test(descriptions_are_found),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
