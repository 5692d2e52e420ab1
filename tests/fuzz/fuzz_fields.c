/*
 * Any lines as a request's header: negotiation and preconditions take them, the choice is one of
 * the forms that there are, and lines that were refused leave no trace.
 */
#include "target.h"

#include "http/conditional.h"
#include "http/fields.h"
#include "http/host.h"
#include "http/negotiate.h"
#include "http/range.h"

static void add_line(struct fields *fields, struct span line)
{
    ptrdiff_t colon = span_find_char(line, ':');
    size_t before = fields->total;

    if (colon >= 0 && fields_add(fields, span_cut(line, 0, (size_t)colon),
                                 span_from(line, (size_t)colon + 1)) < 0)
        check(fields->total == before || fields->count >= FIELDS_KEPT_MAX);
}

static void negotiate(const struct fields *fields)
{
    static const size_t sizes[][CODING_COUNT] = {
        {1000, 300, 250}, {10, NEGOTIATE_ABSENT, NEGOTIATE_ABSENT}, {1000, 300, NEGOTIATE_ABSENT}};

    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        enum coding coding;

        if (negotiate_coding(fields, sizes[i], &coding))
            check(sizes[i][coding] != NEGOTIATE_ABSENT);
    }
    negotiate_html(fields);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct span rest = {(const char *)data, size}, line, value;
    struct byte_ranges ranges;
    struct fields fields;

    fields_init(&fields);
    while (span_next_line(&rest, &line))
        add_line(&fields, line);
    negotiate(&fields);
    conditional_evaluate(&fields, SPAN("\"x\""), 784111777, 1700000000);
    if (conditional_range(&fields, SPAN("\"x\""), 784111777, 1700000000) &&
        fields_single(&fields, FIELD_RANGE, &value))
        range_parse(value, 1000, &ranges);
    if (fields_single(&fields, FIELD_HOST, &value) && host_valid(value))
        check(value.len > 0 && span_find_char(value, '/') < 0 && span_find_char(value, ' ') < 0);
    return 0;
}
