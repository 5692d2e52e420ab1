#include "embedded_small.h"
#include "site/cover_svg.h"
#include "site/cover_text.h"
#include "site/theme.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/* The lines with bars between, and `+` behind those that are all of the text. */
static void expect_lines(const char *words, unsigned width, size_t most, const char *expected)
{
    struct cover_text text;
    struct strbuf lines = STRBUF_INIT;

    cover_text_wrap(&text, span_of(words), width, most);
    for (size_t i = 0; i < text.count; i++)
        strbuf_append_format(&lines, "%s%s", i ? "|" : "", text.lines[i].data);
    strbuf_append_text(&lines, text.whole ? "+" : "");
    assert_string_equal(lines.data, expected);
    strbuf_release(&lines);
    cover_text_release(&text);
}

static void breaks_lines_at_blanks(void **state)
{
    (void)state;
    expect_lines("one two three", 100000, 3, "one two three+");
    expect_lines("one two three", 4000, 3, "one|two|three+");
    expect_lines("  one \n two ", 100000, 3, "one two+");
    expect_lines("", 4000, 3, "+");
    expect_lines("one", 1, 3, "o|n|e+");
    expect_lines("one", 1, 2, "o|…");
}

static void breaks_what_is_longer_than_a_line(void **state)
{
    (void)state;
    expect_lines("aaaaaaaa", 3000, 3, "aaaa|aaaa+");
    expect_lines("日本語日本語", 3200, 3, "日本語|日本語+");
    expect_lines("日本 語", 2100, 3, "日本|語+");
}

static void keeps_marks_with_their_letters(void **state)
{
    (void)state;
    expect_lines("e\u0301e\u0301e\u0301", 1500, 3, "e\u0301e\u0301|e\u0301+");
}

static void says_that_something_is_left_out(void **state)
{
    (void)state;
    expect_lines("one two three", 4000, 2, "one|two…");
    expect_lines("aaaa bbbb", 3000, 1, "aa…");
}

static void leaves_out_what_xml_cannot_hold(void **state)
{
    (void)state;
    expect_lines("a\x01"
                 "b\x7f"
                 "c\xef\xbf\xbf"
                 "d\xff"
                 "e",
                 9000, 1, "abcde+");
}

static void sees_which_way_a_script_runs(void **state)
{
    (void)state;
    assert_true(cover_text_runs_left(SPAN("مرحبا")));
    assert_true(cover_text_runs_left(SPAN("2015: שלום")));
    assert_false(cover_text_runs_left(SPAN("Hello שלום")));
    assert_false(cover_text_runs_left(SPAN("")));
}

static void knows_what_pictures_were_made_for(void **state)
{
    (void)state;
    assert_string_equal(theme_ground_class(NULL), " on-dark");
    assert_string_equal(theme_ground_class("themes/moon.css"), " on-dark");
    assert_string_equal(theme_ground_class("white-contrast"), " on-light");
    assert_string_equal(theme_ground_class("mine.css"), "");
    assert_null(theme_palette("mine.css"));
}

static char *render(struct cover_words words)
{
    struct strbuf out = STRBUF_INIT;

    cover_svg_render(&out, &words);
    return strbuf_detach(&out, NULL);
}

static void draws_the_same_for_the_same(void **state)
{
    struct cover_words words = {SPAN("Fog <&>"), SPAN("Ada"), SPAN("de\"x"), "themes/moon.css"};
    char *one = render(words), *again = render(words);

    (void)state;
    assert_string_equal(one, again);
    assert_non_null(strstr(one, ">Fog &lt;&amp;&gt;</text>"));
    assert_non_null(strstr(one, "lang=\"de&quot;x\""));
    assert_non_null(strstr(one, "#002b36"));
    free(again);
    words.title = SPAN("Wind");
    again = render(words);
    assert_string_not_equal(one, again);
    free(one);
    free(again);
}

static void gives_unknown_themes_colours_of_their_own(void **state)
{
    char *own = render((struct cover_words){SPAN("Fog"), SPAN(""), SPAN(""), "mine.css"});
    char *standard = render((struct cover_words){SPAN("Fog"), SPAN(""), SPAN(""), NULL});

    (void)state;
    assert_non_null(strstr(own, "fill=\"hsl("));
    assert_non_null(strstr(standard, "fill=\"#191919\""));
    free(own);
    free(standard);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(knows_what_pictures_were_made_for),
        cmocka_unit_test(breaks_lines_at_blanks),
        cmocka_unit_test(breaks_what_is_longer_than_a_line),
        cmocka_unit_test(keeps_marks_with_their_letters),
        cmocka_unit_test(says_that_something_is_left_out),
        cmocka_unit_test(leaves_out_what_xml_cannot_hold),
        cmocka_unit_test(sees_which_way_a_script_runs),
        cmocka_unit_test(draws_the_same_for_the_same),
        cmocka_unit_test(gives_unknown_themes_colours_of_their_own),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
