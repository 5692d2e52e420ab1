#include "conf/deck_settings.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

struct fixture {
    struct deck_settings settings;
    struct err_list errs;
};

static int set_up(void **state)
{
    struct fixture *fixture = calloc(1, sizeof *fixture);

    deck_settings_init(&fixture->settings);
    err_list_init(&fixture->errs);
    *state = fixture;
    return 0;
}

static int tear_down(void **state)
{
    struct fixture *fixture = *state;

    deck_settings_release(&fixture->settings);
    err_list_release(&fixture->errs);
    free(fixture);
    return 0;
}

static void read_layer(struct fixture *fixture, const char *file, const char *text)
{
    struct node *layer = node_parse(span_of(text), file, 1, &fixture->errs);

    deck_settings_read(&fixture->settings, layer, &fixture->errs);
    node_free(layer);
}

/* All problems, a line each. */
static void assert_problems(struct fixture *fixture, const char *expected)
{
    struct strbuf out = STRBUF_INIT;

    vec_each (&fixture->errs.list, err) {
        err_append_line(&out, err);
        strbuf_append_char(&out, '\n');
    }
    assert_string_equal(out.data, expected);
    strbuf_release(&out);
}

static void assert_explained(const struct fixture *fixture, const char *expected)
{
    struct strbuf out = STRBUF_INIT;

    deck_settings_explain(&out, &fixture->settings);
    if (!strstr(out.data, expected))
        fail_msg("%s\nlacks: %s", out.data, expected);
    strbuf_release(&out);
}

static void has_built_in_values(void **state)
{
    struct fixture *fixture = *state;

    read_layer(fixture, "talk.md", "");
    deck_settings_read(&fixture->settings, NULL, &fixture->errs);
    assert_string_equal(fixture->settings.theme, "black");
    assert_string_equal(fixture->settings.highlight_theme, "monokai");
    assert_true(fixture->settings.mermaid);
    assert_false(fixture->settings.no_vertical);
    assert_null(fixture->settings.title);
    assert_problems(fixture, "");
    assert_explained(fixture, "theme: \"black\"  # built-in\n");
}

static void reads_every_native_key(void **state)
{
    struct fixture *fixture = *state;
    struct deck_settings *settings = &fixture->settings;

    read_layer(
        fixture, "talk.md",
        "title: 'T: 1'\nsubtitle: S\ndate: 2015-07-04\nspeakers: [A, B]\nevent: E\nvenue: V\n"
        "location: L\ndescription: D\ntags: x, y\nlang: de\nlicense: CC0\ncover: c.png\n"
        "video: v.mp4\npdf: [a.pdf, b.pdf]\nlinks: {Code: https://example.org/}\nslug: s\n"
        "aliases: [/old/]\ndraft: true\npublishNotes: true\ntheme: moon\n"
        "highlightTheme: zenburn\ncss: a.css,b.css\nscripts: [x.js]\n"
        "revealOptions: {controls: false, width: 1280}\nsource: [1.md, 2.md]\n"
        "charset: iso-8859-15\nseparator: '^a$'\nverticalSeparator: '^b$'\n"
        "notesSeparator: '^c'\nmath: raw\nmermaid: false\nanimateLists: true\n"
        "lenientHeadings: true\n");
    assert_problems(fixture, "");
    assert_string_equal(settings->title, "T: 1");
    assert_string_equal(settings->date, "2015-07-04");
    assert_int_equal(settings->tags.list.count, 2);
    assert_string_equal(settings->tags.list.items[1], "y");
    assert_int_equal(settings->css.list.count, 2);
    assert_int_equal(settings->pdf.list.count, 2);
    assert_int_equal(settings->video.list.count, 1);
    assert_int_equal(settings->links.count, 1);
    assert_string_equal(settings->links.items[0].title, "Code");
    assert_int_equal(settings->math, MATH_RAW);
    assert_true(settings->draft && settings->publish_notes && settings->animate_lists &&
                settings->lenient_headings);
    assert_false(settings->mermaid);
    assert_string_equal(settings->vertical_separator, "^b$");
    assert_explained(fixture, "revealOptions:\n  controls: false  # talk.md:24\n"
                              "  width: 1280  # talk.md:24\n");
    assert_explained(fixture, "lenientHeadings: true  # talk.md:33\n");
}

static void later_layers_override_key_by_key(void **state)
{
    struct fixture *fixture = *state;

    read_layer(fixture, "deck.yaml",
               "title: Low\ntags: [a, b]\nvenue: Hall\n"
               "revealOptions: {width: 960, keyboard: {39: next, 37: prev}}\n");
    read_layer(fixture, "x/talk.md",
               "title: High\ntags: c\nvenue:\n"
               "revealOptions:\n  width: 1280\n  keyboard: {37: null}\n");
    assert_problems(fixture, "");
    assert_string_equal(fixture->settings.title, "High");
    assert_string_equal(fixture->settings.venue, "Hall");
    assert_int_equal(fixture->settings.tags.list.count, 1);
    assert_explained(fixture, "title: \"High\"  # x/talk.md:1\n");
    assert_explained(fixture, "venue: \"Hall\"  # deck.yaml:3\n");
    assert_explained(fixture, "  width: 1280  # x/talk.md:5\n"
                              "  keyboard: {\"39\":\"next\",\"37\":null}  # deck.yaml:4\n");
}

