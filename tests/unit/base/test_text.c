#include "base/escape.h"
#include "base/json.h"
#include "base/percent.h"
#include "base/utf8.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>

#include <cmocka.h>

typedef void escape_function(struct strbuf *out, struct span text);

static void assert_escapes(escape_function *escape, struct span text, const char *expected)
{
    struct strbuf out = STRBUF_INIT;

    escape(&out, text);
    assert_string_equal(out.data, expected);
    strbuf_release(&out);
}

static void html_keeps_markup_out(void **state)
{
    (void)state;
    assert_escapes(html_text, SPAN("a < b & \"c\" > d"), "a &lt; b &amp; \"c\" &gt; d");
    assert_escapes(html_attr, SPAN("\"><script>'"), "&quot;&gt;&lt;script&gt;'");
    assert_escapes(html_text, SPAN(""), "");
}

static void html_gives_no_orders(void **state)
{
    (void)state;
    assert_escapes(html_text, SPAN("a\x1b[31m\x07\x0b\xc2\x9b\xc2\x80."),
                   "a\uFFFD[31m\uFFFD\uFFFD\uFFFD\uFFFD.");
    assert_escapes(html_attr, ((struct span){"\0\"", 2}), "\uFFFD&quot;");
    assert_escapes(html_markup, SPAN("<b title=\"\x1b\">&amp;"), "<b title=\"\uFFFD\">&amp;");
    assert_escapes(html_text, SPAN("a\u202eb\u202d<\u202ac\u2067"),
                   "a\uFFFDb\uFFFD&lt;\u202ac\u2067");
    assert_escapes(html_text, SPAN("a\tb\nc\f\u00a0\u2026\xc2"), "a\tb\nc\f\u00a0\u2026\xc2");
}

static void urls_keep_only_what_is_safe(void **state)
{
    (void)state;
    assert_escapes(url_path, SPAN("img/a b+c#d?e%f.png"), "img/a%20b%2Bc%23d%3Fe%25f.png");
    assert_escapes(url_path, SPAN("\xc3\xa9~-._"), "%C3%A9~-._");
    assert_escapes(url_query, SPAN("a/b&c=d"), "a%2Fb%26c%3Dd");
    assert_escapes(url_path, ((struct span){"a\0b", 3}), "a%00b");
}

static void percent_signs_need_two_digits(void **state)
{
    (void)state;
    assert_int_equal(percent_byte(SPAN("a%2f"), 1), '/');
    assert_int_equal(percent_byte(SPAN("%Ff%"), 0), 0xff);
    assert_int_equal(percent_byte(SPAN("%00"), 0), 0);
    for (const char *const *none =
             (const char *const[]){"", "%", "%2", "%2g", "%g2", "a20", "%%20", "% 2", NULL};
         *none; none++)
        assert_int_equal(percent_byte(span_of(*none), 0), -1);
    assert_int_equal(percent_byte(SPAN("%20"), 1), -1);
    assert_int_equal(percent_byte(SPAN("%20"), 9), -1);
    assert_int_equal(percent_byte(span_cut(SPAN("%20"), 0, 2), 0), -1);
}

static void json_fits_a_script_element(void **state)
{
    (void)state;
    assert_escapes(json_text, SPAN("</script>\n\"\\\x7f"),
                   "\"\\u003c/script\\u003e\\u000a\\\"\\\\\\u007f\"");
    assert_escapes(json_text, ((struct span){"\0", 1}), "\"\\u0000\"");
    assert_escapes(json_text, SPAN("\xc2\x9b\u202e\u2066é\xff"), "\"\\u009b\\u202e\\u2066é\xff\"");
}

static void json_escapes_line_separators(void **state)
{
    (void)state;
    assert_escapes(json_text, SPAN("\xe2\x80\xa8"), "\"\\u2028\"");
    assert_escapes(json_text, SPAN("\xe2\x80\xa9"), "\"\\u2029\"");
    assert_escapes(json_text, SPAN("\xe2\x80\xa6"), "\"\xe2\x80\xa6\"");
}

static void xml_holds_only_what_it_can(void **state)
{
    (void)state;
    assert_escapes(xml_text, SPAN("<a b=\"c\">&]]>"), "&lt;a b=&quot;c&quot;&gt;&amp;]]&gt;");
    assert_escapes(xml_text, SPAN("a\tb\nc\rd"), "a&#9;b&#10;c&#13;d");
    assert_escapes(xml_text, ((struct span){"\0\x01\x1f\x0b", 4}), "\uFFFD\uFFFD\uFFFD\uFFFD");
    assert_escapes(xml_text, SPAN("\xef\xbf\xbe\xef\xbf\xbf\xef\xbf\xbd"), "\uFFFD\uFFFD\uFFFD");
    assert_escapes(xml_text, SPAN("\xff\xed\xa0\x80 \x7f\xf0\x9f\x98\x80\xc3"),
                   "\uFFFD\uFFFD\uFFFD\uFFFD \uFFFD\xf0\x9f\x98\x80\uFFFD");
    assert_escapes(xml_text, SPAN("\xc2\x9b\u202e\u2067\f"), "\uFFFD\uFFFD\u2067\uFFFD");
}

