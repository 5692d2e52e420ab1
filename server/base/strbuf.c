#include "base/strbuf.h"

#include "base/mem.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { FORMAT_GUESS = 32 }; /* bytes; what is longer may be formatted twice */

/* Shared by all empty buffers and never written to, so that data is never NULL. */
char strbuf_empty[1];

void strbuf_init(struct strbuf *buf)
{
    *buf = (struct strbuf)STRBUF_INIT;
}

void strbuf_release(struct strbuf *buf)
{
    if (buf->capacity)
        free(buf->data);
    strbuf_init(buf);
}

void strbuf_reset(struct strbuf *buf)
{
    strbuf_truncate(buf, 0);
}

void strbuf_reserve(struct strbuf *buf, size_t extra)
{
    size_t need, capacity;

    if (extra > SIZE_MAX / 2 || buf->len > SIZE_MAX / 2 - 1)
        mem_exhausted();
    need = buf->len + extra + 1;
    if (need <= buf->capacity)
        return;
    capacity = buf->capacity + buf->capacity / 2;
    if (capacity < need)
        capacity = need < 64 ? 64 : need;
    buf->data = mem_resize(buf->capacity ? buf->data : NULL, capacity, 1);
    buf->data[buf->len] = '\0';
    buf->capacity = capacity;
}

void strbuf_truncate(struct strbuf *buf, size_t len)
{
    if (len >= buf->len)
        return;
    buf->len = len;
    buf->data[len] = '\0';
}

void strbuf_append(struct strbuf *buf, const void *data, size_t len)
{
    if (len == 0)
        return;
    strbuf_reserve(buf, len);
    memcpy(buf->data + buf->len, data, len);
    buf->len += len;
    buf->data[buf->len] = '\0';
}

void strbuf_append_text(struct strbuf *buf, const char *text)
{
    strbuf_append(buf, text, strlen(text));
}

void strbuf_append_span(struct strbuf *buf, struct span text)
{
    strbuf_append(buf, text.data, text.len);
}

void strbuf_append_char(struct strbuf *buf, char c)
{
    strbuf_reserve(buf, 1);
    buf->data[buf->len++] = c;
    buf->data[buf->len] = '\0';
}

void strbuf_append_vformat(struct strbuf *buf, const char *format, va_list args)
{
    va_list again;
    size_t room;
    int len;

    strbuf_reserve(buf, FORMAT_GUESS);
    room = buf->capacity - buf->len;
    va_copy(again, args);
    len = vsnprintf(buf->data + buf->len, room, format, args);
    if (len < 0)
        mem_exhausted();
    if ((size_t)len >= room) {
        strbuf_reserve(buf, (size_t)len);
        vsnprintf(buf->data + buf->len, (size_t)len + 1, format, again);
    }
    buf->len += (size_t)len;
    va_end(again);
}

void strbuf_append_format(struct strbuf *buf, const char *format, ...)
{
    va_list args;

    va_start(args, format);
    strbuf_append_vformat(buf, format, args);
    va_end(args);
}

struct span strbuf_span(const struct strbuf *buf)
{
    return (struct span){buf->data, buf->len};
}

char *strbuf_detach(struct strbuf *buf, size_t *ret_len)
{
    char *text = buf->capacity ? buf->data : mem_copy("", 0);

    if (ret_len)
        *ret_len = buf->len;
    strbuf_init(buf);
    return text;
}
