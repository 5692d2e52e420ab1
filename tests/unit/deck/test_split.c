#include "deck/split.h"

#include "base/mem.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/* Slides as "h.v text" in a stack, else "h-v text"; then "!line" for each problem of the text. */

static void append_slides(struct strbuf *out, const struct deck_settings *settings,
                          struct span text, const size_t *breaks, size_t break_count)
{
    struct split_slides slides = {0};
    struct err_list settings_errs, errs;
    struct splitter *splitter;

    err_list_init(&settings_errs);
    err_list_init(&errs);
    splitter = splitter_new(settings, "a.md", &settings_errs, &errs);
    splitter_slides(splitter, text, 1, breaks, break_count, &slides);
    vec_each (&slides.list, slide) {
        struct span shown = span_trim(slide->text);

        if (out->len > 0)
            strbuf_append_char(out, '|');
        strbuf_append_format(out, "%u%s%u %.*s", slide->h, slide->stacked ? "." : "-", slide->v,
                             (int)shown.len, shown.data);
    }
    vec_each (&errs.list, err)
        strbuf_append_format(out, "!%u", err->line);
    vec_each (&settings_errs.list, err)
        strbuf_append_text(out, "!");
    vec_release(&slides.list);
    splitter_free(splitter);
    err_list_release(&errs);
    err_list_release(&settings_errs);
}

static void splits(const char *separator, const char *vertical, const char *text,
                   const char *expected)
{
    struct strbuf out = STRBUF_INIT;
    struct deck_settings settings;

    deck_settings_init(&settings);
    settings.separator = mem_copy_text(separator);
    settings.vertical_separator = mem_copy_text(vertical);
    append_slides(&out, &settings, span_of(text), NULL, 0);
    assert_string_equal(out.data, expected);
    strbuf_release(&out);
    deck_settings_release(&settings);
}

static void by_default(void **state)
{
    (void)state;
    splits(NULL, NULL, "", "");
    splits(NULL, NULL, "a\n", "0-0 a");
    splits(NULL, NULL, "a\n---\nb\n", "0-0 a|1-0 b");
    splits(NULL, NULL, "a\n----\nb\n---\nc\n", "0.0 a|0.1 b|1-0 c");
    splits(NULL, NULL, "a\n---\nb\n----\nc\n----\nd\n---\ne\n", "0-0 a|1.0 b|1.1 c|1.2 d|2-0 e");
    splits(NULL, NULL, "a\n--- \t\nb\n", "0-0 a|1-0 b");
    splits(NULL, NULL, "a\n --- \nb\n", "0-0 a\n --- \nb");
    splits(NULL, NULL, "a\n-----\nb\n", "0-0 a\n-----\nb");
}

static void without_empty_slides(void **state)
{
    (void)state;
    splits(NULL, NULL, "a\n\n---\n", "0-0 a");
    splits(NULL, NULL, "---\n\na\n---\n---\n\n---\nb\n---\n", "0-0 a|1-0 b");
    splits(NULL, NULL, "a\n----\n\n---\nb\n", "0-0 a|1-0 b");
    splits(NULL, NULL, "a\n---\n\n----\n\n---\nb\n", "0-0 a|1-0 b");
    splits(NULL, NULL, "a\n---\n\n----\nb\n----\nc\n", "0-0 a|1.0 b|1.1 c");
    splits("^\\s*---\\s*$", "^\\s*-v-\\s*$", "a\n\n---\n", "0-0 a");
}

static void as_the_wild_writes_them(void **state)
{
    (void)state;
    splits("^\\n\\n----\\n", "^\\n\\n", "a\n\n\nb\n\n\n----\nc\n", "0.0 a|0.1 b|1-0 c");
    splits("\\n----\\n", "\\n---\\n", "a\n---\nb\n----\nc\n", "0.0 a|0.1 b|1-0 c");
    splits("\\n---\\n", "\\n--\\n", "a\n--\nb\n---\nc\n", "0.0 a|0.1 b|1-0 c");
    splits("^\\s*---\\s*$", "^\\s*-v-\\s*$", "a\n\n  -v-\n\nb\n ---\nc\n", "0.0 a|0.1 b|1-0 c");
    splits("<!--s-->", "<!--v-->", "a<!--v-->b\n<!--s-->\nc\n", "0.0 a|0.1 b|1-0 c");
    splits("^\\n<!-- > -->\\n", "^\\n<!-- v -->\\n", "a\n\n<!-- v -->\nb\n\n<!-- > -->\nc\n",
           "0.0 a|0.1 b|1-0 c");
    splits("\\n\\n---\\n\\n", NULL, "a\n\n---\n\nb\n---\nc\n", "0-0 a|1-0 b\n---\nc");
    splits("^---$", "^---v$", "a\n---v\nb\n---\nc\n", "0.0 a|0.1 b|1-0 c");
    splits("___", "--", "a\n--\nb\n___\nc\n", "0.0 a|0.1 b|1-0 c");
    splits("^(\\r\\n?|\\n)---(\\r\\n?|\\n)$", NULL, "a\n\n---\n\nb\n", "0-0 a|1-0 b");
}