static void json_is_put_together_with_its_commas(void **state)
{
    struct strbuf out = STRBUF_INIT;
    struct json json = {.out = &out};

    (void)state;
    json_begin_object(&json, NULL);
    json_begin_list(&json, "none");
    json_end_list(&json);
    json_begin_list(&json, "some");
    json_add_text(&json, NULL, SPAN("a\"b"));
    json_add_number(&json, NULL, UINT64_MAX);
    json_begin_object(&json, NULL);
    json_add_known(&json, "absent", NULL);
    json_add_known(&json, "empty", "");
    json_add_flag(&json, "yes", true);
    json_add_flag(&json, "no", false);
    json_end_object(&json);
    json_end_list(&json);
    json_add_known(&json, "a\"b", "c");
    json_end_object(&json);
    assert_string_equal(
        out.data, "{\"none\":[],\"some\":[\"a\\\"b\",18446744073709551615,"
                  "{\"absent\":null,\"empty\":null,\"yes\":true,\"no\":false}],\"a\\\"b\":\"c\"}");
    strbuf_release(&out);
}

static void log_lines_cannot_be_forged(void **state)
{
    (void)state;
    assert_escapes(line_text, SPAN("a\nb\x1b[31m\xff\xc2\x85\xc3\xa9"),
                   "a\\x0ab\\x1b[31m\\xff\\xc2\\x85\xc3\xa9");
    assert_escapes(line_text, SPAN("a\t\f\u202eb\u2069"),
                   "a\\x09\\x0c\\xe2\\x80\\xaeb\\xe2\\x81\\xa9");
}

static void utf8_takes_only_shortest_forms(void **state)
{
    static const char *const bad[] = {
        "\xc0\xaf", "\xe0\x80\xaf", "\xed\xa0\x80", "\xf4\x90\x80\x80",
        "\xff",     "\xc3",         "\x80",         "\xf8\x88\x80\x80\x80"};
    size_t at = 99;

    (void)state;
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        assert_false(utf8_valid(span_of(bad[i]), NULL));
    assert_true(utf8_valid(SPAN("a\xc3\xa9\xe2\x82\xac\xf0\x9f\x8e\x89"), &at));
    assert_int_equal(at, 99);
    assert_false(utf8_valid(SPAN("ab\xc3("), &at));
    assert_int_equal(at, 2);
}

static void utf8_writes_what_it_reads(void **state)
{
    static const uint32_t points[] = {0x41, 0x7f, 0x80, 0x7ff, 0x800, 0xffff, 0x10000, 0x10ffff};
    struct strbuf out = STRBUF_INIT;
    size_t len = 0;

    (void)state;
    for (size_t i = 0; i < sizeof points / sizeof *points; i++) {
        strbuf_reset(&out);
        utf8_append(&out, points[i]);
        assert_int_equal(utf8_decode(strbuf_span(&out), &len), points[i]);
        assert_int_equal(len, out.len);
    }
    assert_int_equal(utf8_decode(SPAN(""), &len), -1);
    strbuf_release(&out);
}

static void expect_folded(struct span text, bool bare, const char *folded)
{
    struct strbuf out = STRBUF_INIT;

    strbuf_append_char(&out, ' '); /* what stands there already is none of its business */
    utf8_append_folded(&out, text, bare);
    assert_string_equal(out.data + 1, folded);
    strbuf_release(&out);
}

static void utf8_folds_names(void **state)
{
    (void)state;
    expect_folded(SPAN(" Ada \t\n ADAMS "), false, "ada adams");
    expect_folded(SPAN(""), false, "");
    expect_folded(SPAN("  "), true, "");
    expect_folded(SPAN("Zoë  BROWN\u00a0"), false, "zoë brown");
    expect_folded(SPAN("Zoe\u0308"), false, "zoë");
    expect_folded(SPAN("Zoë \u3000ÉMILE"), true, "zoe emile");
    expect_folded(SPAN("Straße"), false, "strasse");
    expect_folded(SPAN("ПРИВЕТ"), true, "привет");
    expect_folded(SPAN("a\xff  B"), false, "a\xff B");
}

static void utf8_knows_how_text_runs(void **state)
{
    (void)state;
    assert_int_equal(utf8_columns('a'), 1);
    assert_int_equal(utf8_columns(0x301), 0);
    assert_int_equal(utf8_columns(0x8a9e), 2);
    assert_true(utf8_is_right_to_left(0x645));
    assert_true(utf8_is_right_to_left(0x5e9));
    assert_false(utf8_is_right_to_left('a'));
}

static void utf8_knows_words_of_any_script(void **state)
{
    static const int32_t words[] = {'a', 'Z', '7', 0xe9, 0x416, 0x4e2d, 0x301, 0x663};
    static const int32_t others[] = {' ', '-', '_', 0x2019, 0x2014, 0x1f389, 0xa0};

    (void)state;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        assert_true(utf8_is_word(words[i]));
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        assert_false(utf8_is_word(others[i]));
    assert_int_equal(utf8_lower('A'), 'a');
    assert_int_equal(utf8_lower(0x416), 0x436);
    assert_int_equal(utf8_lower(0x4e2d), 0x4e2d);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(html_keeps_markup_out),
        cmocka_unit_test(html_gives_no_orders),
        cmocka_unit_test(urls_keep_only_what_is_safe),
        cmocka_unit_test(percent_signs_need_two_digits),
        cmocka_unit_test(json_fits_a_script_element),
        cmocka_unit_test(json_escapes_line_separators),
        cmocka_unit_test(xml_holds_only_what_it_can),
        cmocka_unit_test(json_is_put_together_with_its_commas),
        cmocka_unit_test(log_lines_cannot_be_forged),
        cmocka_unit_test(utf8_takes_only_shortest_forms),
        cmocka_unit_test(utf8_writes_what_it_reads),
        cmocka_unit_test(utf8_folds_names),
        cmocka_unit_test(utf8_knows_how_text_runs),
        cmocka_unit_test(utf8_knows_words_of_any_script),
    };

    return cmocka_run_group_tests_name("base/text", tests, NULL, NULL);
}
