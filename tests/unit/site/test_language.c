#include "site/language.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static void knows_what_runs_from_right_to_left(void **state)
{
    static const char *const tags[] = {
        "ar",       "he",      "fa",          "ur",      "yi",          "ps",        "sd",
        "ug",       "dv",      "ckb",         "syr",     "nqo",         "iw",        "HE",
        "ar-EG",    "he_IL",   "ar-001",      "az-Arab", "ku-arab-IQ",  "pa-Arab",   "ff-Adlm",
        "und-Syrc", "en-Hebr", "zh-cmn-Arab", "tr-Thaa", "man-Nkoo-GN", "fa-x-Latn", "ar-u-nu-latn",
    };

    (void)state;
    for (size_t i = 0; i < sizeof tags / sizeof *tags; i++) {
        if (!language_is_rtl(span_of(tags[i])))
            print_message("%s\n", tags[i]);
        assert_true(language_is_rtl(span_of(tags[i])));
    }
}

static void knows_what_does_not(void **state)
{
    static const char *const tags[] = {
        "en",
        "de-AT",
        "az-Latn",
        "az",
        "ku",
        "ar-Latn",
        "he-Latn-US",
        "ur-Deva",
        "zh-Hant",
        "ja",
        "en-x-Arab",
        "de-1996",
        "sgn-ar",
        "arn",
        "h",
        "-he",
        "",
        "-",
        "de-1901-Arab1",
        "x-ar",
        "a-Arab",
    };

    (void)state;
    for (size_t i = 0; i < sizeof tags / sizeof *tags; i++) {
        if (language_is_rtl(span_of(tags[i])))
            print_message("%s\n", tags[i]);
        assert_false(language_is_rtl(span_of(tags[i])));
    }
    assert_false(language_is_rtl(span_of(NULL)));
}

static void attributes_are(const char *tag, const char *expected)
{
    struct strbuf out = STRBUF_INIT;

    language_append_attributes(&out, tag);
    assert_string_equal(out.data, expected);
    strbuf_release(&out);
}

static void appends_language_and_direction(void **state)
{
    (void)state;
    attributes_are("he", " lang=\"he\" dir=\"rtl\"");
    attributes_are("az-Latn", " lang=\"az-Latn\"");
    attributes_are("de\"x", " lang=\"de&quot;x\"");
    attributes_are(NULL, "");
}

static void names_languages(void **state)
{
    (void)state;
    assert_true(span_is(language_name(SPAN("de-AT")), "Deutsch"));
    assert_true(span_is(language_name(SPAN("he_IL")), "עברית"));
    assert_true(span_is(language_name(SPAN("tlh-x")), "tlh-x"));
    assert_true(span_is(language_name(SPAN("")), ""));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(knows_what_runs_from_right_to_left),
        cmocka_unit_test(knows_what_does_not),
        cmocka_unit_test(appends_language_and_direction),
        cmocka_unit_test(names_languages),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
