#include "deck/diagram.h"

/* What stands behind a key at the start of a line; false where there is another word. */
static bool take_key(struct span line, struct span key, struct span *ret_value)
{
    if (!span_starts_with(line, key))
        return false;
    *ret_value = span_trim(span_from(line, key.len));
    return true;
}

/* A text in front matter may stand in quotes. */
static struct span unquote(struct span text)
{
    bool quoted = text.len >= 2 && (text.data[0] == '"' || text.data[0] == '\'') &&
                  text.data[text.len - 1] == text.data[0];

    return quoted ? span_cut(text, 1, text.len - 1) : text;
}

static void add_line(struct strbuf *out, struct span line)
{
    if (line.len > 0 && out->len > 0)
        strbuf_append_char(out, ' ');
    strbuf_append_span(out, line);
}

/* `accDescr { … }`, of which the first line is given, up to the brace that ends it. */
static void take_lines(struct strbuf *out, struct span line, struct span *rest)
{
    ptrdiff_t end;

    while ((end = span_find_char(line, '}')) < 0) {
        add_line(out, span_trim(line));
        if (!span_next_part(rest, '\n', &line))
            return;
    }
    add_line(out, span_trim(span_cut(line, 0, (size_t)end)));
}

void diagram_init(struct diagram *diagram, struct span source)
{
    struct span rest = source, line, value, plain = {0};
    bool in_front_matter = false;

    *diagram = (struct diagram){.description = STRBUF_INIT};
    while (span_next_part(&rest, '\n', &line)) {
        line = span_trim(line);
        if (span_is(line, "---")) {
            in_front_matter = !in_front_matter;
        } else if (take_key(line, SPAN("accTitle:"), &value)) {
            diagram->title = value;
        } else if (take_key(line, SPAN("accDescr:"), &value)) {
            add_line(&diagram->description, value);
        } else if (take_key(line, SPAN("accDescr"), &value) && value.len > 0 &&
                   value.data[0] == '{') {
            take_lines(&diagram->description, span_from(value, 1), &rest);
        } else if (take_key(line, in_front_matter ? SPAN("title:") : SPAN("title "), &value) ||
                   take_key(line, SPAN("pie title "), &value)) {
            plain = unquote(value);
        }
    }
    if (diagram->title.len == 0)
        diagram->title = plain;
}

void diagram_release(struct diagram *diagram)
{
    strbuf_release(&diagram->description);
}
