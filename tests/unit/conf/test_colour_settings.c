#include "conf/colour_settings.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static void read(const char *yaml, struct colour_settings *colours, struct err_list *errs)
{
    struct node *value;

    err_list_init(errs);
    value = node_parse(span_of(yaml), "decksd.yaml", 1, errs);
    assert_non_null(value);
    colour_settings_read(colours, value, errs);
    node_free(value);
}

static void refuse(const char *yaml, unsigned line, const char *text)
{
    struct colour_settings colours;
    struct err_list errs;

    read(yaml, &colours, &errs);
    assert_true(err_list_has(&errs, SEVERITY_ERROR));
    assert_int_equal(errs.list.items[0].line, line);
    assert_non_null(strstr(errs.list.items[0].text, text));
    err_list_release(&errs);
}

static void reads_both_schemes(void **state)
{
    struct colour_settings colours;
    struct err_list errs;

    (void)state;
    read("dark: {accent: '#6CB6FF'}\naccent: '#05a'\npaper: '#ffffff'\n", &colours, &errs);
    assert_int_equal(errs.list.count, 0);
    assert_string_equal(colours.said[COLOUR_LIGHT][COLOUR_ACCENT], "#0055aa");
    assert_string_equal(colours.said[COLOUR_DARK][COLOUR_ACCENT], "#6cb6ff");
    assert_string_equal(colours.said[COLOUR_DARK][COLOUR_PAPER], "#ffffff");
    assert_string_equal(colours.said[COLOUR_LIGHT][COLOUR_INK], "");
    err_list_release(&errs);
}

static void refuses_what_is_no_colour(void **state)
{
    (void)state;
    refuse("accent: red", 1, "must be a colour in quotes");
    refuse("accent: '#12345'", 1, "must be a colour");
    refuse("accent: #123456", 1, "begins a comment");
    refuse("paper: '#fff'\nacent: '#123456'", 2, "did you mean `accent`?");
    refuse("dark: {light: {ink: '#000'}}", 1, "is no colour");
    refuse("[a]", 1, "must be a map");
    refuse("light: '#fff'", 1, "must be a map");
}

static void warns_of_what_is_hard_to_read(void **state)
{
    struct colour_settings colours;
    struct err_list errs;

    (void)state;
    read("light: {accent: '#ff9900'}", &colours, &errs);
    colour_settings_check(&colours, &errs);
    assert_int_equal(errs.list.count, 1);
    assert_int_equal(errs.list.items[0].severity, SEVERITY_WARNING);
    assert_non_null(strstr(errs.list.items[0].text, "light: `accent` (#ff9900)"));
    err_list_release(&errs);

    read("{light: {accent: '#0057a8'}, dark: {accent: '#6cb6ff'}}", &colours, &errs);
    colour_settings_check(&colours, &errs);
    assert_int_equal(errs.list.count, 0);
    err_list_release(&errs);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_both_schemes),
        cmocka_unit_test(refuses_what_is_no_colour),
        cmocka_unit_test(warns_of_what_is_hard_to_read),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
