/*
 * answers: what a server sent on one connection, judged by RFC 9110 and 9112.
 *
 * Which request an answer is for is not known, only what was sent in all.
 */
#pragma once

#include "place.h"

#include "base/strbuf.h"

/* Each request has two line ends at least; one that is cut short may be answered too. */
static inline size_t answers_most(struct span sent)
{
    size_t ends = 0;

    for (size_t i = 0; i < sent.len; i++)
        ends += sent.data[i] == '\n' ? i == 0 || sent.data[i - 1] != '\r' : sent.data[i] == '\r';
    return ends / 2 + 1;
}

static inline unsigned answers_status(struct span line)
{
    unsigned status = 0;

    check(span_starts_with(line, SPAN("HTTP/1.1 ")) && line.len > 13 && line.data[12] == ' ');
    for (size_t i = 9; i < 12; i++) {
        check(line.data[i] >= '0' && line.data[i] <= '9');
        status = status * 10 + (unsigned)(line.data[i] - '0');
    }
    check(status >= 100 && (status < 500 || status == 501 || status == 503 || status == 505));
    return status;
}

static inline size_t answers_number(struct span text)
{
    size_t number = 0;

    check(text.len > 0 && text.len < 10);
    for (size_t i = 0; i < text.len; i++) {
        check(text.data[i] >= '0' && text.data[i] <= '9');
        number = number * 10 + (size_t)(text.data[i] - '0');
    }
    return number;
}

/* On this host, whatever the request named. */
static inline void answers_check_location(struct span value)
{
    struct span path;

    check(value.len > 0 && span_find_char(value, '\\') < 0);
    check(!span_starts_with(value, SPAN("//")));
    span_next_part(&value, '?', &path);
    check(span_find(path, SPAN("://")) < 0);
}

static inline void answers_check_field(struct span line, bool *ret_has_length, size_t *ret_length)
{
    static const char token[] = "!#$%&'*+-.^_`|~0123456789abcdefghijklmnopqrstuvwxyz"
                                "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
    ptrdiff_t colon = span_find_char(line, ':');

    check(colon > 0);
    struct span name = span_cut(line, 0, (size_t)colon),
                value = span_trim(span_from(line, (size_t)colon + 1));
    for (size_t i = 0; i < name.len; i++)
        check(memchr(token, name.data[i], sizeof token - 1) != NULL);
    for (size_t i = 0; i < value.len; i++)
        check(((unsigned char)value.data[i] >= ' ' && value.data[i] != 0x7f) ||
              value.data[i] == '\t');
    check(!span_is_nocase(name, "Transfer-Encoding"));
    if (span_is_nocase(name, "Location"))
        answers_check_location(value);
    if (span_is_nocase(name, "Content-Length")) {
        check(!*ret_has_length);
        *ret_has_length = true;
        *ret_length = answers_number(value);
    }
}

/* A body may be missing behind its length if HEAD was asked. */
static inline void answers_take_body(struct span *rest, size_t length, bool maybe_none)
{
    if (maybe_none && (rest->len == 0 || span_starts_with(*rest, SPAN("HTTP/1.1 "))))
        return;
    check(rest->len >= length);
    *rest = span_from(*rest, length);
}

/*
 * libmicrohttpd 0.9.75 sends the header of one refusal twice, for a Content-Length that is no
 * number or too large a one, before any of our code has seen the request. It closes the connection
 * behind.
 */
static inline void answers_take_twin(struct span *rest, struct span header, unsigned status,
                                     size_t length)
{
    if ((status == 400 || status == 413) && span_starts_with(*rest, header) &&
        rest->len == header.len + 2 + length)
        *rest = span_from(*rest, header.len + 2);
}

/* Cuts off an answer; false for one that others follow (1xx). */
static inline bool answers_take(struct span *rest, bool maybe_head)
{
    ptrdiff_t end = span_find(*rest, SPAN("\r\n\r\n"));
    bool has_length = false;
    size_t length = 0;

    check(end > 0);
    struct span header = span_cut(*rest, 0, (size_t)end + 2);
    *rest = span_from(*rest, (size_t)end + 4);
    ptrdiff_t line_end = span_find(header, SPAN("\r\n"));
    unsigned status = answers_status(span_cut(header, 0, (size_t)line_end));
    for (struct span fields = span_from(header, (size_t)line_end + 2); fields.len > 0;
         fields = span_from(fields, (size_t)line_end + 2)) {
        line_end = span_find(fields, SPAN("\r\n"));
        answers_check_field(span_cut(fields, 0, (size_t)line_end), &has_length, &length);
    }
    answers_take_twin(rest, header, status, length);
    if (status >= 200 && status != 204 && status != 304) {
        check(has_length);
        answers_take_body(rest, length, maybe_head);
    }
    return status >= 200;
}

/* Aborts unless `received` can be what was answered to `sent`. */
static inline void answers_check(struct span received, struct span sent)
{
    bool maybe_head = span_find(sent, SPAN("HEAD")) >= 0;
    size_t count = 0;

    while (received.len > 0)
        count += answers_take(&received, maybe_head);
    check(count <= answers_most(sent));
}
