#include "deck/math.h"

#include "base/escape.h"

#include <string.h>

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static char at(struct span text, size_t i)
{
    return i < text.len ? text.data[i] : '\0';
}

/* `$…$` on one paragraph's text: no blank inside the marks, no digit after. */
static size_t match_dollar(struct span text, struct span *ret_tex)
{
    if (text.len < 3 || is_blank(text.data[1]) || text.data[1] == '$')
        return 0;
    for (size_t i = 1; i < text.len; i++) {
        if (text.data[i] == '\\') {
            i++;
            continue;
        }
        if (text.data[i] == '\n' && at(text, i + 1) == '\n')
            return 0;
        if (text.data[i] != '$')
            continue;
        if (is_blank(text.data[i - 1]) || is_digit(at(text, i + 1)))
            return 0;
        *ret_tex = span_cut(text, 1, i);
        return i + 1;
    }
    return 0;
}

static size_t match_marks(struct span text, const char *close, struct span *ret_tex)
{
    ptrdiff_t end = span_find(span_from(text, 2), span_of(close));

    if (end <= 0)
        return 0;
    *ret_tex = span_cut(text, 2, 2 + (size_t)end);
    return span_trim(*ret_tex).len > 0 ? 4 + (size_t)end : 0;
}

size_t math_match(struct span text, struct span *ret_tex, bool *ret_display)
{
    *ret_display = true;
    if (span_starts_with(text, SPAN("$$")))
        return match_marks(text, "$$", ret_tex);
    if (span_starts_with(text, SPAN("\\[")))
        return match_marks(text, "\\]", ret_tex);
    *ret_display = false;
    if (span_starts_with(text, SPAN("\\(")))
        return match_marks(text, "\\)", ret_tex);
    return at(text, 0) == '$' ? match_dollar(text, ret_tex) : 0;
}

bool math_occurs(struct span text)
{
    bool dollars = true; /* false once one was found to have no end: none behind it has one */

    for (size_t i = 0; i + 2 < text.len; i++) {
        struct span tex;
        bool display;

        if (text.data[i] == '\\' && (text.data[i + 1] == '$' || text.data[i + 1] == '\\')) {
            i++;
            continue;
        }
        if (text.data[i] != '\\' && (text.data[i] != '$' || !dollars))
            continue;
        if (math_match(span_from(text, i), &tex, &display) > 0)
            return true;
        if (text.data[i] == '$' && !memchr(text.data + i + 1, '$', text.len - i - 1))
            dollars = false;
    }
    return false;
}

void math_append(struct strbuf *out, struct span tex, bool display)
{
    strbuf_append_text(out,
                       display ? "<div class=\"math display\">" : "<span class=\"math inline\">");
    html_text(out, tex);
    strbuf_append_text(out, display ? "</div>" : "</span>");
}

void math_setup(void)
{
}

void math_append_node(struct strbuf *out, cmark_node *node)
{
    (void)out;
    (void)node;
}
