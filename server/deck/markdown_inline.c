#include "base/escape.h"
#include "deck/markdown_writer.h"
#include "deck/tree.h"

#include <string.h>

/* What marked's encodeURI and cmark leave alone; the rest becomes %XX. */
static bool is_url_char(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           span_set_has("-_.+!*'(),%#@?=;:/&$~", c);
}

static void put_url(struct writer *writer, const char *name, const char *url)
{
    struct strbuf encoded = STRBUF_INIT;

    for (; *url; url++) {
        if (is_url_char(*url))
            strbuf_append_char(&encoded, *url);
        else
            strbuf_append_format(&encoded, "%%%02X", (unsigned char)*url);
    }
    writer_attribute(writer, name, strbuf_span(&encoded));
    strbuf_release(&encoded);
}

/* A footnote may be referred to again and again; each place needs an id of its own. */
static unsigned count_reference(struct writer *writer, const char *label)
{
    unsigned long number = strtoul(label, NULL, 10);

    while (writer->references.count <= number)
        vec_push(&writer->references, 0);
    return ++writer->references.items[number];
}

static void footnote_reference(struct writer *writer, cmark_node *node)
{
    const char *number = cmark_node_get_literal(node); /* cmark has numbered them */
    unsigned slide = writer->options->slide, nth = count_reference(writer, number);

    strbuf_append_format(writer->html,
                         "<sup class=\"footnote-ref\"><a href=\"#fn-%u-%s\" id=\"fnref-%u-%s",
                         slide, number, slide, number);
    if (nth > 1)
        strbuf_append_format(writer->html, "-%u", nth);
    strbuf_append_format(writer->html, "\" role=\"doc-noteref\">%s</a></sup>", number);
}

/* Whether the link was made of an address in the text. */
static bool is_bare_link(cmark_node *link)
{
    cmark_node *text = cmark_node_first_child(link);

    return cmark_node_get_type(text) == CMARK_NODE_TEXT && text == cmark_node_last_child(link) &&
           span_ends_with(span_of(cmark_node_get_url(link)), span_of(cmark_node_get_literal(text)));
}

static void link(struct writer *writer, cmark_node *node, bool enter)
{
    const char *title = cmark_node_get_title(node);
    struct strbuf url = STRBUF_INIT;
    bool bare = is_bare_link(node);

    if (bare && writer->raw_link)
        return;
    if (!enter) {
        writer_put(writer, "</a>");
        return;
    }
    if (bare) /* entities are entities there, too, which cmark's extension leaves */
        tree_decode(&url, span_of(cmark_node_get_url(node)));
    else
        strbuf_append_text(&url, cmark_node_get_url(node));
    writer_put(writer, "<a");
    put_url(writer, "href", url.data);
    if (title && *title)
        writer_attribute(writer, "title", span_of(title));
    writer_put(writer, ">");
    strbuf_release(&url);
}

void markdown_image(struct writer *writer, cmark_node *node, bool enter)
{
    const char *title = cmark_node_get_title(node);

    if (enter) {
        writer_put(writer, "<img");
        put_url(writer, "src", cmark_node_get_url(node));
        writer_put(writer, " alt=\"");
        writer->image++;
        return;
    }
    writer->image--;
    writer_put(writer, "\"");
    if (title && *title)
        writer_attribute(writer, "title", span_of(title));
    writer_put(writer, ">");
}

/* Whether the next line of the source is indented otherwise than its paragraph. */
static bool odd_indent_next(const struct writer *writer)
{
    unsigned indent = 0;

    if (writer->line < writer->starts.count) {
        struct span line = span_from(writer->text, writer->starts.items[writer->line]);

        while (indent < line.len && line.data[indent] == ' ')
            indent++;
    }
    return indent > 0 && indent + 1 != writer->block_column;
}

/*
 * Behind a break marked leaves nothing but what its lists do not take off of the next line's
 * indentation; it is white space in the text.
 */
