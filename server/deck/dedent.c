#include "deck/dedent.h"

#include <stdbool.h>

static size_t leading(struct span text, char c)
{
    size_t len = 0;

    while (len < text.len && text.data[len] == c)
        len++;
    return len;
}

struct span dedent(struct span text, struct strbuf *memory)
{
    struct span rest = text, line;
    size_t indent;
    char blank;

    if (rest.len > 0 && rest.data[0] == '\n')
        rest = span_from(rest, 1);
    if (rest.len == 0 || (rest.data[0] != ' ' && rest.data[0] != '\t'))
        return text;
    blank = rest.data[0];
    indent = leading(rest, blank);
    if (rest.len == indent || rest.data[indent] == '\n' || (blank == ' ' && indent == 1))
        return text;
    strbuf_reset(memory);
    strbuf_reserve(memory, text.len);
    rest = text;
    while (span_next_line(&rest, &line)) {
        bool has = leading(line, blank) >= indent;

        strbuf_append_span(memory, span_from(line, has ? indent : 0));
        strbuf_append_char(memory, '\n');
    }
    return strbuf_span(memory);
}
