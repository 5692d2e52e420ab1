#include "http/conditional.h"

#include "http/fixdate.h"

static bool is_weak(struct span etag)
{
    return span_starts_with(etag, SPAN("W/"));
}

static bool etag_valid(struct span etag)
{
    if (is_weak(etag))
        etag = span_from(etag, 2);
    if (etag.len < 2 || etag.data[0] != '"' || etag.data[etag.len - 1] != '"')
        return false;
    return span_find_char(span_cut(etag, 1, etag.len - 1), '"') < 0;
}

/* RFC 9110 §8.8.3.2 */
static bool equal_strong(struct span a, struct span b)
{
    return !is_weak(a) && span_equal(a, b);
}

static bool equal_weak(struct span a, struct span b)
{
    return span_equal(is_weak(a) ? span_from(a, 2) : a, is_weak(b) ? span_from(b, 2) : b);
}

/*
 * Cuts the next entity tag off a list. fields_next_element would take a backslash for an escape,
 * which it is not inside a tag (§8.8.3), and the tag of a neighbour would hide ours.
 */
static bool next_etag(struct span *rest, struct span *ret_etag)
{
    size_t start = 0, end;
    bool quoted = false;

    while (start < rest->len &&
           (rest->data[start] == ',' || rest->data[start] == ' ' || rest->data[start] == '\t'))
        start++;
    for (end = start; end < rest->len && (quoted || rest->data[end] != ','); end++)
        quoted ^= rest->data[end] == '"';
    if (start == rest->len)
        return false;
    *ret_etag = span_trim(span_cut(*rest, start, end));
    *rest = span_from(*rest, end);
    return true;
}

static bool list_matches(const struct fields *fields, enum field_id id, struct span etag,
                         bool (*equal)(struct span, struct span))
{
    struct span line, candidate;
    size_t position = 0;

    while (fields_next(fields, id, &position, &line)) {
        if (span_equal(line, SPAN("*")))
            return true;
        while (next_etag(&line, &candidate))
            if (etag_valid(candidate) && equal(candidate, etag))
                return true;
    }
    return false;
}

static bool single_date(const struct fields *fields, enum field_id id, time_t now, time_t *ret_time)
{
    struct span value;

    return fields_single(fields, id, &value) && fixdate_parse(value, now, ret_time);
}

enum conditional conditional_evaluate(const struct fields *fields, struct span etag,
                                      time_t modified, time_t now)
{
    time_t date;

    if (fields_has(fields, FIELD_IF_MATCH)) {
        if (!list_matches(fields, FIELD_IF_MATCH, etag, equal_strong))
            return CONDITIONAL_FAILED;
    } else if (modified != MODIFIED_UNKNOWN &&
               single_date(fields, FIELD_IF_UNMODIFIED_SINCE, now, &date)) {
        if (modified > date)
            return CONDITIONAL_FAILED;
    }
    if (fields_has(fields, FIELD_IF_NONE_MATCH)) {
        if (list_matches(fields, FIELD_IF_NONE_MATCH, etag, equal_weak))
            return CONDITIONAL_NOT_MODIFIED;
    } else if (modified != MODIFIED_UNKNOWN &&
               single_date(fields, FIELD_IF_MODIFIED_SINCE, now, &date)) {
        if (modified <= date)
            return CONDITIONAL_NOT_MODIFIED;
    }
    return CONDITIONAL_PROCEED;
}

bool conditional_range(const struct fields *fields, struct span etag, time_t modified, time_t now)
{
    struct span value;
    time_t date;

    if (!fields_has(fields, FIELD_IF_RANGE))
        return true;
    if (!fields_single(fields, FIELD_IF_RANGE, &value))
        return false;
    if (etag_valid(value))
        return equal_strong(value, etag);
    /* A date is a strong validator only when the thing has rested since (§8.8.2.2). */
    return modified != MODIFIED_UNKNOWN && fixdate_parse(value, now, &date) && date == modified &&
           now - modified > 1;
}
