#include "deck/drawn_words.h"

#include "base/ascii.h"

enum { GROUP_MAX = 200 }; /* bytes of an argument that is not shown */

/* Commands that are drawn as a sign, or only say how the rest is drawn. */
static const struct command {
    const char *name, *shown;
} commands[] = {
    {"frac", ""},        {"dfrac", ""},        {"tfrac", ""},      {"cfrac", ""},
    {"left", ""},        {"right", ""},        {"middle", ""},     {"big", ""},
    {"Big", ""},         {"bigg", ""},         {"Bigg", ""},       {"bigl", ""},
    {"bigr", ""},        {"Bigl", ""},         {"Bigr", ""},       {"biggl", ""},
    {"biggr", ""},       {"Biggl", ""},        {"Biggr", ""},      {"displaystyle", ""},
    {"scriptstyle", ""}, {"limits", ""},       {"nolimits", ""},   {"quad", ""},
    {"qquad", ""},       {"operatorname", ""}, {"boldsymbol", ""}, {"bm", ""},
    {"hat", ""},         {"widehat", ""},      {"bar", ""},        {"overline", ""},
    {"underline", ""},   {"tilde", ""},        {"widetilde", ""},  {"vec", ""},
    {"dot", ""},         {"ddot", ""},         {"overbrace", ""},  {"underbrace", ""},
    {"overset", ""},     {"underset", ""},     {"stackrel", ""},   {"boxed", ""},
    {"hline", ""},       {"rm", ""},           {"bf", ""},         {"it", ""},
    {"nonumber", ""},    {"notag", ""},        {"cdot", "·"},      {"times", "×"},
    {"div", "÷"},        {"pm", "±"},          {"to", "→"},        {"rightarrow", "→"},
    {"leftarrow", "←"},  {"Rightarrow", "⇒"},  {"implies", "⇒"},   {"iff", "⇔"},
    {"mapsto", "↦"},     {"le", "≤"},          {"leq", "≤"},       {"ge", "≥"},
    {"geq", "≥"},        {"ne", "≠"},          {"neq", "≠"},       {"approx", "≈"},
    {"equiv", "≡"},      {"dots", "…"},        {"ldots", "…"},     {"cdots", "…"},
    {"mid", "|"},        {"lvert", "|"},       {"rvert", "|"},     {"langle", "⟨"},
    {"rangle", "⟩"},     {"lbrace", "{"},      {"rbrace", "}"},
};

/* Commands whose first argument is not shown. */
static const char *const silent[] = {"begin", "end",     "color", "textcolor", "hspace", "vspace",
                                     "label", "phantom", "tag",   "htmlClass", "href",   "url"};

/* What is shown for a command; itself where it is not known. */
static struct span shown_for(struct span name)
{
    for (size_t i = 0; i < sizeof commands / sizeof *commands; i++)
        if (span_is(name, commands[i].name))
            return span_of(commands[i].shown);
    if (span_starts_with(name, SPAN("math")) || span_starts_with(name, SPAN("text")))
        return SPAN(""); /* a font */
    return name;
}

static bool is_silent(struct span name)
{
    for (size_t i = 0; i < sizeof silent / sizeof *silent; i++)
        if (span_is(name, silent[i]))
            return true;
    return false;
}

/* How long the group is that the text begins with, blanks before it included; 0 for none. */
static size_t group_length(struct span text)
{
    size_t i = 0, depth = 0;

    while (i < text.len && text.data[i] == ' ')
        i++;
    for (; i < text.len && i < GROUP_MAX; i++) {
        depth += text.data[i] == '{';
        if (depth == 0)
            return 0;
        if (text.data[i] == '}' && --depth == 0)
            return i + 1;
        i += text.data[i] == '\\';
    }
    return 0;
}

/* A backslash and what belongs to it; how long that is. */
static size_t append_command(struct strbuf *out, struct span text)
{
    size_t len = 1;
    struct span name;

    while (len < text.len && ascii_is_letter(text.data[len]))
        len++;
    name = span_cut(text, 1, len);
    if (name.len == 0) { /* \{ and \% are shown; \, and \\ are gaps */
        bool is_shown = len < text.len && span_set_has("{}%$_&#|", text.data[len]);
        bool is_sign = len < text.len && (unsigned char)text.data[len] < 0x80;

        strbuf_append_char(out, is_shown ? text.data[len] : ' ');
        return is_sign ? len + 1 : len;
    }
    strbuf_append_char(out, ' ');
    if (is_silent(name))
        return len + group_length(span_from(text, len));
    strbuf_append_span(out, shown_for(name));
    strbuf_append_char(out, ' ');
    return len;
}

/* x^2 and x_{i} stay as they are written in plain text; longer ones follow after a blank. */
static size_t append_script(struct strbuf *out, struct span text)
{
    bool attached = out->len > 0 && out->data[out->len - 1] != ' ';
    bool single = text.len > 1 && !span_set_has("{}\\ ", text.data[1]);
    bool in_braces = text.len > 3 && text.data[1] == '{' && text.data[3] == '}' &&
                     !span_set_has("{}\\ ", text.data[2]);

    if (!attached || (!single && !in_braces)) {
        strbuf_append_char(out, ' ');
        return 1;
    }
    strbuf_append_char(out, text.data[0]);
    if (single)
        return 1;
    strbuf_append_char(out, text.data[2]);
    return 4;
}

void formula_append_words(struct strbuf *out, struct span tex)
{
    size_t i = 0;

    strbuf_append_char(out, ' ');
    while (i < tex.len) {
        struct span rest = span_from(tex, i);
        char c = tex.data[i];

        if (c == '\\') {
            i += append_command(out, rest);
        } else if (c == '^' || c == '_') {
            i += append_script(out, rest);
        } else {
            strbuf_append_char(out, span_set_has("{}&~\t\r\n", c) ? ' ' : c);
            i++;
        }
    }
    strbuf_append_char(out, ' ');
}
