/*
 * access_line: one request as one line of the access log.
 *
 * Two formats: Combined, as Apache's and nginx's tools read it, and JSON, an object a line. What
 * clients send is hostile: control bytes, quotes, backslashes and broken UTF-8 are escaped as
 * \xNN, so that a line is a line and a field is a field.
 */
#pragma once

#include "base/span.h"
#include "base/strbuf.h"
#include "conf/site_value.h"
#include "serve/connection.h"

#include <stdbool.h>
#include <stdint.h>
#include <time.h>

struct access_entry {
    const struct peer *client;
    struct span method, target, version; /* as sent */
    struct outcome outcome;
    bool complete;              /* the client took all of it */
    struct span referer, agent; /* no data: not sent */
    uint64_t nanoseconds;       /* from the request's first line to the answer's end */
};

/* A point in time as the lines of a format show it; making it anew each time is expensive. */
struct access_time {
    time_t second; /* of the text; 0: none yet */
    char text[40];
};

void access_time_set(struct access_time *at, enum log_format format, time_t second);

/* Appends the line with its line feed. */
void access_line_append(struct strbuf *out, enum log_format format,
                        const struct access_entry *entry, const struct access_time *at);
