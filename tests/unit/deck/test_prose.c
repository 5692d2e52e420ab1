#include "deck/prose.h"

#include "deck/deck.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static void expect_html(const char *markdown, const char *html)
{
    const struct prose_options options = {.prefix = "../x/", .root = "../../", .heading = 2};
    struct strbuf out = STRBUF_INIT;

    prose_render(&out, span_of(markdown), &options);
    assert_string_equal(out.data, html);
    strbuf_release(&out);
}

static void expect_plain(const char *markdown, size_t limit, const char *text)
{
    struct strbuf out = STRBUF_INIT;

    prose_append_plain(&out, span_of(markdown), limit);
    assert_string_equal(out.data, text);
    strbuf_release(&out);
}

static void renders_markdown(void **state)
{
    (void)state;
    expect_html("Works on *small* things.", "<p>Works on <em>small</em> things.</p>\n");
    expect_html("", "");
}

static void puts_headings_below_those_of_the_page(void **state)
{
    (void)state;
    expect_html("# A\n\n## B\n", "<h2>A</h2>\n<h3>B</h3>\n");
    expect_html("### A\n", "<h2>A</h2>\n");
    expect_html("# A\n\n###### B\n", "<h2>A</h2>\n<h6>B</h6>\n");
}

static void leads_addresses_to_where_they_are_meant(void **state)
{
    (void)state;
    expect_html("[a](b.png) [c](/d) [e](https://e.example/) [f](#g) [h](//i.example/)",
                "<p><a href=\"../x/b.png\">a</a> <a href=\"../../d\">c</a> "
                "<a href=\"https://e.example/\">e</a> <a href=\"#g\">f</a> "
                "<a href=\"//i.example/\">h</a></p>\n");
}

static void lets_no_script_pass(void **state)
{
    (void)state;
    expect_html("<script>x</script>\n", "");
    expect_html("a <b onclick=x>b</b>", "<p>a b</p>\n");
    expect_html("[a](javascript:x)", "<p><a href=\"\">a</a></p>\n");
    expect_html("a\n<title>\n", "<p>a</p>\n");
}

static void links_pictures_of_other_hosts(void **state)
{
    (void)state;
    expect_html("![a](b.png) ![c](/d.png) ![e](data:image/png;base64,AAAA)",
                "<p><img src=\"../x/b.png\" alt=\"a\" /> <img src=\"../../d.png\" alt=\"c\" /> "
                "<img src=\"data:image/png;base64,AAAA\" alt=\"e\" /></p>\n");
    expect_html("![a *b* `c`](https://e.example/x.png) ![d](//e.example/y.png)",
                "<p><a href=\"https://e.example/x.png\">a b c</a> "
                "<a href=\"//e.example/y.png\">d</a></p>\n");
    expect_html("![](https://e.example/x.png)",
                "<p><a href=\"https://e.example/x.png\">e.example</a></p>\n");
    expect_html("[![a <b>](https://e.example/x.png)](https://f.example/)",
                "<p><a href=\"https://f.example/\">a </a></p>\n");
    expect_html("![a ![b](https://e.example/x.png)](https://f.example/y.png)",
                "<p><a href=\"https://f.example/y.png\">a b</a></p>\n");
    expect_html("![a [b](https://e.example/)](https://f.example/y.png)",
                "<p><a href=\"https://f.example/y.png\">a b</a></p>\n");
    expect_html("| a |\n|---|\n| ![b](https://e.example/x.png) |\n",
                "<table>\n<thead>\n<tr>\n<th>a</th>\n</tr>\n</thead>\n<tbody>\n<tr>\n"
                "<td><a href=\"https://e.example/x.png\">b</a></td>\n</tr>\n</tbody>\n</table>\n");
    expect_html("![a](javascript:x)", "<p>a</p>\n");
}

static void leaves_out_pictures_that_lie_deep(void **state)
{
    struct strbuf markdown = STRBUF_INIT, html = STRBUF_INIT;

    (void)state;
    for (int i = 0; i < 101; i++)
        strbuf_append_text(&markdown, "> ");
    strbuf_append_text(&markdown, "a ![b](https://e.example/x.png) c");
    prose_render(&html, strbuf_span(&markdown), &(struct prose_options){.prefix = "", .root = ""});
    assert_non_null(strstr(html.data, "<p>a  c</p>"));
    strbuf_release(&html);
    strbuf_release(&markdown);
}

static void expect_problems(const char *markdown, const char *lines)
{
    const struct prose_place place = {.what = "bio", .file = "talk.md", .line = 3};
    struct strbuf out = STRBUF_INIT;
    struct err_list errs;

    err_list_init(&errs);
    prose_check(span_of(markdown), &place, &errs);
    vec_each (&errs.list, err) {
        err_append_line(&out, err);
        strbuf_append_char(&out, '\n');
    }
    assert_string_equal(out.data, lines);
    err_list_release(&errs);
    strbuf_release(&out);
}

static void warns_of_what_is_not_shown(void **state)
{
    (void)state;
    expect_problems("A *word* ![a](b.png) [c](https://e.example/) <!-- d -->\n\n<!-- f -->\n", "");
    expect_problems(
        "![a](https://e.example/x.png) b",
        "talk.md:3: warning: bio: the picture `https://e.example/x.png` is on another "
        "host and is not loaded, only linked: put the file into the site and name it\n");
    expect_problems("a <b>b</b>\n\n<div>\n",
                    "talk.md:3: warning: bio: HTML is left out: write Markdown\n");
}

static void says_it_in_plain_words(void **state)
{
    (void)state;
    expect_plain("# A & B\n\nIs *this* <b>one</b>\n[line](x)", 100, "A & B Is this one line");
    expect_plain("", 10, "");
}

static void cuts_at_words_and_never_within_a_character(void **state)
{
    (void)state;
    expect_plain("one two three", 13, "one two three");
    expect_plain("one two three", 12, "one two…");
    expect_plain("ééééééé", 5, "éé…");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(renders_markdown),
        cmocka_unit_test(puts_headings_below_those_of_the_page),
        cmocka_unit_test(leads_addresses_to_where_they_are_meant),
        cmocka_unit_test(lets_no_script_pass),
        cmocka_unit_test(links_pictures_of_other_hosts),
        cmocka_unit_test(leaves_out_pictures_that_lie_deep),
        cmocka_unit_test(warns_of_what_is_not_shown),
        cmocka_unit_test(says_it_in_plain_words),
        cmocka_unit_test(cuts_at_words_and_never_within_a_character),
    };

    deck_setup();
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    deck_teardown();
    return failed;
}