static void line_break(struct writer *writer, bool hard)
{
    if (hard)
        writer_put(writer, "<br>");
    if (!hard || odd_indent_next(writer))
        writer_put(writer, "\n");
    writer_line(writer, writer->line + 1);
}

static size_t short_code_len(struct span text)
{
    size_t len = 0;

    while (len < text.len && ((text.data[len] >= 'a' && text.data[len] <= 'z') ||
                              span_set_has("0123456789_+-", text.data[len])))
        len++;
    return len < text.len && text.data[len] == ':' ? len : 0;
}

/* The text, with `:name:` replaced where it is an emoji's. */
static void put_text(struct writer *writer, struct span text)
{
    ptrdiff_t colon;

    while (writer->options->emoji && (colon = span_find_char(text, ':')) >= 0) {
        struct span name = span_from(text, (size_t)colon + 1);
        size_t len = short_code_len(name);
        const char *emoji = len > 0 ? writer->options->emoji(span_cut(name, 0, len)) : NULL;

        html_text(writer->html, span_cut(text, 0, (size_t)colon + !emoji));
        if (emoji)
            writer_put(writer, emoji);
        text = emoji ? span_from(name, len + 1) : name;
    }
    html_text(writer->html, text);
}

/* The text of an address that links itself stays as it is. */
static void text_node(struct writer *writer, cmark_node *node)
{
    cmark_node *parent = cmark_node_parent(node);
    struct span text = span_of(cmark_node_get_literal(node));
    struct strbuf decoded = STRBUF_INIT;

    if (cmark_node_get_type(parent) == CMARK_NODE_LINK && is_bare_link(parent)) {
        tree_decode(&decoded, text);
        html_text(writer->html, strbuf_span(&decoded));
    } else {
        put_text(writer, text);
    }
    strbuf_release(&decoded);
}

/* As marked, from the author's `<a …>` to the next `</a>` no address in the text is a link. */
static void raw_html(struct writer *writer, struct span html)
{
    if (span_is_nocase(span_cut(html, 0, 3), "<a "))
        writer->raw_link = true;
    else if (span_is_nocase(html, "</a>"))
        writer->raw_link = false;
    writer_raw(writer, html.data);
}

void markdown_inline(struct writer *writer, cmark_node *node, bool enter)
{
    struct span literal = span_of(cmark_node_get_literal(node));

    switch ((unsigned)cmark_node_get_type(node)) {
    case CMARK_NODE_TEXT:
        text_node(writer, node);
        break;
    case CMARK_NODE_CODE:
        writer_put(writer, "<code>");
        html_text(writer->html, literal);
        writer_put(writer, "</code>");
        break;
    case CMARK_NODE_HTML_INLINE: /* and math */
        raw_html(writer, literal);
        break;
    case CMARK_NODE_SOFTBREAK:
    case CMARK_NODE_LINEBREAK:
        line_break(writer, cmark_node_get_type(node) == CMARK_NODE_LINEBREAK);
        break;
    case CMARK_NODE_EMPH:
        writer_put(writer, enter ? "<em>" : "</em>");
        break;
    case CMARK_NODE_STRONG:
        writer_put(writer, enter ? "<strong>" : "</strong>");
        break;
    case CMARK_NODE_LINK:
        link(writer, node, enter);
        break;
    case CMARK_NODE_FOOTNOTE_REFERENCE:
        if (enter)
            footnote_reference(writer, node);
        break;
    default:
        if (strcmp(cmark_node_get_type_string(node), "strikethrough") == 0)
            writer_put(writer, enter ? "<del>" : "</del>");
        break;
    }
}

void markdown_plain(struct writer *writer, cmark_node *node)
{
    switch ((unsigned)cmark_node_get_type(node)) {
    case CMARK_NODE_TEXT:
    case CMARK_NODE_CODE:
    case CMARK_NODE_HTML_INLINE:
        html_attr(writer->html, span_of(cmark_node_get_literal(node)));
        break;
    case CMARK_NODE_SOFTBREAK:
    case CMARK_NODE_LINEBREAK:
        writer_put(writer, " ");
        break;
    default:
        break;
    }
}
