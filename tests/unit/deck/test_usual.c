#include "deck/usual.h"

#include "deck/regex.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static const char dashes[] = "\\n?^---[ \\t]*+\\n|\\n?^--[ \\t]*+\\n";
static const char notes[] = "^[^\\S\\n]*+notes?:";

/* Everything that the expression finds, and nothing else, from every place of the text. */
static void finds_the_same(struct regex *pattern, struct regex *usual, struct span text)
{
    struct regex_budget budget = {0};

    for (size_t from = 0; from <= text.len; from++) {
        size_t start = 0, end = 0, own_start = 0, own_end = 0;
        int found, own;

        if (from < text.len && ((unsigned char)text.data[from] & 0xc0) == 0x80)
            continue;
        found = regex_find(pattern, &budget, text, from, &start, &end);
        own = regex_find(usual, &budget, text, from, &own_start, &own_end);
        if (found != own || start != own_start || end != own_end)
            fail_msg("at %zu of \"%.*s\": %d %zu-%zu, not %d %zu-%zu", from, (int)text.len,
                     text.data, own, own_start, own_end, found, start, end);
    }
}

/* Texts of up to ten parts, in an order that a small generator gives. */
static void compare(const char *expression, unsigned flags, struct regex *usual,
                    const char *const *parts, size_t count)
{
    struct strbuf why = STRBUF_INIT, text = STRBUF_INIT;
    struct regex *pattern = regex_new(span_of(expression), flags, &why);
    uint32_t state = 1;

    assert_non_null(pattern);
    for (int round = 0; round < 20000; round++) {
        strbuf_reset(&text);
        for (uint32_t i = 0; i < 1 + state % 10; i++) {
            state = state * 1664525 + 1013904223;
            strbuf_append_text(&text, parts[(state >> 16) % count]);
        }
        finds_the_same(pattern, usual, strbuf_span(&text));
    }
    regex_free(pattern);
    regex_free(usual);
    strbuf_release(&text);
    strbuf_release(&why);
}

static void lines_of_dashes(void **state)
{
    static const char *const parts[] = {"-", "--", "---", "----", "\n", "\n", " ", "\t", "a", "\r"};

    (void)state;
    compare(dashes, REGEX_MULTILINE, regex_new_dashes(1 << 3 | 1 << 2), parts,
            sizeof parts / sizeof *parts);
}

static void lines_of_notes(void **state)
{
    static const char *const parts[] = {"note",  "Notes", ":",      "s",      "\n",     "\n",
                                        " ",     "\r",    "\u00a0", "\u2003", "\u200b", "\u2028",
                                        "note:", "a",     "\ufeff", "\u202f", "\u00a1", "\u3000"};

    (void)state;
    compare(notes, REGEX_MULTILINE | REGEX_CASELESS, regex_new_notes(), parts,
            sizeof parts / sizeof *parts);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lines_of_dashes),
        cmocka_unit_test(lines_of_notes),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
