#include "deck/front_matter.h"
#include "deck/source.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static void decodes_to(struct span bytes, const char *charset, const char *expected)
{
    struct strbuf text = STRBUF_INIT;
    struct err_list errs;

    err_list_init(&errs);
    assert_int_equal(source_decode(bytes, charset, "a.md", &errs, &text), 0);
    assert_string_equal(text.data, expected);
    assert_int_equal(errs.list.count, 0);
    strbuf_release(&text);
    err_list_release(&errs);
}

static void fails_at(struct span bytes, const char *charset, unsigned line, unsigned column)
{
    struct strbuf text = STRBUF_INIT;
    struct err_list errs;

    err_list_init(&errs);
    assert_true(source_decode(bytes, charset, "a.md", &errs, &text) < 0);
    assert_int_equal(errs.list.count, 1);
    assert_int_equal(errs.list.items[0].line, line);
    assert_int_equal(errs.list.items[0].column, column);
    strbuf_release(&text);
    err_list_release(&errs);
}

static void line_ends_become_line_feeds(void **state)
{
    (void)state;
    decodes_to(SPAN(""), NULL, "");
    decodes_to(SPAN("a"), NULL, "a\n");
    decodes_to(SPAN("a\n"), NULL, "a\n");
    decodes_to(SPAN("a\r\nb\rc\n\r\n\rd\r"), NULL, "a\nb\nc\n\n\nd\n");
}

static void control_characters_are_made_visible(void **state)
{
    const struct {
        struct span bytes;
        const char *charset, *expected, *warning;
    } cases[] = {
        {SPAN("a\n\0b\n"), NULL, "a\n\uFFFDb\n",
         "a.md:2:1: warning: control characters, from U+0000"},
        {SPAN("é\x1b[31m\x07\x7f"), NULL, "é\uFFFD[31m\uFFFD\uFFFD\n",
         "a.md:1:2: warning: control characters, from U+001B"},
        {SPAN("x\r\xc2\x9b\r\n\xc2\x85"), NULL, "x\n\uFFFD\n\uFFFD\n",
         "a.md:2:1: warning: control characters, from U+009B"},
        {SPAN("ab\x93"), "iso-8859-1", "ab\uFFFD\n",
         "a.md:1:3: warning: control characters, from U+0093"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct strbuf text = STRBUF_INIT, line = STRBUF_INIT;
        struct err_list errs;

        err_list_init(&errs);
        assert_int_equal(source_decode(cases[i].bytes, cases[i].charset, "a.md", &errs, &text), 0);
        assert_string_equal(text.data, cases[i].expected);
        assert_int_equal(errs.list.count, 1);
        err_append_line(&line, &errs.list.items[0]);
        assert_true(span_starts_with(strbuf_span(&line), span_of(cases[i].warning)));
        strbuf_release(&text);
        strbuf_release(&line);
        err_list_release(&errs);
    }
    decodes_to(SPAN("a\tb\fc\u00a0\n"), NULL, "a\tb\fc\u00a0\n");
}

static void marks_and_keys_name_the_charset(void **state)
{
    (void)state;
    decodes_to(SPAN("\xef\xbb\xbf# a\n"), NULL, "# a\n");
    decodes_to(SPAN("\xff\xfe\xe9\x00\x0d\x00\x0a\x00"), NULL, "é\n");
    decodes_to(SPAN("\xfe\xff\x20\xac"), NULL, "€\n");
    decodes_to(SPAN("caf\xe9 \xa4\n"), "iso-8859-15", "café €\n");
    decodes_to(SPAN("---\ncharset: 'latin1'\n---\n\xe9\n"), NULL,
               "---\ncharset: 'latin1'\n---\né\n");
    decodes_to(SPAN("---\r\ncharset: latin1\r\n---\r\n\xe9\n"), "utf-8",
               "---\ncharset: latin1\n---\né\n");
    decodes_to(SPAN("\xef\xbb\xbfé"), "iso-8859-15", "é\n");
}

static void bad_bytes_are_placed(void **state)
{
    (void)state;
    fails_at(SPAN("caf\xe9\n"), NULL, 1, 4);
    fails_at(SPAN("é\r\néé\xff"), NULL, 2, 3);
    fails_at(SPAN("a\rb\r\xc0\x80"), NULL, 3, 1);
    fails_at(SPAN("\xed\xa0\x80"), NULL, 1, 1);
    fails_at(SPAN("ok\n\xff"), "euc-jp", 2, 1);
    fails_at(SPAN("a"), "klingon-1", 0, 0);
    fails_at(SPAN("a"), "utf-16//IGNORE", 0, 0);
}

static void yaml_at(const char *text, const char *yaml, const char *rest)
{
    struct front_matter matter;

    assert_true(front_matter_find(span_of(text), &matter));
    assert_true(span_is(matter.yaml, yaml));
    assert_true(span_is(span_from(span_of(text), matter.end), rest));
}

static void front_matter_is_told_from_a_separator(void **state)
{
    static const char *const none[] = {
        "",
        "---",
        "# a\n---\n",
        "---\n\n# First\n\n---\n\n# Second\n",
        "---\n# First\n---\n# Second\n",
        "---\nJust text\n---\n",
        "---\n- a: b\n---\n",
        "---\ntitle: x\n",
        "----\ntitle: x\n---\n",
        "---\n# Monday: the plan\n---\n",
        "---\n# theme: moon\n# The plan\n---\n",
        "---\n\n---\n",
        "---\n<!-- .slide: a=\"b\" -->\n---\n",
    };
    struct front_matter matter;

    (void)state;
    for (size_t i = 0; i < sizeof none / sizeof none[0]; i++)
        assert_false(front_matter_find(span_of(none[i]), &matter));
    yaml_at("---\ntitle: x\n---\ntext", "title: x\n", "text");
    yaml_at("--- \ntitle: x\n...\t\n", "title: x\n", "");
    yaml_at("---\n---\ntext\n", "", "text\n");
    yaml_at("---\n# comment\n\ntitle:\n  - x\n---\n\n# a\n", "# comment\n\ntitle:\n  - x\n",
            "\n# a\n");
    yaml_at("---\n# theme: moon\n\n# title: x\n---\n# a", "# theme: moon\n\n# title: x\n", "# a");
    yaml_at("---\r\ntitle: x\r\n---\r\n# a", "title: x\r\n", "# a");
    yaml_at("---\rtitle: x\r---\r# a", "title: x\r", "# a");
}

static void keys_are_read_before_yaml(void **state)
{
    struct front_matter matter;

    (void)state;
    assert_true(front_matter_find(SPAN("---\na: b\ncharset:  \"x-y\" \n---\n"), &matter));
    assert_true(span_is(front_matter_peek(&matter, "charset"), "x-y"));
    assert_int_equal(front_matter_peek(&matter, "char").len, 0);
    assert_int_equal(front_matter_peek(&matter, "b").len, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(line_ends_become_line_feeds),
        cmocka_unit_test(control_characters_are_made_visible),
        cmocka_unit_test(marks_and_keys_name_the_charset),
        cmocka_unit_test(bad_bytes_are_placed),
        cmocka_unit_test(front_matter_is_told_from_a_separator),
        cmocka_unit_test(keys_are_read_before_yaml),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
