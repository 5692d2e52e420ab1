/* Ranges of bytes. */
#include "base/strbuf.h"
#include "http/range.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static char *describe(enum range_result result, const struct byte_ranges *ranges)
{
    struct strbuf out = STRBUF_INIT;

    if (result != RANGE_PARTS)
        strbuf_append_text(&out, result == RANGE_WHOLE ? "whole" : "unsatisfiable");
    for (size_t i = 0; result == RANGE_PARTS && i < ranges->count; i++)
        strbuf_append_format(&out, "%s%ju-%ju", i > 0 ? "," : "", (uintmax_t)ranges->list[i].first,
                             (uintmax_t)ranges->list[i].last);
    return strbuf_detach(&out, NULL);
}

static void test_values(void **state)
{
    static const struct {
        const char *value, *result;
        uint64_t size;
    } rows[] = {
        {"bytes=0-99", "0-99", 1000},
        {"BYTES=0-99", "0-99", 1000},
        {"bytes= 0-99 ", "0-99", 1000},
        {"bytes=0-0", "0-0", 1000},
        {"bytes=900-", "900-999", 1000},
        {"bytes=900-5000", "900-999", 1000},
        {"bytes=0-99999999999999999999999999", "0-999", 1000},
        {"bytes=-100", "900-999", 1000},
        {"bytes=-5000", "0-999", 1000},
        {"bytes=0-", "0-999", 1000},
        {"bytes=1000-", "unsatisfiable", 1000},
        {"bytes=99999999999999999999999999-", "unsatisfiable", 1000},
        {"bytes=-0", "unsatisfiable", 1000},
        {"bytes=-1", "unsatisfiable", 0},
        {"bytes=0-", "unsatisfiable", 0},
        {"bytes=5-2", "whole", 1000},
        {"bytes=abc", "whole", 1000},
        {"bytes=", "whole", 1000},
        {"bytes=,", "whole", 1000},
        {"bytes=-", "whole", 1000},
        {"bytes=--1", "whole", 1000},
        {"bytes=1-2-3", "whole", 1000},
        {"bytes=+1-2", "whole", 1000},
        {"bytes=0x0-9", "whole", 1000},
        {"bytes", "whole", 1000},
        {"items=0-1", "whole", 1000},
        {"bytes 0-1", "whole", 1000},
        {"bytes=0-1,x", "whole", 1000},
        {"bytes=0-0,-1", "0-0,999-999", 1000},
        {"bytes=-1,0-0", "999-999,0-0", 1000},
        {"bytes=0-9,2000-", "0-9", 1000},
        {"bytes=2000-,3000-", "unsatisfiable", 1000},
        {"bytes=0-9,5-19", "0-19", 1000},
        {"bytes=0-9,10-19", "0-19", 1000},
        {"bytes=0-9,90-99", "0-99", 1000},
        {"bytes=0-9,91-99", "0-9,91-99", 1000},
        {"bytes=500-509,0-9,505-519", "500-519,0-9", 1000},
        {"bytes=0-9,200-209,5-205", "0-209", 1000},
        {"bytes=0-499,600-999", "whole", 1000},
    };

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct byte_ranges ranges = {.count = 0};
        char *result =
            describe(range_parse(span_of(rows[i].value), rows[i].size, &ranges), &ranges);

        if (strcmp(result, rows[i].result) != 0)
            fail_msg("%s: %s", rows[i].value, result);
        free(result);
    }
}

static void append_ranges(struct strbuf *out, unsigned count, unsigned step)
{
    strbuf_append_text(out, "bytes=");
    for (unsigned i = 0; i < count; i++)
        strbuf_append_format(out, "%u-%u,", i * step, i * step);
}

static void test_many(void **state)
{
    struct strbuf value = STRBUF_INIT;
    struct byte_ranges ranges;

    (void)state;
    append_ranges(&value, RANGES_MAX, 1000);
    assert_int_equal(range_parse(strbuf_span(&value), 1000000, &ranges), RANGE_PARTS);
    assert_int_equal(ranges.count, RANGES_MAX);
    strbuf_reset(&value);
    append_ranges(&value, RANGES_MAX + 1, 1000);
    assert_int_equal(range_parse(strbuf_span(&value), 1000000, &ranges), RANGE_WHOLE);
    strbuf_reset(&value);
    append_ranges(&value, 60, 1);
    assert_int_equal(range_parse(strbuf_span(&value), 1000000, &ranges), RANGE_PARTS);
    assert_int_equal(ranges.count, 1);
    strbuf_reset(&value);
    append_ranges(&value, 200, 0);
    assert_int_equal(range_parse(strbuf_span(&value), 1000000, &ranges), RANGE_WHOLE);
    strbuf_release(&value);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_values),
        cmocka_unit_test(test_many),
    };

    return cmocka_run_group_tests_name("range", tests, NULL, NULL);
}