static void reads_speakers_in_every_spelling(void **state)
{
    struct fixture *fixture = *state;
    const struct deck_settings *settings = &fixture->settings;

    read_layer(fixture, "a", "speakers: Ada Adams\n");
    assert_int_equal(settings->speakers.count, 1);
    assert_string_equal(settings->speakers.items[0].name, "Ada Adams");
    read_layer(fixture, "a", "author: 'Ada Adams, Ben Bloggs <ben@example.org>'\n");
    assert_int_equal(settings->speakers.count, 2);
    assert_string_equal(settings->speakers.items[1].name, "Ben Bloggs");
    assert_string_equal(settings->speakers.items[1].email, "ben@example.org");
    read_layer(fixture, "a", "authors: 'Adams, Ada; Bloggs, Ben'\n");
    assert_string_equal(settings->speakers.items[1].name, "Bloggs, Ben");
    read_layer(fixture, "a",
               "speakers:\n- Ada <https://ada.example/>\n"
               "- {name: Ben, url: https://ben.example/, email: b@example.org}\n");
    assert_int_equal(settings->speakers.count, 2);
    assert_string_equal(settings->speakers.items[0].url, "https://ada.example/");
    assert_string_equal(settings->speakers.items[1].email, "b@example.org");
    read_layer(fixture, "a", "speakers: {name: Cleo}\n");
    assert_string_equal(settings->speakers.items[0].name, "Cleo");
    assert_problems(fixture, "");
    read_layer(fixture, "a", "speakers: [Ada, [x]]\n");
    assert_string_equal(settings->speakers.items[0].name, "Cleo");
    assert_problems(fixture,
                    "a:1:11: warning: `speakers` must be a name, names with commas between "
                    "them, or a list of names or of maps with `name`, `url`, `email`, not "
                    "a list\n");
}

static void names_the_nearest_key(void **state)
{
    struct fixture *fixture = *state;

    read_layer(fixture, "talk.md",
               "thme: moon\nTitle: x\nhighlight-theme: x\nverticalSeperator: x\nspeekers: A\n"
               "transiton: fade\nzzzzzz: 1\nrevealOption:\n  a: b\n"
               "data-separator-notes: x\ndata-separator: x\nkeyword: x\n");
    assert_problems(
        fixture, "talk.md:1:1: warning: `thme`: did you mean `theme`?\n"
                 "talk.md:2:1: warning: `Title`: did you mean `title`?\n"
                 "talk.md:3:1: warning: `highlight-theme`: did you mean `highlightTheme`?\n"
                 "talk.md:4:1: warning: `verticalSeperator`: did you mean `verticalSeparator`?\n"
                 "talk.md:5:1: warning: `speekers`: did you mean `speakers`?\n"
                 "talk.md:6:1: warning: `transiton`: did you mean `transition`?\n"
                 "talk.md:7:1: warning: `zzzzzz` is no setting of a deck: remove it\n"
                 "talk.md:8:1: warning: `revealOption`: did you mean `revealOptions`?\n"
                 "talk.md:10:1: warning: `data-separator-notes`: did you mean `notesSeparator`?\n"
                 "talk.md:11:1: warning: `data-separator`: did you mean `separator`?\n"
                 "talk.md:12:1: warning: `keyword`: did you mean `tags`?\n");
}

static void names_the_nearest_option_of_reveal(void **state)
{
    struct fixture *fixture = *state;

    read_layer(fixture, "t",
               "revealOptions:\n  transiton: fade\n  slideNumbers: true\n"
               "  menu: {side: left}\n  katex: {version: latest}\n");
    assert_problems(fixture, "t:2:3: warning: `transiton`: did you mean `transition`?\n"
                             "t:3:3: warning: `slideNumbers`: did you mean `slideNumber`?\n");
    assert_explained(fixture, "  transiton: \"fade\"  # t:2\n");
}

static void leaves_what_has_the_wrong_type(void **state)
{
    struct fixture *fixture = *state;

    read_layer(fixture, "t", "title: Good\ndate: 2015\n");
    read_layer(fixture, "t",
               "title: [a]\ndate: May 2015\ndraft: yes\nmath: maybe\n"
               "separator: false\ntags: {a: 1}\nrevealOptions: [1]\n");
    assert_string_equal(fixture->settings.title, "Good");
    assert_string_equal(fixture->settings.date, "2015");
    assert_problems(
        fixture,
        "t:1:8: warning: `title` must be text, not a list\n"
        "t:2:7: warning: `date` must be a date such as 2015-07-04, 2015-07 or 2015, not `May "
        "2015`\n"
        "t:3:8: warning: `draft` must be `true` or `false`, not `yes`\n"
        "t:4:7: warning: `math` must be `true`, `raw` or `false`, not `maybe`\n"
        "t:5:12: warning: `separator` must be a regular expression in quotes, not `false`\n"
        "t:6:7: warning: `tags` must be a list of texts, or texts with commas between them, not a "
        "map\n"
        "t:7:16: warning: `revealOptions` must be a map of reveal.js's options, not a list\n");
}

