#include "base/utf8.h"

#include <stdlib.h>
#include <utf8proc.h>

int32_t utf8_decode(struct span text, size_t *ret_len)
{
    static const uint32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
    const unsigned char *s = (const unsigned char *)text.data;
    uint32_t code;
    size_t len;

    if (text.len == 0)
        return -1;
    if (s[0] < 0x80) {
        *ret_len = 1;
        return s[0];
    }
    if (s[0] >= 0xc2 && s[0] < 0xe0)
        len = 2;
    else if (s[0] >= 0xe0 && s[0] < 0xf0)
        len = 3;
    else if (s[0] >= 0xf0 && s[0] < 0xf5)
        len = 4;
    else
        return -1;
    if (text.len < len)
        return -1;
    code = s[0] & (0x7fu >> len);
    for (size_t i = 1; i < len; i++) {
        if ((s[i] & 0xc0) != 0x80)
            return -1;
        code = code << 6 | (s[i] & 0x3fu);
    }
    if (code < least[len] || code > 0x10ffff || (code >= 0xd800 && code < 0xe000))
        return -1;
    *ret_len = len;
    return (int32_t)code;
}

bool utf8_valid(struct span text, size_t *ret_bad)
{
    size_t at = 0, len = 0;

    while (at < text.len) {
        if ((unsigned char)text.data[at] < 0x80) {
            at++;
            continue;
        }
        if (utf8_decode(span_from(text, at), &len) < 0) {
            if (ret_bad)
                *ret_bad = at;
            return false;
        }
        at += len;
    }
    return true;
}

void utf8_append(struct strbuf *out, uint32_t code_point)
{
    if (code_point < 0x80) {
        strbuf_append_char(out, (char)code_point);
    } else if (code_point < 0x800) {
        strbuf_append_char(out, (char)(0xc0 | code_point >> 6));
        strbuf_append_char(out, (char)(0x80 | (code_point & 0x3f)));
    } else if (code_point < 0x10000) {
        strbuf_append_char(out, (char)(0xe0 | code_point >> 12));
        strbuf_append_char(out, (char)(0x80 | (code_point >> 6 & 0x3f)));
        strbuf_append_char(out, (char)(0x80 | (code_point & 0x3f)));
    } else {
        strbuf_append_char(out, (char)(0xf0 | code_point >> 18));
        strbuf_append_char(out, (char)(0x80 | (code_point >> 12 & 0x3f)));
        strbuf_append_char(out, (char)(0x80 | (code_point >> 6 & 0x3f)));
        strbuf_append_char(out, (char)(0x80 | (code_point & 0x3f)));
    }
}

void utf8_append_composed(struct strbuf *out, struct span text)
{
    utf8proc_uint8_t *composed;
    utf8proc_ssize_t len =
        utf8proc_map((const utf8proc_uint8_t *)text.data, (utf8proc_ssize_t)text.len, &composed,
                     UTF8PROC_STABLE | UTF8PROC_COMPOSE);

    if (len < 0) {
        strbuf_append_span(out, text);
        return;
    }
    strbuf_append(out, (const char *)composed, (size_t)len);
    free(composed);
}

/* How many bytes at the start of what is invalid are one mistake. */
static size_t bad_len(struct span text)
{
    const unsigned char *s = (const unsigned char *)text.data;
    unsigned char low = s[0] == 0xe0 ? 0xa0 : s[0] == 0xf0 ? 0x90 : 0x80;
    unsigned char high = s[0] == 0xed ? 0x9f : s[0] == 0xf4 ? 0x8f : 0xbf;
    size_t wanted = s[0] < 0xc2 || s[0] > 0xf4 ? 1 : s[0] < 0xe0 ? 2 : s[0] < 0xf0 ? 3 : 4;
    size_t len = 1;

    while (len < wanted && len < text.len && s[len] >= low && s[len] <= high) {
        low = 0x80;
        high = 0xbf;
        len++;
    }
    return len;
}

