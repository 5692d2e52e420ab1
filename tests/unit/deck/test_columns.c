#include "deck/columns.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static void reads(const char *line, enum columns_line kind, const char *expected)
{
    struct strbuf out = STRBUF_INIT;

    assert_int_equal(columns_line(span_of(line), &out), kind);
    assert_string_equal(out.data, expected);
    strbuf_release(&out);
}

static void lines(void **state)
{
    (void)state;
    reads("::: columns", COLUMNS_OPEN, "<div class=\"columns\">");
    reads("  :::: {.column .x #id k='v'} ::::", COLUMNS_OPEN,
          "<div class=\"column x\" id=\"id\" k=\"v\">");
    reads(":::{.column width=\"40%\"}", COLUMNS_OPEN,
          "<div class=\"column\" style=\"flex-basis:40%;width:40%\">");
    reads("::: .container", COLUMNS_OPEN, "<div class=\"container\">");
    reads("::: {#only}", COLUMNS_OPEN, "<div id=\"only\">");
    reads(":::", COLUMNS_CLOSE, "");
    reads("  :::::  ", COLUMNS_CLOSE, "");
    reads("    :::", COLUMNS_NONE, "");
    reads("::", COLUMNS_NONE, "");
    reads("::: two words", COLUMNS_NONE, "");
    reads("::: .", COLUMNS_NONE, "");
    reads("::: {}", COLUMNS_NONE, "");
    reads("::: {stray}", COLUMNS_NONE, "");
    reads("text :::", COLUMNS_NONE, "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lines),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
