/*
 * strbuf: a growing string of bytes.
 *
 * Text is built here piece by piece. The buffer is always followed by a NUL that is not counted,
 * so buf->data can be handed to C functions; an initialised, empty buffer has non-NULL data too.
 * The holder owns the memory until strbuf_release or strbuf_detach. Growth cannot fail (mem.h).
 */
#pragma once

#include "base/span.h"

#include <stdarg.h>
#include <stddef.h>

struct strbuf {
    char *data;
    size_t len;
    size_t capacity; /* 0 while data is the shared empty string */
};

extern char strbuf_empty[];

#define STRBUF_INIT                                                                                \
    {                                                                                              \
        .data = strbuf_empty, .len = 0, .capacity = 0                                              \
    }

void strbuf_init(struct strbuf *buf);
void strbuf_release(struct strbuf *buf);
void strbuf_reset(struct strbuf *buf); /* empty again, memory kept */
void strbuf_reserve(struct strbuf *buf, size_t extra);
void strbuf_truncate(struct strbuf *buf, size_t len);

void strbuf_append(struct strbuf *buf, const void *data, size_t len);
void strbuf_append_text(struct strbuf *buf, const char *text);
void strbuf_append_span(struct strbuf *buf, struct span text);
void strbuf_append_char(struct strbuf *buf, char c);
void strbuf_append_format(struct strbuf *buf, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
void strbuf_append_vformat(struct strbuf *buf, const char *format, va_list args)
    __attribute__((format(printf, 2, 0)));

struct span strbuf_span(const struct strbuf *buf);

/* The bytes as a heap string that the caller frees; the buffer is empty afterwards. */
char *strbuf_detach(struct strbuf *buf, size_t *ret_len);