static void a_match_that_looks_horizontal_is(void **state)
{
    (void)state;
    /* reveal.js asks the separator alone, without m, about what matched. */
    splits("---", "\\n----\\n", "a\n----\nb\n", "0-0 a|1-0 b");
    splits("\\n---\\n(?=b)", NULL, "a\n---\nb\n", "0.0 a|0.1 b");
}

static void not_vertical_at_all(void **state)
{
    struct strbuf out = STRBUF_INIT;
    struct deck_settings settings;

    (void)state;
    deck_settings_init(&settings);
    settings.no_vertical = true;
    append_slides(&out, &settings, SPAN("a\n\n----\nb\n---\nc\n"), NULL, 0);
    assert_string_equal(out.data, "0-0 a\n\n----\nb|1-0 c");
    strbuf_release(&out);
    deck_settings_release(&settings);
}

static void not_in_code_or_comments(void **state)
{
    (void)state;
    splits(NULL, NULL, "```\n---\n```\n---\nb\n", "0-0 ```\n---\n```|1-0 b");
    splits(NULL, NULL, "~~~ md\n---\n```js\n---\n~~~\n---\nb\n",
           "0-0 ~~~ md\n---\n```js\n---\n~~~|1-0 b");
    splits(NULL, NULL, "````\n```js\n---\n```\n````\n---\nb\n",
           "0-0 ````\n```js\n---\n```\n````|1-0 b");
    splits(NULL, NULL, "- ```yaml\n  a\n---\n  ```\n---\nb\n",
           "0-0 - ```yaml\n  a\n---\n  ```|1-0 b");
    splits(NULL, NULL, "```not code```\n---\nb\n", "0-0 ```not code```|1-0 b");
    splits(NULL, NULL, "> ```\n---\nb\n", "0-0 > ```|1-0 b");
    splits(NULL, NULL, "<!--\n---\n\n-->\na\n---\nb\n", "0-0 <!--\n---\n\n-->\na|1-0 b");
    splits(NULL, NULL, "x <!-- a\n---\n -->\n---\nb\n", "0-0 x <!-- a\n---\n -->|1-0 b");
    splits(NULL, NULL, "x <!-- a\n\n---\n -->\n", "0-0 x <!-- a|1-0 -->");
    splits(NULL, NULL, "`<!--` is\n---\nb -->\n", "0-0 `<!--` is|1-0 b -->");
    splits(NULL, NULL, "<!-- ``` -->\n---\nb\n", "0-0 <!-- ``` -->|1-0 b");
    splits(NULL, NULL, "```\n<!--\n```\n---\nb\n", "0-0 ```\n<!--\n```|1-0 b");
    splits("^\\n\\n\\n", NULL, "```\na\n\n\n\nb\n```\n\n\n\nc\n", "0-0 ```\na\n\n\n\nb\n```|1-0 c");
}

static void survives_what_is_left_open(void **state)
{
    (void)state;
    splits(NULL, NULL, "```\na\n---\nb\n", "0-0 ```\na|1-0 b!1");
    splits(NULL, NULL, "x\n\n```js\na\n---\n```js\n---\n```\n",
           "0-0 x\n\n```js\na|1-0 ```js\n---\n```!3");
    splits(NULL, NULL, "```js\na\n```js\n---\n```\n---\nb\n",
           "0-0 ```js\na\n```js\n---\n```|1-0 b!1");
    splits(NULL, NULL, "a\n<!-- b\n---\nc\n---\nd\n", "0-0 a\n<!-- b|1-0 c|2-0 d!2");
    splits(NULL, NULL, "<!-- a\n---\n<!-- b -->\n---\nd\n", "0-0 <!-- a|1-0 <!-- b -->|2-0 d!1");
    splits(NULL, NULL, "a\n---\n```\nb\n", "0-0 a|1-0 ```\nb!3");
}

static void breaks_end_slides(void **state)
{
    struct strbuf out = STRBUF_INIT;
    struct deck_settings settings;
    const size_t breaks[] = {2, 8};

    (void)state;
    deck_settings_init(&settings);
    append_slides(&out, &settings, SPAN("a\n```\nb\nc\n----\nd\n"), breaks, 2);
    assert_string_equal(out.data, "0-0 a|1-0 ```\nb|2.0 c|2.1 d!2");
    strbuf_release(&out);
    deck_settings_release(&settings);
}

