#include "conf/nearest.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static const char *nearest_to(const char *word)
{
    static const char *const known[] = {
        "title", "theme", "highlightTheme", "separator", "verticalSeparator", "tags", "date"};
    struct nearest nearest;

    nearest_init(&nearest, word);
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        nearest_offer(&nearest, known[i]);
    return nearest.best;
}

static void finds_slips_of_the_finger(void **state)
{
    (void)state;
    assert_string_equal(nearest_to("thme"), "theme");
    assert_string_equal(nearest_to("tehme"), "theme");
    assert_string_equal(nearest_to("themes"), "theme");
    assert_string_equal(nearest_to("Title"), "title");
    assert_string_equal(nearest_to("titel"), "title");
    assert_string_equal(nearest_to("tag"), "tags");
    assert_string_equal(nearest_to("highlight_theme"), "highlightTheme");
    assert_string_equal(nearest_to("verticalseperator"), "verticalSeparator");
}

static void offers_nothing_for_other_words(void **state)
{
    (void)state;
    assert_null(nearest_to(""));
    assert_null(nearest_to("venue"));
    assert_null(nearest_to("x"));
    assert_null(nearest_to("verticalverticalverticalverticalverticalvertical"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(finds_slips_of_the_finger),
        cmocka_unit_test(offers_nothing_for_other_words),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
