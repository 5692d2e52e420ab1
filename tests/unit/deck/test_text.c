#include "deck/deck.h"
#include "deck/text.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static void reads(const char *html, const char *text, const char *notes, const char *heading)
{
    struct strbuf out = STRBUF_INIT, aside = STRBUF_INIT, title = STRBUF_INIT;
    struct tree tree = {0};

    tree_parse(&tree, span_of(html));
    text_append(&tree, TREE_ROOT, &out, &aside);
    text_append_heading(&tree, TREE_ROOT, &title);
    assert_string_equal(out.data, text);
    assert_string_equal(aside.data, notes);
    assert_string_equal(title.data, heading);
    tree_release(&tree);
    strbuf_release(&out);
    strbuf_release(&aside);
    strbuf_release(&title);
}

static void what_a_reader_sees(void **state)
{
    (void)state;
    reads("<h1>A <i>b</i>c</h1><p>d<br>e</p>f", "A bc d e f", "", "A bc");
    reads("a&nbsp;b &amp; &eacute; so&shy;ft \n\t c\u200bd", "a b & é soft cd", "", "");
    reads("<script>x</script><style>y</style><template>z</template>a", "a", "", "");
    reads("<h1></h1><h2>two</h2><h3>three</h3>", "two three", "", "two");
    reads("", "", "", "");
}

static void items_are_apart(void **state)
{
    (void)state;
    reads("<ul><li>a<li>b</ul>c<table><td>d<td>e</table>", "a · b · c · d · e", "", "");
    reads("<p>Such as:</p><ul><li>one thing.</li>\n<li><p>two</p></li></ul>",
          "Such as: one thing. two", "", "");
    reads("<ul><li>a<ul><li>b</li></ul></li><li></li></ul>", "a · b", "", "");
    reads("<dl><dt>a<dd>b…<dt>c</dl>", "a · b… c", "", "");
    reads("<h2>a<br>b</h2><ul><li>c</ul>", "a b · c", "", "a b");
}

static void notes_are_apart(void **state)
{
    (void)state;
    reads("a<aside class=\"x notes\"><h1>n</h1><p>o</aside>b", "a b", "n o", "");
    reads("<aside>a</aside><aside class=notes>b</aside>", "a", "b", "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_a_reader_sees),
        cmocka_unit_test(items_are_apart),
        cmocka_unit_test(notes_are_apart),
    };

    deck_setup();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
