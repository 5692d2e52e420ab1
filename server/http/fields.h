/*
 * fields: the header fields of a request, as far as decksd heeds them.
 *
 * A request's field lines are added one by one, in the order in which they came. Those that some
 * module asks for are kept, by identity instead of name, so that nobody compares names twice; of
 * the others only their number and form matter. Values are borrowed from the request and have no
 * white space around them. A field may have several lines (RFC 9110 §5.3): walk them.
 */
#pragma once

#include "base/span.h"

#include <stdbool.h>
#include <stddef.h>

enum field_id {
    FIELD_OTHER,
    FIELD_ACCEPT,
    FIELD_ACCEPT_ENCODING,
    FIELD_CONTENT_LENGTH,
    FIELD_EXPECT,
    FIELD_FORWARDED,
    FIELD_HOST,
    FIELD_IF_MATCH,
    FIELD_IF_MODIFIED_SINCE,
    FIELD_IF_NONE_MATCH,
    FIELD_IF_RANGE,
    FIELD_IF_UNMODIFIED_SINCE,
    FIELD_RANGE,
    FIELD_TRANSFER_ENCODING,
    FIELD_X_FORWARDED_FOR,
    FIELD_X_FORWARDED_HOST,
    FIELD_X_FORWARDED_PROTO,
    FIELD_ID_COUNT
};

enum { FIELDS_MAX = 100, FIELDS_KEPT_MAX = 16 };

struct field {
    enum field_id id;
    struct span value;
};

struct fields {
    size_t total;   /* lines added */
    unsigned known; /* bit 1 << id for each field that occurs */
    size_t count;   /* lines kept */
    struct field list[FIELDS_KEPT_MAX];
};

void fields_init(struct fields *fields);

/*
 * Adds a line. -EBADMSG where the name is no token or the value holds control bytes (RFC 9110
 * §5.1, §5.5); -E2BIG beyond FIELDS_MAX lines, or FIELDS_KEPT_MAX of those that are kept.
 */
int fields_add(struct fields *fields, struct span name, struct span value);

bool fields_has(const struct fields *fields, enum field_id id);

/* The next line of a field from *position on, which starts at 0; false behind the last one. */
bool fields_next(const struct fields *fields, enum field_id id, size_t *position,
                 struct span *ret_value);

/* The value of a field that has exactly one line; false where there is none or several. */
bool fields_single(const struct fields *fields, enum field_id id, struct span *ret_value);

/*
 * Cuts the next element off a comma-separated list (RFC 9110 §5.6.1), trimmed; empty ones are
 * skipped, commas in quoted strings do not cut. False at the end.
 */
bool fields_next_element(struct span *rest, struct span *ret_element);

/* A token's character (RFC 9110 §5.6.2). */
bool field_token_char(char c);
