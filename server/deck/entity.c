#include "deck/entity.h"

#include "deck/commonmark.h"

enum { ENTITY_MAX = 40 }; /* longer than any name in HTML's table */

static const struct {
    const char *name;
    char text;
} common[] = {{"&amp;", '&'}, {"&lt;", '<'}, {"&gt;", '>'}, {"&quot;", '"'}, {"&#39;", '\''}};

/* Length of "&name;" or "&#12;", 0 if the text does not begin with such. */
static size_t reference_len(struct span text)
{
    for (size_t i = 1; i < text.len && i < ENTITY_MAX; i++) {
        char c = text.data[i];

        if (c == ';')
            return i > 1 ? i + 1 : 0;
        if (!((c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
              (c == '#' && i == 1)))
            return 0;
    }
    return 0;
}

size_t entity_decode(struct strbuf *out, struct span text)
{
    size_t len = reference_len(text);
    cmark_node *document, *paragraph, *inside;
    const char *literal;

    if (len == 0)
        return 0;
    for (size_t i = 0; i < sizeof common / sizeof *common; i++) {
        if (span_is(span_cut(text, 0, len), common[i].name)) {
            strbuf_append_char(out, common[i].text);
            return len;
        }
    }
    document = commonmark_parse(span_cut(text, 0, len), COMMONMARK_PLAIN);
    paragraph = cmark_node_first_child(document);
    inside = paragraph ? cmark_node_first_child(paragraph) : NULL;
    literal = inside ? cmark_node_get_literal(inside) : NULL;
    if (!literal || cmark_node_next(inside) || (literal[0] == '&' && literal[1]))
        len = 0; /* no such name */
    else
        strbuf_append_text(out, literal);
    cmark_node_free(document);
    return len;
}
