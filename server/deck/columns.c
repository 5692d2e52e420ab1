#include "deck/columns.h"

#include "base/escape.h"
#include "deck/attributes.h"

#include <string.h>

struct tag {
    struct strbuf classes, others;
};

static void add_class(struct tag *tag, struct span name)
{
    if (tag->classes.len > 0)
        strbuf_append_char(&tag->classes, ' ');
    html_attr(&tag->classes, name);
}

static void add_other(struct tag *tag, const char *name, struct span value)
{
    strbuf_append_format(&tag->others, " %s=\"", name);
    html_attr(&tag->others, value);
    strbuf_append_char(&tag->others, '"');
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t';
}

static struct span next_word(struct span *rest)
{
    size_t len = 0;
    struct span word;

    while (len < rest->len && !is_blank(rest->data[len]))
        len++;
    word = span_cut(*rest, 0, len);
    *rest = span_from(*rest, len);
    return word;
}

/* key="value"; the width of a column is a matter of style. False if it is no attribute. */
static bool add_pair(struct tag *tag, struct span *rest)
{
    enum attributes_fault fault;
    struct span name, value;
    struct strbuf text = STRBUF_INIT;

    if (!attributes_next(rest, &name, &value, &fault) ||
        (fault != ATTRIBUTES_FINE && fault != ATTRIBUTES_UNQUOTED))
        return false;
    if (span_is(name, "width")) {
        strbuf_append_format(&text, "flex-basis:%.*s;width:%.*s", (int)value.len, value.data,
                             (int)value.len, value.data);
        add_other(tag, "style", strbuf_span(&text));
    } else if (span_is(name, "class")) {
        add_class(tag, value);
    } else {
        strbuf_append_span(&text, name);
        add_other(tag, text.data, value);
    }
    strbuf_release(&text);
    return true;
}

static bool parse_braces(struct tag *tag, struct span inside)
{
    while (inside.len > 0) {
        if (is_blank(inside.data[0])) {
            inside = span_from(inside, 1);
        } else if (inside.data[0] == '.') {
            add_class(tag, span_from(next_word(&inside), 1));
        } else if (inside.data[0] == '#') {
            add_other(tag, "id", span_from(next_word(&inside), 1));
        } else if (!add_pair(tag, &inside)) {
            return false;
        }
    }
    return tag->classes.len > 0 || tag->others.len > 0;
}

static bool is_name(struct span name)
{
    for (size_t i = 0; i < name.len; i++) {
        char c = name.data[i];

        if (!((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == '-' ||
              (c >= '0' && c <= '9')))
            return false;
    }
    return name.len > 0;
}

enum columns_line columns_line(struct span line, struct strbuf *out)
{
    struct tag tag = {STRBUF_INIT, STRBUF_INIT};
    size_t indent = 0, colons = 0;
    bool fits;

    while (indent < line.len && line.data[indent] == ' ')
        indent++;
    while (indent + colons < line.len && line.data[indent + colons] == ':')
        colons++;
    if (indent > 3 || colons < 3)
        return COLUMNS_NONE;
    line = span_trim(span_from(line, indent + colons));
    if (line.len == 0)
        return COLUMNS_CLOSE;
    while (line.len > 0 && line.data[line.len - 1] == ':') /* pandoc allows colons behind */
        line = span_trim(span_cut(line, 0, line.len - 1));
    if (line.len > 1 && line.data[0] == '.') /* ::: .name, as in vscode-reveal */
        line = span_from(line, 1);
    fits = line.len > 1 && line.data[0] == '{' && line.data[line.len - 1] == '}';
    if (fits)
        fits = parse_braces(&tag, span_cut(line, 1, line.len - 1));
    else if ((fits = is_name(line)))
        add_class(&tag, line);
    if (fits) {
        strbuf_append_text(out, "<div");
        if (tag.classes.len > 0)
            strbuf_append_format(out, " class=\"%s\"", tag.classes.data);
        strbuf_append_span(out, strbuf_span(&tag.others));
        strbuf_append_char(out, '>');
    }
    strbuf_release(&tag.classes);
    strbuf_release(&tag.others);
    return fits ? COLUMNS_OPEN : COLUMNS_NONE;
}
