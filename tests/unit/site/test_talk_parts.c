#include "site/language.h"
#include "site/licence.h"
#include "site/qr.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static void licence_is(const char *text, const char *name, const char *url)
{
    struct strbuf out = STRBUF_INIT;

    licence_append_name(&out, span_of(text));
    assert_string_equal(out.data, name);
    strbuf_reset(&out);
    licence_append_url(&out, span_of(text));
    assert_string_equal(out.data, url);
    strbuf_release(&out);
}

static void licences_have_names_and_addresses(void **state)
{
    (void)state;
    licence_is("CC-BY-SA-4.0", "CC BY-SA 4.0", "https://creativecommons.org/licenses/by-sa/4.0/");
    licence_is("cc by 3.0", "CC BY 3.0", "https://creativecommons.org/licenses/by/3.0/");
    licence_is("CC_BY_NC_ND-2.5", "CC BY-NC-ND 2.5",
               "https://creativecommons.org/licenses/by-nc-nd/2.5/");
    licence_is("CC BY", "CC BY", "https://creativecommons.org/licenses/by/4.0/");
    licence_is("cc0-1.0", "CC0 1.0", "https://creativecommons.org/publicdomain/zero/1.0/");
    licence_is(" ISC ", "ISC License", "https://spdx.org/licenses/ISC.html");
    licence_is("https://example.org/terms", "https://example.org/terms",
               "https://example.org/terms");
}

static void other_licences_are_text(void **state)
{
    static const char *const texts[] = {
        "",   "All rights reserved", "CC BYE 4.0", "CC-BY-9.0", "CC BY 4.0 or so",
        "CC", "javascript:",         "CCBY"};

    (void)state;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        licence_is(texts[i], texts[i], "");
}

static void language_is(const char *tag, const char *name)
{
    struct span found = language_name(span_of(tag));

    assert_int_equal(found.len, strlen(name));
    assert_memory_equal(found.data, name, found.len);
}

static void languages_are_called_as_in_themselves(void **state)
{
    (void)state;
    language_is("de", "Deutsch");
    language_is("pt-BR", "Português");
    language_is("EN_gb", "English");
    language_is("tlh", "tlh");
    language_is("d", "d");
}

/* The modules of a drawing, row by row; read back from the path's strokes. */
static size_t read_code(const char *svg, char modules[64][64])
{
    const char *at = strstr(svg, "stroke=\"#000\" d=\"");
    unsigned x, y, run;
    int used;
    size_t size;

    memset(modules, 0, 64 * sizeof *modules);
    assert_int_equal(sscanf(strstr(svg, "viewBox"), "viewBox=\"0 0 %zu", &size), 1);
    assert_non_null(at);
    for (at += strlen("stroke=\"#000\" d=\"");
         sscanf(at, "M%u %u.5h%u%n", &x, &y, &run, &used) == 3; at += used)
        for (unsigned i = 0; i < run; i++)
            modules[y][x + i] = 1;
    assert_int_equal(*at, '"');
    return size;
}

/* The square of 7 that stands in three corners (ISO/IEC 18004 §6.3.3). */
static void assert_finder(char modules[64][64], size_t left, size_t top)
{
    for (size_t y = 0; y < 7; y++)
        for (size_t x = 0; x < 7; x++) {
            size_t ring = x < 6 - x ? x : 6 - x, other = y < 6 - y ? y : 6 - y;
            size_t depth = ring < other ? ring : other;

            assert_int_equal(modules[top + y][left + x], depth != 1);
        }
}

static void a_code_is_drawn_with_its_quiet_zone(void **state)
{
    struct strbuf out = STRBUF_INIT;
    char modules[64][64];
    size_t size;

    (void)state;
    assert_true(qr_append_svg(&out, SPAN("https://decks.example.org/2015/polyconf/")));
    size = read_code(out.data, modules);
    assert_true(size > 8 && (size - 8 - 17) % 4 == 0);
    for (size_t i = 0; i < size; i++)
        for (size_t k = 0; k < 4; k++)
            assert_false(modules[k][i] | modules[i][k] | modules[size - 1 - k][i] |
                         modules[i][size - 1 - k]);
    assert_finder(modules, 4, 4);
    assert_finder(modules, size - 11, 4);
    assert_finder(modules, 4, size - 11);
    strbuf_release(&out);
}

static void no_text_and_too_much_of_it_are_refused(void **state)
{
    char text[QR_TEXT_MAX + 1];
    struct strbuf out = STRBUF_INIT;

    (void)state;
    memset(text, 'x', sizeof text);
    assert_false(qr_append_svg(&out, SPAN("")));
    assert_false(qr_append_svg(&out, (struct span){text, sizeof text}));
    assert_int_equal(out.len, 0);
    assert_true(qr_append_svg(&out, (struct span){text, QR_TEXT_MAX}));
    strbuf_release(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(licences_have_names_and_addresses),
        cmocka_unit_test(other_licences_are_text),
        cmocka_unit_test(languages_are_called_as_in_themselves),
        cmocka_unit_test(a_code_is_drawn_with_its_quiet_zone),
        cmocka_unit_test(no_text_and_too_much_of_it_are_refused),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
