#include "deck/deck.h"
#include "deck/tree.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static void becomes(const char *html, const char *expected)
{
    struct strbuf out = STRBUF_INIT;
    struct tree tree = {0};

    tree_parse(&tree, span_of(html));
    tree_append_html(&tree, &out);
    assert_string_equal(out.data, expected);
    tree_release(&tree);
    strbuf_release(&out);
}

static void what_is_open_ends(void **state)
{
    (void)state;
    becomes("<div><p>a", "<div><p>a</p></div>");
    becomes("a</section></div></aside>b", "ab");
    becomes("<ul><li>a<li>b", "<ul><li>a</li><li>b</li></ul>");
    becomes("<dl><dt>a<dd>b<dt>c", "<dl><dt>a</dt><dd>b</dd><dt>c</dt></dl>");
    becomes("<p>a<h1>b", "<p>a</p><h1>b</h1>");
    becomes("<h1>a<h2>b</h1>c", "<h1>a</h1><h2>b</h2>c");
    becomes("a</p>b</br>c", "a<p></p>b<br>c");
    becomes("<button>a<button>b", "<button>a</button><button>b</button>");
    becomes("<div title=\"open", "");
    becomes("<html><body><head>a", "a");
}

static void formatting_goes_on(void **state)
{
    (void)state;
    becomes("<b>1<i>2</b>3</i>", "<b>1<i>2</i></b><i>3</i>");
    becomes("<p><b>1<p>2", "<p><b>1</b></p><p><b>2</b></p>");
    becomes("<b>1<p>2</b>3</p>", "<b>1</b><p><b>2</b>3</p>");
    becomes("<a href=x>1<a href=y>2", "<a href=\"x\">1</a><a href=\"y\">2</a>");
    becomes("<a>1<div>2</a>3</div>", "<a>1</a><div><a>2</a>3</div>");
}

static void tables_hold_only_tables(void **state)
{
    (void)state;
    becomes("<table><tr><td>a<td>b", "<table><tbody><tr><td>a</td><td>b</td></tr></tbody></table>");
    becomes("<table>a<td>b", "a<table><tbody><tr><td>b</td></tr></tbody></table>");
    becomes("<table><div>a</div><tr><td>b</table>c",
            "<div>a</div><table><tbody><tr><td>b</td></tr></tbody></table>c");
    becomes("<tr><td>a", "a");
    becomes("<table><caption>a<tbody><th>b",
            "<table><caption>a</caption><tbody><tr><th>b</th></tr></tbody></table>");
}

static void raw_text_is_text(void **state)
{
    (void)state;
    becomes("<style>a<b></style>c", "<style>a<b></style>c");
    becomes("<textarea><b></TEXTAREA>", "<textarea><b></textarea>");
    becomes("<script>a</script>b", "<script>a</script>b");
    becomes("<script>a", "<script></script>");
    becomes("<script><!--<script></script>-->", "<script></script>");
    becomes("a<!-- b --><!--> c <!doctype x><?php ?>d", "a c d");
    becomes("1 < 2 & 3 <4", "1 &lt; 2 & 3 &lt;4");
}

static void drawings_keep_their_case(void **state)
{
    (void)state;
    becomes("<svg viewBox='0 0 1 1'><linearGradient/><path></svg>a",
            "<svg viewBox=\"0 0 1 1\"><linearGradient></linearGradient><path></path></svg>a");
    becomes("<svg><g><p>a", "<svg><g></g></svg><p>a</p>");
}

static void attributes_are_read(void **state)
{
    struct strbuf value = STRBUF_INIT;
    struct tree tree = {0};

    (void)state;
    becomes("<p a=1 b='2\"' C a=3 =d e=>", "<p a=\"1\" b=\"2&quot;\" C=\"\" =d=\"\" e=\"\"></p>");
    tree_parse(&tree, SPAN("<p title='a &amp;&eacute;&#65;&nothing; &'>"));
    assert_true(tree_value(&tree, 1, "TITLE", &value));
    assert_string_equal(value.data, "a &éA&nothing; &");
    assert_false(tree_value(&tree, 1, "class", &value));
    strbuf_release(&value);
    tree_release(&tree);
}

static void depth_is_bounded(void **state)
{
    struct strbuf html = STRBUF_INIT, out = STRBUF_INIT;
    struct tree tree = {0};

    (void)state;
    for (int i = 0; i < 3 * TREE_DEPTH_MAX; i++)
        strbuf_append_text(&html, "<div>");
    tree_parse(&tree, strbuf_span(&html));
    for (uint32_t node = tree_next(&tree, TREE_ROOT), depth; node != TREE_NONE;
         node = tree_next(&tree, node)) {
        depth = 0;
        for (uint32_t up = node; up != TREE_ROOT; up = tree_at(&tree, up)->parent)
            depth++;
        assert_true(depth <= TREE_DEPTH_MAX);
    }
    tree_append_html(&tree, &out);
    assert_int_equal(out.len, 3 * TREE_DEPTH_MAX * strlen("<div></div>"));
    tree_release(&tree);
    strbuf_release(&html);
    strbuf_release(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_open_ends),        cmocka_unit_test(formatting_goes_on),
        cmocka_unit_test(tables_hold_only_tables),  cmocka_unit_test(raw_text_is_text),
        cmocka_unit_test(drawings_keep_their_case), cmocka_unit_test(attributes_are_read),
        cmocka_unit_test(depth_is_bounded),
    };

    deck_setup();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
