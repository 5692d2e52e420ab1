/*
 * conditional: whether a request's preconditions hold (RFC 9110 §13).
 *
 * Entity tags are compared with their quotes, as they are sent: "abc" or W/"abc". Ours are strong
 * unless they begin with W/. What says no time of its change is MODIFIED_UNKNOWN: conditions upon
 * times are then as if they were not there (§13.1.3, §13.1.4), and a range is never of the same.
 */
#pragma once

#include "http/fields.h"

#include <stdbool.h>
#include <time.h>

#define MODIFIED_UNKNOWN ((time_t)-1)

enum conditional {
    CONDITIONAL_PROCEED,
    CONDITIONAL_NOT_MODIFIED, /* 304 */
    CONDITIONAL_FAILED,       /* 412 */
};

/* For GET and HEAD of a form with this entity tag, in the order of §13.2.2. */
enum conditional conditional_evaluate(const struct fields *fields, struct span etag,
                                      time_t modified, time_t now);

/*
 * Whether If-Range lets a Range be heeded (§13.1.5): there is none, or it names this strong entity
 * tag, or exactly this date.
 */
bool conditional_range(const struct fields *fields, struct span etag, time_t modified, time_t now);
