/* Letters that are alike to a search. */
#include "base/fold.h"

#include "base/strbuf.h"
#include "base/utf8.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

static void fold(struct span text, struct strbuf *out)
{
    uint32_t parts[FOLD_MAX];
    size_t len;

    for (; text.len > 0; text = span_from(text, len)) {
        int32_t c = utf8_decode(text, &len);
        size_t count = fold_letter((uint32_t)c, parts);

        for (size_t i = 0; i < count; i++)
            utf8_append(out, parts[i]);
    }
}

static void makes_alike_what_people_type_alike(void **state)
{
    static const struct {
        const char *text, *folded;
    } rows[] = {
        {"OCaml", "ocaml"},
        {"Zürich", "zurich"},
        {"Zu\u0308rich", "zurich"},
        {"Søren Łukasz Đorđe", "soren lukasz dorde"},
        {"Straße", "strasse"},
        {"ﬁlter", "filter"},
        {"Ｎｏｄｅ", "node"},
        {"ΑΘΉΝΑ", "αθηνα"},
        {"ὀδυσσεύς", "οδυσσευσ"},
        {"Ёлка Й", "елка и"},
        {"İstanbul ısı", "istanbul isi"},
        {"שָׁלוֹם", "שלום"},
        {"مُحَمَّد", "محمد"},
        {"हिन्दी", "हिन्दी"},
        {"ガ", "カ\u3099"},
        {"ｶﾞ", "カ\u3099"},
        {"한국", "한국"},
        {"½", "½"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct strbuf folded = STRBUF_INIT;

        fold(span_of(rows[i].text), &folded);
        if (!span_is(strbuf_span(&folded), rows[i].folded))
            fail_msg("%s gives %s, not %s", rows[i].text, folded.data, rows[i].folded);
        strbuf_release(&folded);
    }
}

static void changes_nothing_twice(void **state)
{
    (void)state;
    for (uint32_t c = 1; c < 0x30000; c++) {
        struct strbuf letter = STRBUF_INIT, once = STRBUF_INIT, twice = STRBUF_INIT;

        if (c >= 0xd800 && c < 0xe000)
            continue;
        utf8_append(&letter, c);
        fold(strbuf_span(&letter), &once);
        fold(strbuf_span(&once), &twice);
        if (!span_equal(strbuf_span(&once), strbuf_span(&twice)))
            fail_msg("U+%04X gives %s, which gives %s", c, once.data, twice.data);
        strbuf_release(&letter);
        strbuf_release(&once);
        strbuf_release(&twice);
    }
}

static void knows_scripts_without_spaces(void **state)
{
    (void)state;
    assert_true(fold_is_unspaced(0x6f22));  /* 漢 */
    assert_true(fold_is_unspaced(0x3042));  /* あ */
    assert_true(fold_is_unspaced(0x0e01));  /* ก */
    assert_true(fold_is_unspaced(0x20000)); /* 𠀀 */
    assert_false(fold_is_unspaced('a'));
    assert_false(fold_is_unspaced(0xd55c)); /* 한 */
    assert_false(fold_is_unspaced(0x0939)); /* ह */
    assert_false(fold_is_unspaced(0x1f600));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(makes_alike_what_people_type_alike),
        cmocka_unit_test(changes_nothing_twice),
        cmocka_unit_test(knows_scripts_without_spaces),
    };

    return cmocka_run_group_tests_name("fold", tests, NULL, NULL);
}
