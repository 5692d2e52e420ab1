#include "conf/iso_date.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

static void assert_date(const char *text, const char *expected)
{
    struct iso_date date;

    assert_true(iso_date_parse(span_of(text), &date));
    char *got = iso_date_build(&date);
    assert_string_equal(got, expected);
    free(got);
}

static void reads_dates_as_exact_as_they_are(void **state)
{
    (void)state;
    assert_date("2015-07-04", "2015-07-04");
    assert_date("2015-07", "2015-07");
    assert_date("2015", "2015");
    assert_date(" 2015-07-04 ", "2015-07-04");
    assert_date("2015-07-04T18:30:00Z", "2015-07-04");
    assert_date("2015-07-04t18:30:00.5+02:00", "2015-07-04");
    assert_date("2015-07-04 18:30", "2015-07-04");
    assert_date("2015-07-04 18:30:00 +0200", "2015-07-04");
    assert_date("2016-02-29", "2016-02-29");
    assert_date("2000-02-29", "2000-02-29");
}

static void refuses_what_is_no_date(void **state)
{
    static const char *const wrong[] = {"",
                                        "15",
                                        "20150704",
                                        "2015-7-4",
                                        "2015-13",
                                        "2015-00-01",
                                        "2015-02-29",
                                        "1900-02-29",
                                        "2015-04-31",
                                        "2015-07-00",
                                        "2015-07-04x",
                                        "4 July 2015",
                                        "0000-01-01",
                                        "2015-",
                                        "2015-07-",
                                        "2015/07/04",
                                        "2015-07-04T25:00",
                                        "2015-07-04T",
                                        "2015-07T10:00"};
    struct iso_date date;

    (void)state;
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        if (iso_date_parse(span_of(wrong[i]), &date))
            fail_msg("`%s` was taken for a date", wrong[i]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_dates_as_exact_as_they_are),
        cmocka_unit_test(refuses_what_is_no_date),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
