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
    expect_html("<script>x</script>\n", "<!-- raw HTML omitted -->\n");
    expect_html("a <b onclick=x>b</b>",
                "<p>a <!-- raw HTML omitted -->b<!-- raw HTML omitted --></p>\n");
    expect_html("[a](javascript:x)", "<p><a href=\"\">a</a></p>\n");
    expect_html("a\n<title>\n", "<p>a</p>\n<!-- raw HTML omitted -->\n");
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
        cmocka_unit_test(says_it_in_plain_words),
        cmocka_unit_test(cuts_at_words_and_never_within_a_character),
    };

    deck_setup();
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    deck_teardown();
    return failed;
}
