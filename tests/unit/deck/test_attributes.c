#include "deck/attributes.h"
#include "deck/deck.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

struct found {
    size_t problems;
};

static void note_problem(void *context, size_t offset, const char *text)
{
    struct found *found = context;

    (void)offset;
    assert_true(*text);
    found->problems++;
}

/* The section's attributes come in front, as of a <section>. */
static size_t becomes(const char *html, const char *expected)
{
    struct found found = {0};
    struct attributes_place place = {&found, note_problem};
    struct strbuf out = STRBUF_INIT;
    struct tree tree = {0};

    tree_parse(&tree, span_of(html));
    attributes_apply(&tree, &tree, &place);
    if (tree_at(&tree, TREE_ROOT)->attributes)
        tree_append_start(&tree, TREE_ROOT, &out);
    tree_append_html(&tree, &out);
    assert_string_equal(out.data, expected);
    tree_release(&tree);
    strbuf_release(&out);
    return found.problems;
}

#define FRAGMENT "<!-- .element: class=\"fragment\" -->"

static void elements_are_found(void **state)
{
    (void)state;
    becomes("<p>a " FRAGMENT "</p>", "<p class=\"fragment\">a </p>");
    becomes("<p>a</p>\n\n" FRAGMENT, "<p class=\"fragment\">a</p>\n\n");
    becomes("<p>a <b>b</b> c " FRAGMENT "</p>", "<p>a <b class=\"fragment\">b</b> c </p>");
    becomes("<p><i>a</i><br>" FRAGMENT "</p>", "<p><i class=\"fragment\">a</i><br></p>");
    becomes("<p><br>" FRAGMENT "</p>", "<p class=\"fragment\"><br></p>");
    becomes(FRAGMENT, "<section class=\"fragment\">");
}

static void a_list_gives_its_last_item(void **state)
{
    (void)state;
    becomes("<ul><li>a</li><li>b</li>\n</ul>\n" FRAGMENT,
            "<ul><li>a</li><li class=\"fragment\">b</li>\n</ul>\n");
    becomes("<ol><li>a</li></ol>\n \t\n" FRAGMENT, "<ol class=\"fragment\"><li>a</li></ol>\n \t\n");
    becomes("<ul><li>a</li></ul>" FRAGMENT "<!-- .element: data-x -->",
            "<ul><li class=\"fragment\" data-x=\"\">a</li></ul>");
    becomes("<ul>" FRAGMENT "</ul>", "<ul class=\"fragment\"></ul>");
}

static void slides_are_found(void **state)
{
    (void)state;
    becomes("<div><!-- .slide: data-background=\"#fff\" class='a' data-x --></div>",
            "<section data-background=\"#fff\" class=\"a\" data-x=\"\"><div></div>");
    becomes("<!-- .slide: class=\"a b\" --><!-- .slide: class=\"b c\" id=\"x\" id=\"y\" -->",
            "<section class=\"a b c\" id=\"y\">");
    becomes("<!--.slide:\n  class=\"a\"\n id=\"b\" -->", "<section class=\"a\">");
    becomes("<!-- slide: class=\"a\" -->", "");
}

static void values_are_text(void **state)
{
    (void)state;
    becomes("<p></p><!-- .element: title='\"&<>' -->", "<p title=\"&quot;&amp;&lt;&gt;\"></p>");
    becomes("<p class=\"a\"></p><!-- .element class=\" b  a \" -->", "<p class=\"a b\"></p>");
    becomes("<p></p><!-- .element:class=\"a\" -->", "<p class=\"a\"></p>");
}

static void what_is_wrong_is_said(void **state)
{
    (void)state;
    assert_int_equal(becomes("<p></p><!-- .element: class=a id=\"b\" -->", "<p id=\"b\"></p>"), 1);
    assert_int_equal(becomes("<p></p><!-- .element: class=\"a -->", "<p></p>"), 1);
    assert_int_equal(becomes("<p></p><!-- .element: x <=\"\" -->", "<p></p>"), 2);
    assert_int_equal(becomes("<p></p><!-- .element: data-<=\"1\" -->", "<p></p>"), 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(elements_are_found),    cmocka_unit_test(a_list_gives_its_last_item),
        cmocka_unit_test(slides_are_found),      cmocka_unit_test(values_are_text),
        cmocka_unit_test(what_is_wrong_is_said),
    };

    deck_setup();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
