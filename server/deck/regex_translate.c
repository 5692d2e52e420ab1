#include "deck/regex_translate.h"

#include "base/ascii.h"
#include "base/utf8.h"

#include <errno.h>
#include <stdbool.h>
#include <string.h>

/* ECMA-262 §22.2.2.9, WhiteSpace and LineTerminator: what \s is, and what \S is. */
#define SPACES                                                                                     \
    "\\x{9}-\\x{d}\\x{20}\\x{a0}\\x{1680}\\x{2000}-\\x{200a}\\x{2028}\\x{2029}\\x{202f}\\x{205f}"  \
    "\\x{3000}\\x{feff}"
#define NO_SPACES                                                                                  \
    "\\x{0}-\\x{8}\\x{e}-\\x{1f}\\x{21}-\\x{9f}\\x{a1}-\\x{167f}\\x{1681}-\\x{1fff}"               \
    "\\x{200b}-\\x{2027}\\x{202a}-\\x{202e}\\x{2030}-\\x{205e}\\x{2060}-\\x{2fff}"                 \
    "\\x{3001}-\\x{d7ff}\\x{e000}-\\x{fefe}\\x{ff00}-\\x{10ffff}"

struct translation {
    struct span rest;
    struct strbuf *out, *why;
    bool in_class;
};

/* The number of exactly `digits` hexadecimal digits, or -1. */
static int32_t hex(struct span text, size_t digits)
{
    int32_t value = 0;

    if (text.len < digits)
        return -1;
    for (size_t i = 0; i < digits; i++) {
        const char *alphabet = "0123456789abcdef";
        char lower = (char)(text.data[i] | 0x20);
        const char *at = text.data[i] ? strchr(alphabet, lower) : NULL;

        if (!at || (text.data[i] < 'A' && lower != text.data[i]))
            return -1;
        value = value * 16 + (int32_t)(at - alphabet);
    }
    return value;
}

static void append_code_point(struct strbuf *out, int32_t code_point)
{
    strbuf_append_format(out, "\\x{%x}", (unsigned)code_point);
}

/* \xHH and \uHHHH, two of the latter for a surrogate pair; without the digits, the letter. */
static void translate_number(struct translation *t)
{
    char kind = t->rest.data[0];
    size_t digits = kind == 'x' ? 2 : 4;
    int32_t code = hex(span_from(t->rest, 1), digits);
    struct span low = span_from(t->rest, 5);

    if (code < 0) {
        strbuf_append_char(t->out, kind);
        t->rest = span_from(t->rest, 1);
        return;
    }
    t->rest = span_from(t->rest, 1 + digits);
    if (code >= 0xd800 && code < 0xdc00 && span_starts_with(low, SPAN("\\u"))) {
        int32_t second = hex(span_from(low, 2), 4);

        if (second >= 0xdc00 && second < 0xe000) {
            code = 0x10000 + ((code - 0xd800) << 10) + (second - 0xdc00);
            t->rest = span_from(t->rest, 6);
        }
    }
    append_code_point(t->out, code);
}

static int translate_escape(struct translation *t)
{
    char c;

    if (t->rest.len < 2) {
        strbuf_append_text(t->why, "it ends with a backslash");
        return -EINVAL;
    }
    t->rest = span_from(t->rest, 1);
    c = t->rest.data[0];
    if (c == 'x' || c == 'u') {
        translate_number(t);
        return 0;
    }
    t->rest = span_from(t->rest, 1);
    if (c == 's' && t->in_class)
        strbuf_append_text(t->out, SPACES);
    else if (c == 'S' && t->in_class)
        strbuf_append_text(t->out, NO_SPACES);
    else if (c == 's')
        strbuf_append_text(t->out, "[" SPACES "]");
    else if (c == 'S')
        strbuf_append_text(t->out, "[^" SPACES "]");
    else if (c == 'v')
        strbuf_append_text(t->out, "\\x{b}");
    else if (ascii_is_letter(c) && !span_set_has("bBdDwWfnrtck", c))
        strbuf_append_char(t->out, c); /* no meaning in JavaScript, perhaps one in PCRE2 */
    else
        strbuf_append_format(t->out, "\\%c", c); /* bytes behind the first follow by themselves */
    return 0;
}

/* What follows "(?" in JavaScript is one of : = ! <= <! <name>. */
static int check_group(struct translation *t)
{
    struct span inner = span_from(t->rest, 1);

    if (inner.len > 0 && inner.data[0] == '*') {
        strbuf_append_text(t->why, "there is nothing before the * that it could repeat");
        return -EINVAL;
    }
    if (inner.len == 0 || inner.data[0] != '?')
        return 0;
    inner = span_from(inner, 1);
    if (inner.len > 0 && span_set_has(":=!", inner.data[0]))
        return 0;
    if (inner.len > 1 && inner.data[0] == '<' &&
        (span_set_has("=!_$", inner.data[1]) || ascii_is_letter(inner.data[1])))
        return 0;
    strbuf_append_text(t->why, "a group begins with (? and none of JavaScript's letters after it");
    return -EINVAL;
}

static int translate_one(struct translation *t)
{
    char c = t->rest.data[0];

    if (c == '\\')
        return translate_escape(t);
    if (!t->in_class && c == '(') {
        int err = check_group(t);

        if (err)
            return err;
    }
    if (!t->in_class && c == '.')
        strbuf_append_text(t->out, "[^\\n\\r\\x{2028}\\x{2029}]");
    else if (t->in_class && c == '[')
        strbuf_append_text(t->out, "\\["); /* no POSIX classes */
    else
        strbuf_append_char(t->out, c);
    if (c == '[' || (t->in_class && c == ']'))
        t->in_class = c == '[';
    t->rest = span_from(t->rest, 1);
    return 0;
}

int regex_translate(struct span pattern, struct strbuf *out, struct strbuf *why)
{
    struct translation t = {.rest = pattern, .out = out, .why = why};

    while (t.rest.len > 0) {
        int err = translate_one(&t);

        if (err)
            return err;
    }
    return 0;
}
