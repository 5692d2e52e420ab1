#include "deck/math.h"

#include "base/escape.h"

#include <string.h>

static bool is_blank(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static char at(struct span text, size_t i)
{
    return i < text.len ? text.data[i] : '\0';
}

static bool is_backslash(char c)
{
    return c == '\\' || c == MATH_BACKSLASH;
}

/* What closes the formula that the text opens; empty if it opens none. */
static struct span closer_of(struct span text)
{
    if (at(text, 0) == '$' && at(text, 1) == '$')
        return SPAN("$$");
    if (at(text, 0) == '$' && text.len > 1 && !is_blank(text.data[1]))
        return SPAN("$");
    if (is_backslash(at(text, 0)) && at(text, 1) == '(')
        return text.data[0] == '\\' ? SPAN("\\)") : SPAN("\x7f)");
    if (is_backslash(at(text, 0)) && at(text, 1) == '[')
        return text.data[0] == '\\' ? SPAN("\\]") : SPAN("\x7f]");
    return (struct span){0};
}

/* Where the closer stands, 0 if nowhere. */
static size_t find_closer(struct span text, size_t from, struct span closer)
{
    size_t end = text.len < MATH_MAX ? text.len : MATH_MAX;
    int depth = 0;

    for (size_t i = from; i < end; i++) {
        char c = text.data[i];

        if (depth <= 0 && c == closer.data[0] && span_starts_with(span_from(text, i), closer)) {
            if (closer.len > 1)
                return i;
            return i > from && !is_blank(text.data[i - 1]) && !is_digit(at(text, i + 1)) ? i : 0;
        }
        if (c == '\\')
            i++;
        else if (c == '{')
            depth++;
        else if (c == '}')
            depth--;
    }
    return 0;
}

size_t math_match(struct span text, struct span *ret_tex, bool *ret_display)
{
    struct span closer = closer_of(text);
    size_t end = closer.len > 0 ? find_closer(text, closer.len, closer) : 0;

    if (end == 0 || span_trim(span_cut(text, closer.len, end)).len == 0)
        return 0;
    *ret_tex = span_cut(text, closer.len, end);
    *ret_display = closer.len == 2 && closer.data[1] != ')';
    return end + closer.len;
}

/* Where the last closer of that kind begins, 0 if nowhere: no formula opens behind it. */
static size_t last_of(struct span text, struct span closer)
{
    const char *found = NULL;
    size_t len = text.len;

    while (len > 0 && (found = memrchr(text.data, closer.data[1], len))) {
        len = (size_t)(found - text.data);
        if (len > 0 && text.data[len - 1] == closer.data[0])
            return len;
    }
    return 0;
}

void math_scan_init(struct math_scan *scan, struct span text)
{
    *scan = (struct math_scan){
        .text = text,
        .last_round = last_of(text, SPAN("\\)")),
        .last_square = last_of(text, SPAN("\\]")),
    };
}

/* Whether a formula may open there, behind a backslash. */
static bool may_open(const struct math_scan *scan, size_t i)
{
    return i <= (at(scan->text, i + 1) == '(' ? scan->last_round : scan->last_square);
}

bool math_scan_next(struct math_scan *scan, struct math_formula *ret)
{
    struct span text = scan->text;
    size_t start = scan->at;

    for (size_t i = start; i < text.len; i++) {
        size_t len = 0;

        if (text.data[i] != '$' && text.data[i] != '\\')
            continue;
        if (text.data[i] == '$' || may_open(scan, i))
            len = math_match(span_from(text, i), &ret->tex, &ret->display);
        if (len > 0) {
            ret->before = span_cut(text, start, i);
            scan->at = i + len;
            return true;
        }
        i += text.data[i] == '\\' || at(text, i + 1) == '$';
    }
    ret->before = span_from(text, start);
    scan->at = text.len;
    return false;
}

bool math_occurs(struct span text)
{
    struct math_scan scan;
    struct math_formula formula;

    math_scan_init(&scan, text);
    return math_scan_next(&scan, &formula);
}

void math_append(struct strbuf *out, struct span tex, bool display, const char *element)
{
    strbuf_append_format(out, "<%s class=\"math %s\">", element, display ? "display" : "inline");
    html_text(out, tex);
    strbuf_append_format(out, "</%s>", element);
}

void math_append_shielded(struct strbuf *out, struct span line)
{
    for (size_t i = 0; i < line.len; i++) {
        char next = at(line, i + 1);

        if (line.data[i] != '\\' || i + 1 == line.len) {
            strbuf_append_char(out, line.data[i]);
            continue;
        }
        strbuf_append_char(out, span_set_has("()[]", next) ? MATH_BACKSLASH : '\\');
        strbuf_append_char(out, next);
        i++;
    }
}

void math_restore(struct strbuf *html)
{
    for (size_t i = 0; i < html->len; i++) {
        if (html->data[i] == MATH_BACKSLASH)
            html->data[i] = '\\';
    }
}