void utf8_append_mended(struct strbuf *out, struct span text)
{
    size_t bad;

    while (!utf8_valid(text, &bad)) {
        strbuf_append_span(out, span_cut(text, 0, bad));
        strbuf_append_text(out, "\xef\xbf\xbd");
        text = span_from(text, bad + bad_len(span_from(text, bad)));
    }
    strbuf_append_span(out, text);
}

/* Appends with white space collapsed. */
static void append_collapsed(struct strbuf *out, struct span text)
{
    bool gap = false, begun = false;
    size_t len;

    for (; text.len > 0; text = span_from(text, len)) {
        int32_t c = utf8_decode(text, &len);

        if (c < 0)
            len = 1;
        if ((c >= '\t' && c <= '\r') || (c >= 0 && utf8proc_category(c) == UTF8PROC_CATEGORY_ZS)) {
            gap = begun;
            continue;
        }
        if (gap)
            strbuf_append_char(out, ' ');
        gap = false;
        begun = true;
        strbuf_append(out, text.data, len);
    }
}

static bool is_ascii(struct span text)
{
    unsigned char all = 0;

    for (size_t i = 0; i < text.len; i++)
        all |= (unsigned char)text.data[i];
    return all < 0x80;
}

/* As most names are: in a tenth of the time. */
static void append_folded_ascii(struct strbuf *out, struct span text)
{
    size_t start = out->len;

    for (size_t i = 0; i < text.len; i++) {
        char c = text.data[i];
        bool blank = c == ' ' || (c >= '\t' && c <= '\r');

        if (!blank)
            strbuf_append_char(out, c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c);
        else if (out->len > start && out->data[out->len - 1] != ' ')
            strbuf_append_char(out, ' ');
    }
    if (out->len > start && out->data[out->len - 1] == ' ')
        strbuf_truncate(out, out->len - 1);
}

void utf8_append_folded(struct strbuf *out, struct span text, bool bare)
{
    utf8proc_option_t options = UTF8PROC_STABLE | UTF8PROC_CASEFOLD | UTF8PROC_COMPOSE;
    utf8proc_uint8_t *folded;
    utf8proc_ssize_t len;

    if (is_ascii(text)) {
        append_folded_ascii(out, text);
        return;
    }
    if (bare)
        options |= UTF8PROC_COMPAT | UTF8PROC_STRIPMARK;
    len = utf8proc_map((const utf8proc_uint8_t *)text.data, (utf8proc_ssize_t)text.len, &folded,
                       options);
    if (len < 0) {
        append_collapsed(out, text);
        return;
    }
    append_collapsed(out, (struct span){(const char *)folded, (size_t)len});
    free(folded);
}

bool utf8_is_word(int32_t code_point)
{
    utf8proc_category_t category = utf8proc_category(code_point);

    return category >= UTF8PROC_CATEGORY_LU && category <= UTF8PROC_CATEGORY_NO;
}

bool utf8_is_control(int32_t code_point)
{
    if (code_point < 0x20)
        return code_point >= 0 && code_point != '\t' && code_point != '\n' && code_point != '\f' &&
               code_point != '\r';
    return code_point >= 0x7f && code_point < 0xa0;
}

bool utf8_is_turning(int32_t code_point)
{
    return (code_point >= 0x202a && code_point <= 0x202e) ||
           (code_point >= 0x2066 && code_point <= 0x2069);
}

bool utf8_is_mark(int32_t code_point)
{
    utf8proc_category_t category = utf8proc_category(code_point);

    return category >= UTF8PROC_CATEGORY_MN && category <= UTF8PROC_CATEGORY_ME;
}

unsigned utf8_columns(int32_t code_point)
{
    int width = utf8proc_charwidth(code_point);

    return width > 0 ? (unsigned)width : 0;
}

bool utf8_is_right_to_left(int32_t code_point)
{
    int direction = utf8proc_get_property(code_point)->bidi_class;

    return direction == UTF8PROC_BIDI_CLASS_R || direction == UTF8PROC_BIDI_CLASS_AL;
}

uint32_t utf8_lower(uint32_t code_point)
{
    return (uint32_t)utf8proc_tolower((utf8proc_int32_t)code_point);
}
