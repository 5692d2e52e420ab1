#include "base/escape.h"

#include "base/utf8.h"

#include <stdbool.h>
#include <string.h>

#define REPLACEMENT "\uFFFD"

enum { OVERRIDE_LEFT = 0x202d, OVERRIDE_RIGHT = 0x202e }; /* LRO, RLO */

enum place { IN_MARKUP, IN_TEXT, IN_ATTRIBUTE };

static const char *entity(char c, enum place place)
{
    if (place == IN_MARKUP)
        return NULL;
    switch (c) {
    case '&':
        return "&amp;";
    case '<':
        return "&lt;";
    case '>':
        return "&gt;";
    case '"':
        return place == IN_ATTRIBUTE ? "&quot;" : NULL;
    default:
        return NULL;
    }
}

/* How many bytes long the character here is, if no page may hold it; else 0, also for DEL. */
static size_t unfit(struct span text)
{
    unsigned char c = (unsigned char)text.data[0];
    size_t len = 0;

    if (c >= 0x20 && c != 0xc2 && c != 0xe2)
        return 0; /* what nearly all are */
    int32_t code = utf8_decode(text, &len);
    return utf8_is_control(code) || code == OVERRIDE_LEFT || code == OVERRIDE_RIGHT ? len : 0;
}

static void html_escape(struct strbuf *out, struct span text, enum place place)
{
    size_t plain = 0;

    strbuf_reserve(out, text.len);
    for (size_t i = 0, len = 1; i < text.len; i += len) {
        const char *replacement = entity(text.data[i], place);

        len = 1;
        if (!replacement) {
            size_t bad = unfit(span_from(text, i));

            if (bad == 0)
                continue;
            replacement = REPLACEMENT;
            len = bad;
        }
        strbuf_append_span(out, span_cut(text, plain, i));
        strbuf_append_text(out, replacement);
        plain = i + len;
    }
    strbuf_append_span(out, span_from(text, plain));
}

void html_text(struct strbuf *out, struct span text)
{
    html_escape(out, text, IN_TEXT);
}

void html_attr(struct strbuf *out, struct span text)
{
    html_escape(out, text, IN_ATTRIBUTE);
}

void html_markup(struct strbuf *out, struct span markup)
{
    html_escape(out, markup, IN_MARKUP);
}

void html_attribute(struct strbuf *out, const char *name, struct span value)
{
    strbuf_append_format(out, " %s=\"", name);
    html_attr(out, value);
    strbuf_append_char(out, '"');
}

/* Char of XML 1.0 §2.2 without those that it advises against; utf8_decode gives no surrogates. */
static bool is_xml_char(int32_t code)
{
    return code >= 0 && !utf8_is_control(code) && code != '\f' && code != 0xfffe &&
           code != 0xffff && code != OVERRIDE_LEFT && code != OVERRIDE_RIGHT;
}

void xml_text(struct strbuf *out, struct span text)
{
    size_t at = 0, plain = 0;

    strbuf_reserve(out, text.len);
    while (at < text.len) {
        size_t len = 1;
        int32_t code = utf8_decode(span_from(text, at), &len);
        const char *replacement =
            code >= 0 && code < 0x80 ? entity((char)code, IN_ATTRIBUTE) : NULL;
        bool is_space = code == '\t' || code == '\n' || code == '\r';

        at += len;
        if (is_xml_char(code) && !replacement && !is_space)
            continue;
        strbuf_append_span(out, span_cut(text, plain, at - len));
        if (replacement)
            strbuf_append_text(out, replacement);
        else if (is_space)
            strbuf_append_format(out, "&#%d;", (int)code); /* else attributes lose them */
        else
            strbuf_append_text(out, REPLACEMENT);
        plain = at;
    }
    strbuf_append_span(out, span_from(text, plain));
}

static bool is_unreserved(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           (c != '\0' && strchr("-._~", c));
}

static void percent_encode(struct strbuf *out, struct span text, const char *kept)
{
    size_t plain = 0;

    for (size_t i = 0; i < text.len; i++) {
        char c = text.data[i];

        if (is_unreserved(c) || (c != '\0' && strchr(kept, c)))
            continue;
        strbuf_append_span(out, span_cut(text, plain, i));
        strbuf_append_format(out, "%%%02X", (unsigned char)c);
        plain = i + 1;
    }
    strbuf_append_span(out, span_from(text, plain));
}

void url_path(struct strbuf *out, struct span path)
{
    percent_encode(out, path, "/");
}

void url_query(struct strbuf *out, struct span value)
{
    percent_encode(out, value, "");
}

/* U+2028 and U+2029 end a line in older JavaScript. */
static bool is_for_json(int32_t code)
{
    return code >= 0x20 && !utf8_is_control(code) && !utf8_is_turning(code) && code != 0x2028 &&
           code != 0x2029 && (code >= 0x80 || !strchr("<>&", code));
}

static void json_escape(struct strbuf *out, struct span text, bool with_quotes)
{
    size_t plain = 0;

    for (size_t at = 0, len; at < text.len; at += len) {
        len = 1;
        int32_t code = utf8_decode(span_from(text, at), &len);
        bool is_quoted = with_quotes && (code == '"' || code == '\\');

        if (!is_quoted && (code < 0 || is_for_json(code)))
            continue;
        strbuf_append_span(out, span_cut(text, plain, at));
        if (is_quoted)
            strbuf_append_char(out, '\\');
        else
            strbuf_append_format(out, "\\u%04x", (unsigned)code);
        plain = is_quoted ? at : at + len;
    }
    strbuf_append_span(out, span_from(text, plain));
}

void json_text(struct strbuf *out, struct span text)
{
    strbuf_append_char(out, '"');
    json_escape(out, text, true);
    strbuf_append_char(out, '"');
}

void json_markup(struct strbuf *out, struct span json)
{
    json_escape(out, json, false);
}

void line_text(struct strbuf *out, struct span text)
{
    size_t at = 0;

    while (at < text.len) {
        size_t len = 1;
        int32_t code = utf8_decode(span_from(text, at), &len);

        if (code < 0x20 || utf8_is_control(code) || utf8_is_turning(code)) {
            for (size_t i = 0; i < len; i++)
                strbuf_append_format(out, "\\x%02x", (unsigned char)text.data[at + i]);
        } else {
            strbuf_append(out, text.data + at, len);
        }
        at += len;
    }
}
