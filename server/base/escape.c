#include "base/escape.h"

#include "base/utf8.h"

#include <stdbool.h>
#include <string.h>

static const char *entity(char c, bool in_attribute)
{
    switch (c) {
    case '&':
        return "&amp;";
    case '<':
        return "&lt;";
    case '>':
        return "&gt;";
    case '"':
        return in_attribute ? "&quot;" : NULL;
    default:
        return NULL;
    }
}

static void html_escape(struct strbuf *out, struct span text, bool in_attribute)
{
    size_t plain = 0;

    strbuf_reserve(out, text.len);
    for (size_t i = 0; i < text.len; i++) {
        const char *replacement = entity(text.data[i], in_attribute);

        if (!replacement)
            continue;
        strbuf_append_span(out, span_cut(text, plain, i));
        strbuf_append_text(out, replacement);
        plain = i + 1;
    }
    strbuf_append_span(out, span_from(text, plain));
}

void html_text(struct strbuf *out, struct span text)
{
    html_escape(out, text, false);
}

void html_attr(struct strbuf *out, struct span text)
{
    html_escape(out, text, true);
}

void html_attribute(struct strbuf *out, const char *name, struct span value)
{
    strbuf_append_format(out, " %s=\"", name);
    html_attr(out, value);
    strbuf_append_char(out, '"');
}

/* Char of XML 1.0 §2.2; utf8_decode gives no surrogates. */
static bool is_xml_char(int32_t code)
{
    return code >= 0x20 ? code != 0xfffe && code != 0xffff
                        : code == '\t' || code == '\n' || code == '\r';
}

void xml_text(struct strbuf *out, struct span text)
{
    size_t at = 0;

    strbuf_reserve(out, text.len);
    while (at < text.len) {
        size_t len = 1;
        int32_t code = utf8_decode(span_from(text, at), &len);
        const char *replacement = code >= 0 && code < 0x80 ? entity((char)code, true) : NULL;

        if (!is_xml_char(code))
            strbuf_append_text(out, "\uFFFD");
        else if (replacement)
            strbuf_append_text(out, replacement);
        else if (code == '\t' || code == '\n' || code == '\r')
            strbuf_append_format(out, "&#%d;", (int)code); /* else attributes lose them */
        else
            strbuf_append(out, text.data + at, len);
        at += len;
    }
}

static bool is_unreserved(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           (c != '\0' && strchr("-._~", c));
}

static void percent_encode(struct strbuf *out, struct span text, const char *kept)
{
    for (size_t i = 0; i < text.len; i++) {
        char c = text.data[i];

        if (is_unreserved(c) || (c != '\0' && strchr(kept, c)))
            strbuf_append_char(out, c);
        else
            strbuf_append_format(out, "%%%02X", (unsigned char)c);
    }
}

void url_path(struct strbuf *out, struct span path)
{
    percent_encode(out, path, "/");
}

void url_query(struct strbuf *out, struct span value)
{
    percent_encode(out, value, "");
}

/* U+2028 and U+2029, which end a line in older JavaScript: E2 80 A8 and E2 80 A9. */
static bool is_line_separator(struct span text)
{
    return text.len >= 3 && text.data[0] == '\xe2' && text.data[1] == '\x80' &&
           (text.data[2] == '\xa8' || text.data[2] == '\xa9');
}

void json_string(struct strbuf *out, struct span text)
{
    strbuf_append_char(out, '"');
    for (size_t i = 0; i < text.len; i++) {
        char c = text.data[i];

        if (c == '"' || c == '\\') {
            strbuf_append_char(out, '\\');
            strbuf_append_char(out, c);
        } else if ((unsigned char)c < 0x20 || strchr("<>&", c) || c == 0x7f) {
            strbuf_append_format(out, "\\u%04x", (unsigned char)c);
        } else if (is_line_separator(span_from(text, i))) {
            strbuf_append_text(out, text.data[i + 2] == '\xa8' ? "\\u2028" : "\\u2029");
            i += 2;
        } else {
            strbuf_append_char(out, c);
        }
    }
    strbuf_append_char(out, '"');
}

void line_text(struct strbuf *out, struct span text)
{
    size_t at = 0;

    while (at < text.len) {
        size_t len = 1;
        int32_t code = utf8_decode(span_from(text, at), &len);

        /* C1 controls move a terminal's cursor as C0 ones do. */
        if (code < 0x20 || (code >= 0x7f && code < 0xa0)) {
            for (size_t i = 0; i < len; i++)
                strbuf_append_format(out, "\\x%02x", (unsigned char)text.data[at + i]);
        } else {
            strbuf_append(out, text.data + at, len);
        }
        at += len;
    }
}
