/* What is written about settings, against the tables that the program goes by. */
#include "base/file.h"
#include "conf/deck_key.h"
#include "conf/site_settings.h"

#include <ctype.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/* Tests run in the repository's top directory. */
static struct strbuf read_file(const char *path)
{
    struct strbuf text = STRBUF_INIT;

    if (file_read_path(path, 1 << 20, &text) < 0)
        fail_msg("%s cannot be read", path);
    return text;
}

__attribute__((format(printf, 3, 4))) static void
assert_says(const struct strbuf *text, const char *path, const char *format, ...)
{
    char wanted[128];
    va_list args;

    va_start(args, format);
    vsnprintf(wanted, sizeof wanted, format, args);
    va_end(args);
    if (!strstr(text->data, wanted))
        fail_msg("%s lacks: %s", path, wanted);
}

static void parse_sample(const struct strbuf *text, struct site_settings *settings)
{
    struct err_list errs;

    err_list_init(&errs);
    site_settings_init(settings);
    struct node *config = node_parse(strbuf_span(text), "decksd.yaml", 1, &errs);
    site_settings_read(settings, config, &errs);
    vec_each (&errs.list, err)
        fail_msg("config/decksd.yaml:%u: %s", err->line, err->text);
    node_free(config);
    err_list_release(&errs);
}

static void the_sample_holds_every_key_with_its_built_in_value(void **state)
{
    struct strbuf text = read_file("config/decksd.yaml");
    struct site_settings settings;

    (void)state;
    for (size_t i = 0; i < site_key_count; i++)
        if (site_keys[i].standard)
            assert_says(&text, "config/decksd.yaml", "\n%s: %s\n", site_keys[i].name,
                        site_keys[i].standard);
        else
            assert_says(&text, "config/decksd.yaml", "\n# %s: ", site_keys[i].name);
    parse_sample(&text, &settings);
    site_settings_release(&settings);
    strbuf_release(&text);
}

/* A line such as `# bind: 127.0.0.1`, `#   theme: white` or `#   - port: 80`, not one of prose. */
static bool is_commented_key(struct span line)
{
    ptrdiff_t colon = span_find_char(line, ':');

    if (!span_starts_with(line, SPAN("# ")) || colon < 0)
        return false;
    struct span key = span_trim(span_cut(line, 2, (size_t)colon));
    if (span_starts_with(key, SPAN("- ")))
        key = span_from(key, 2);
    for (size_t i = 0; i < key.len; i++)
        if (!isalpha((unsigned char)key.data[i]))
            return false;
    return key.len > 0 && !span_is(key, "decksd");
}

static void the_sample_works_with_its_examples_switched_on(void **state)
{
    struct strbuf text = read_file("config/decksd.yaml"), open = STRBUF_INIT;
    struct span rest = strbuf_span(&text), line;
    struct site_settings settings;

    (void)state;
    while (span_next_line(&rest, &line)) {
        strbuf_append_span(&open, is_commented_key(line) ? span_from(line, 2) : line);
        strbuf_append_char(&open, '\n');
    }
    parse_sample(&open, &settings);
    assert_non_null(settings.bind);
    assert_non_null(settings.deck_defaults);
    assert_int_equal(settings.listens.list.count, 3);
    assert_string_equal(settings.base_path, "/talks");
    assert_string_equal(settings.url, "https://decks.example.org");
    assert_int_equal(settings.proxies.networks.count, 2);
    assert_true(security_settings_exist(&settings.security));
    assert_string_equal(settings.people.list.items[0].name, "Anil Madhavapeddy");
    site_settings_release(&settings);
    strbuf_release(&open);
    strbuf_release(&text);
}

static void the_reference_holds_every_key(void **state)
{
    struct strbuf text = read_file("docs/configuration.md");

    (void)state;
    for (size_t i = 0; i < site_key_count; i++) {
        assert_says(&text, "docs/configuration.md", "| `%s` | `%s` |", site_keys[i].name,
                    site_keys[i].environment);
        if (site_keys[i].option)
            assert_says(&text, "docs/configuration.md", "`--%s %s`", site_keys[i].option,
                        site_keys[i].argument);
        if (site_keys[i].standard)
            assert_says(&text, "docs/configuration.md", "| `%s` |", site_keys[i].standard);
    }
    strbuf_release(&text);
}

static void the_deck_format_holds_every_key_of_a_deck(void **state)
{
    struct strbuf text = read_file("docs/deck-format.md");

    (void)state;
    for (size_t i = 0; i < deck_key_count; i++)
        assert_says(&text, "docs/deck-format.md", "`%s`", deck_keys[i].name);
    strbuf_release(&text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_sample_holds_every_key_with_its_built_in_value),
        cmocka_unit_test(the_sample_works_with_its_examples_switched_on),
        cmocka_unit_test(the_reference_holds_every_key),
        cmocka_unit_test(the_deck_format_holds_every_key_of_a_deck),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