static void reports_a_layer_that_is_no_map(void **state)
{
    struct fixture *fixture = *state;

    read_layer(fixture, "t", "just text\n");
    assert_problems(fixture, "t:1:1: warning: settings are lines of `key: value`, not text\n");
}

static void switches_vertical_slides_off_and_on(void **state)
{
    struct fixture *fixture = *state;

    read_layer(fixture, "t", "verticalSeparator: false\n");
    assert_true(fixture->settings.no_vertical);
    read_layer(fixture, "t", "verticalSeparator: '^--$'\n");
    assert_false(fixture->settings.no_vertical);
    assert_string_equal(fixture->settings.vertical_separator, "^--$");
    read_layer(fixture, "t", "verticalSeparator: null\n");
    assert_true(fixture->settings.no_vertical);
    assert_problems(fixture, "");
    assert_explained(fixture, "verticalSeparator: false  # t:1\n");
}

static void reads_reveal_md(void **state)
{
    struct fixture *fixture = *state;

    read_layer(fixture, "d/reveal.json", "{\"controls\": true, \"progress\": false}");
    read_layer(
        fixture, "d/reveal-md.json",
        "{\"separator\": \"^\\\\s*---\\\\s*$\", \"verticalSeparator\": \"^\\n\\n\",\n"
        "\"css\": \"a.css,b.css\", \"watch\": true, \"revealOptions\": {\"progress\": true}}");
    assert_string_equal(fixture->settings.separator, "^\\s*---\\s*$");
    assert_string_equal(fixture->settings.vertical_separator, "^\n\n");
    assert_int_equal(fixture->settings.css.list.count, 2);
    assert_problems(fixture, "d/reveal-md.json:2:23: note: `watch` belongs to another tool and has "
                             "no effect here\n");
    assert_explained(fixture, "revealOptions:\n  controls: true  # d/reveal.json:1\n"
                              "  progress: true  # d/reveal-md.json:2\n");
}

static void reads_mkslides(void **state)
{
    struct fixture *fixture = *state;

    read_layer(fixture, "mkslides.yml",
               "index:\n  title: All\nslides:\n  theme: css/own.css\n  highlight_theme: vs\n"
               "  separator: ^\\s*---\\s*$\n  separator_notes: '^Notes:'\n  charset: utf-8\n"
               "revealjs:\n  transition: fade\nplugins:\n- name: RevealX\n  extra_css:\n  - p.css\n"
               "  extra_javascript: [p.js]\n- extra_javascript: [q.js]\n");
    assert_true(fixture->settings.no_vertical);
    assert_explained(fixture, "verticalSeparator: false  # mkslides.yml:1\n");
    assert_string_equal(fixture->settings.theme, "css/own.css");
    assert_string_equal(fixture->settings.highlight_theme, "vs");
    assert_string_equal(fixture->settings.separator, "^\\s*---\\s*$");
    assert_string_equal(fixture->settings.notes_separator, "^Notes:");
    assert_int_equal(fixture->settings.css.list.count, 1);
    assert_int_equal(fixture->settings.scripts.list.count, 2);
    assert_problems(fixture, "mkslides.yml:1:1: note: `index` belongs to another tool and has no "
                             "effect here\n");
    read_layer(fixture, "talk.md",
               "slides:\n  title: Talk\n  separator_vertical: ^\\s*-v-\\s*$\n"
               "  thme: x\n");
    assert_string_equal(fixture->settings.title, "Talk");
    assert_false(fixture->settings.no_vertical);
    assert_explained(fixture, "  transition: \"fade\"  # mkslides.yml:10\n");
    assert_int_equal(fixture->errs.list.count, 2);
}

static void reads_other_tools(void **state)
{
    struct fixture *fixture = *state;

    read_layer(fixture, "talk.md",
               "type: slide\nslideOptions:\n  theme: white\n  transition: fade\n"
               "transition: zoom\npublished: false\nsummary: About\nlanguage: fr\n");
    assert_string_equal(fixture->settings.theme, "white");
    assert_string_equal(fixture->settings.description, "About");
    assert_string_equal(fixture->settings.lang, "fr");
    assert_true(fixture->settings.draft);
    assert_explained(fixture, "  transition: \"zoom\"  # talk.md:5\n");
    assert_problems(fixture, "talk.md:1:1: note: `type` belongs to another tool and has no effect "
                             "here\n");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(has_built_in_values),
        TEST(reads_every_native_key),
        TEST(later_layers_override_key_by_key),
        TEST(reads_speakers_in_every_spelling),
        TEST(names_the_nearest_key),
        TEST(names_the_nearest_option_of_reveal),
        TEST(leaves_what_has_the_wrong_type),
        TEST(reports_a_layer_that_is_no_map),
        TEST(switches_vertical_slides_off_and_on),
        TEST(reads_reveal_md),
        TEST(reads_mkslides),
        TEST(reads_other_tools),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