static void bad_expressions_fall_back(void **state)
{
    (void)state;
    splits("(", NULL, "a\n---\nb\n", "0-0 a|1-0 b!");
    splits(NULL, "[", "a\n----\nb\n", "0.0 a|0.1 b!");
    splits("x*", NULL, "a\n---\nb\n", "0-0 a|1-0 b!");
    splits("(?<x>a)", "(?<x>b)", "1\n---\n2\n", "0-0 1|1-0 2!");
    splits("(\\s|\\s)*x", NULL,
           "a                                                        \n---\nb\n", "0-0 a|1-0 b!");
}

static void notes_are(const char *separator, const char *slide, const char *body,
                      const char *expected, unsigned expected_line)
{
    struct strbuf notes = STRBUF_INIT;
    struct deck_settings settings;
    struct err_list errs;
    struct splitter *splitter;
    unsigned line = 0;

    err_list_init(&errs);
    deck_settings_init(&settings);
    settings.notes_separator = mem_copy_text(separator);
    splitter = splitter_new(&settings, "a.md", &errs, &errs);
    assert_true(span_is(splitter_notes(splitter, span_of(slide), 10, &notes, &line), body));
    assert_string_equal(notes.data, expected);
    if (expected_line)
        assert_int_equal(line, expected_line);
    strbuf_release(&notes);
    splitter_free(splitter);
    deck_settings_release(&settings);
    err_list_release(&errs);
}

static void every_note_is_notes(void **state)
{
    (void)state;
    notes_are(NULL, "a\n", "a\n", "", 0);
    notes_are(NULL, "a\n\nNote: b\n", "a\n\n", " b\n", 12);
    notes_are(NULL, "a\nnotes:\nb\n", "a\n", "\nb\n", 11);
    notes_are(NULL, "a\n\t NOTE:b\n", "a\n", "b\n", 11);
    notes_are(NULL, "Note: b", "", " b", 10);
    notes_are(NULL, "a\nNote: b\n\n\nNote: c\n", "a\n", " b\n\n\n\n c\n", 11);
    notes_are(NULL, "a\nNote: b\nNote: c\n", "a\n", " b\n\n c\n", 11);
    notes_are(NULL, "a footnote: b\n", "a footnote: b\n", "", 0);
    notes_are("note:", "a Footnote: b\n", "a Foot", " b\n", 10);
    notes_are("(", "a\nNote: b\n", "a\n", " b\n", 11);
    notes_are("x*", "a\nNote: b\n", "a\n", " b\n", 11);
    notes_are(NULL, "```\nNote: b\n```\nNote: c\n", "```\nNote: b\n```\n", " c\n", 13);
    notes_are(NULL, "<!--\nNote: b\n-->\nNote: c\n", "<!--\nNote: b\n-->\n", " c\n", 13);
    notes_are(NULL, "```\na\nNote: c\n", "```\na\n", " c\n", 12);
}

/* Ten times the text may cost ten times the steps; the odd things that invite more. */
static void odd_texts_are_cheap(void **state)
{
    static const char *const odd[] = {
        "<!--",        "-->",        "<!-- ", "`",       "``` ",     "```\n", "~~~\n---\n",
        "```a\n---\n", "- ",         "1. ",   "\n---\n", "\n----\n", "\n",    " ",
        "note:\n",     "x <!-- y\n", "`<!--", "<!---->", "- ```a\n",
    };
    struct deck_settings settings;

    (void)state;
    deck_settings_init(&settings);
    for (size_t i = 0; i < sizeof odd / sizeof odd[0]; i++) {
        struct strbuf text = STRBUF_INIT, out = STRBUF_INIT;

        while (text.len < 400000)
            strbuf_append_text(&text, odd[i]);
        strbuf_append_text(&text, "\n---\nend\n");
        append_slides(&out, &settings, strbuf_span(&text), NULL, 0);
        strbuf_release(&out);
        strbuf_release(&text);
    }
    deck_settings_release(&settings);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(by_default),
        cmocka_unit_test(without_empty_slides),
        cmocka_unit_test(as_the_wild_writes_them),
        cmocka_unit_test(a_match_that_looks_horizontal_is),
        cmocka_unit_test(not_vertical_at_all),
        cmocka_unit_test(not_in_code_or_comments),
        cmocka_unit_test(survives_what_is_left_open),
        cmocka_unit_test(breaks_end_slides),
        cmocka_unit_test(bad_expressions_fall_back),
        cmocka_unit_test(every_note_is_notes),
        cmocka_unit_test(odd_texts_are_cheap),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
