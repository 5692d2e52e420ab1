#include "base/span.h"

#include <string.h>
#include <strings.h>

struct span span_of(const char *text)
{
    return (struct span){text, text ? strlen(text) : 0};
}

struct span span_from(struct span text, size_t start)
{
    return span_cut(text, start, text.len);
}

struct span span_cut(struct span text, size_t start, size_t end)
{
    if (end > text.len)
        end = text.len;
    if (start >= end)
        return (struct span){text.data ? text.data + end : NULL, 0};
    return (struct span){text.data + start, end - start};
}

bool span_equal(struct span a, struct span b)
{
    return a.len == b.len && (a.len == 0 || memcmp(a.data, b.data, a.len) == 0);
}

bool span_is(struct span a, const char *text)
{
    return span_equal(a, span_of(text));
}

/* The same but for the case of an ASCII letter, which is one bit. */
static bool same_letter(char a, char b)
{
    char folded = (char)(a | 0x20);

    return a == b || ((a ^ b) == 0x20 && folded >= 'a' && folded <= 'z');
}

bool span_is_nocase(struct span a, const char *text)
{
    struct span b = span_of(text);

    if (a.len != b.len)
        return false;
    for (size_t i = 0; i < a.len; i++)
        if (!same_letter(a.data[i], b.data[i]))
            return false;
    return true;
}

bool span_starts_with(struct span text, struct span prefix)
{
    return text.len >= prefix.len && span_equal(span_cut(text, 0, prefix.len), prefix);
}

bool span_ends_with(struct span text, struct span suffix)
{
    return text.len >= suffix.len && span_equal(span_from(text, text.len - suffix.len), suffix);
}

int span_compare(struct span a, struct span b)
{
    size_t len = a.len < b.len ? a.len : b.len;
    int order = len ? memcmp(a.data, b.data, len) : 0;

    if (order)
        return order;
    return (a.len > b.len) - (a.len < b.len);
}

ptrdiff_t span_find_char(struct span text, char c)
{
    const char *found = text.len ? memchr(text.data, c, text.len) : NULL;

    return found ? found - text.data : -1;
}

ptrdiff_t span_find(struct span text, struct span needle)
{
    const char *found;

    if (needle.len == 0)
        return 0;
    found = text.len ? memmem(text.data, text.len, needle.data, needle.len) : NULL;
    return found ? found - text.data : -1;
}

static bool is_space(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

struct span span_trim(struct span text)
{
    while (text.len && is_space(text.data[text.len - 1]))
        text.len--;
    while (text.len && is_space(text.data[0])) {
        text.data++;
        text.len--;
    }
    return text;
}

bool span_next_part(struct span *rest, char separator, struct span *ret_part)
{
    ptrdiff_t end;

    if (rest->len == 0)
        return false;
    end = span_find_char(*rest, separator);
    if (end < 0) {
        *ret_part = *rest;
        *rest = span_from(*rest, rest->len);
    } else {
        *ret_part = span_cut(*rest, 0, (size_t)end);
        *rest = span_from(*rest, (size_t)end + 1);
    }
    return true;
}

bool span_next_line(struct span *rest, struct span *ret_line)
{
    return span_next_part(rest, '\n', ret_line);
}

bool span_set_has(const char *set, char c)
{
    return c != '\0' && strchr(set, c) != NULL;
}
