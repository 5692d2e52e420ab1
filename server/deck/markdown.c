#include "deck/markdown.h"

#include "base/escape.h"
#include "deck/code.h"
#include "deck/math.h"

#include <cmark-gfm-core-extensions.h>
#include <string.h>

struct writer {
    struct markdown *markdown;
    struct strbuf *html;
    const struct markdown_options *options;
    VEC(size_t) starts; /* offset of each line in the text */
    struct span text;
    unsigned line;             /* where the inlines are */
    unsigned image;            /* depth inside of images, whose content is plain text */
    const uint8_t *alignments; /* of the table that is written */
    unsigned column;
    bool table_head, table_body;
    unsigned footnote; /* number of the last definition */
};

static void note_line(struct writer *writer, unsigned line)
{
    struct markdown_line entry = {writer->html->len, line};

    writer->line = line;
    vec_push(&writer->markdown->lines, entry);
}

static void put(struct writer *writer, const char *html)
{
    strbuf_append_text(writer->html, html);
}

/* A line feed unless one is there. */
static void put_break(struct writer *writer)
{
    if (writer->html->len > 0 && writer->html->data[writer->html->len - 1] != '\n')
        strbuf_append_char(writer->html, '\n');
}

static void put_attribute(struct writer *writer, const char *name, struct span value)
{
    strbuf_append_format(writer->html, " %s=\"", name);
    html_attr(writer->html, value);
    strbuf_append_char(writer->html, '"');
}

/* What marked's encodeURI and cmark leave alone; the rest becomes %XX. */
static bool is_url_char(unsigned char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           (c != '\0' && strchr("-_.+!*'(),%#@?=;:/&$~", c));
}

static void put_url(struct writer *writer, const char *name, const char *url)
{
    struct strbuf encoded = STRBUF_INIT;

    for (; *url; url++) {
        if (is_url_char((unsigned char)*url))
            strbuf_append_char(&encoded, *url);
        else
            strbuf_append_format(&encoded, "%%%02X", (unsigned char)*url);
    }
    put_attribute(writer, name, strbuf_span(&encoded));
    strbuf_release(&encoded);
}

/* Raw HTML, with an entry for each of its lines. */
static void put_raw(struct writer *writer, const char *html)
{
    struct span rest = span_of(html), line;
    bool first = true;

    while (span_next_line(&rest, &line)) {
        if (!first) {
            strbuf_append_char(writer->html, '\n');
            note_line(writer, writer->line + 1);
        }
        strbuf_append_span(writer->html, line);
        first = false;
    }
}

static bool blank_before(const struct writer *writer, unsigned line)
{
    struct span before;

    if (line < 2 || line > writer->starts.count)
        return false;
    before = span_cut(writer->text, writer->starts.items[line - 2], writer->starts.items[line - 1]);
    while (before.len > 0 && strchr(" \t\r\n>", before.data[0]))
        before = span_from(before, 1);
    return before.len == 0;
}

static void html_block(struct writer *writer, cmark_node *node)
{
    /* Whether a blank line is before a comment decides which element it speaks of. */
    if (cmark_node_previous(node) &&
        blank_before(writer, (unsigned)cmark_node_get_start_line(node)))
        put(writer, "\n");
    put_raw(writer, cmark_node_get_literal(node));
    put(writer, "\n");
}

static void code_block(struct writer *writer, cmark_node *node)
{
    struct span text = span_of(cmark_node_get_literal(node));
    struct code_info info;

    if (span_ends_with(text, SPAN("\n")))
        text.len--;
    code_info_parse(&info, span_of(cmark_node_get_fence_info(node)));
    if (writer->options->mermaid && span_is_nocase(info.language, "mermaid")) {
        put(writer, "<pre class=\"mermaid\">\n");
        html_text(writer->html, text);
        put(writer, "</pre>\n");
        code_info_release(&info);
        return;
    }
    put(writer, "<pre><code");
    if (info.words.len > 0) {
        put(writer, " class=\"");
        html_attr(writer->html, strbuf_span(&info.words));
        put(writer, " language-");
        html_attr(writer->html, info.language);
        put(writer, "\"");
    }
    if (info.numbers)
        put_attribute(writer, "data-line-numbers", info.steps);
    if (info.start.len > 0)
        put_attribute(writer, "data-ln-start-from", info.start);
    put(writer, ">");
    html_text(writer->html, text);
    put(writer, "</code></pre>\n");
    code_info_release(&info);
}

static void list(struct writer *writer, cmark_node *node, bool enter)
{
    bool ordered = cmark_node_get_list_type(node) == CMARK_ORDERED_LIST;
    int start = cmark_node_get_list_start(node);

    put_break(writer);
    if (!enter)
        put(writer, ordered ? "</ol>\n" : "</ul>\n");
    else if (ordered && start != 1)
        strbuf_append_format(writer->html, "<ol start=\"%d\">\n", start);
    else
        put(writer, ordered ? "<ol>\n" : "<ul>\n");
}

static void item(struct writer *writer, cmark_node *node, bool enter)
{
    if (!enter) {
        put(writer, "</li>\n");
        return;
    }
    put_break(writer);
    put(writer, writer->options->animate_lists ? "<li class=\"fragment\">" : "<li>");
    if (strcmp(cmark_node_get_type_string(node), "tasklist") == 0)
        put(writer, cmark_gfm_extensions_get_tasklist_item_checked(node)
                        ? "<input checked=\"\" disabled=\"\" type=\"checkbox\"> "
                        : "<input disabled=\"\" type=\"checkbox\"> ");
}

static bool in_tight_item(cmark_node *paragraph)
{
    cmark_node *list = cmark_node_parent(cmark_node_parent(paragraph));

    return list && cmark_node_get_type(list) == CMARK_NODE_LIST && cmark_node_get_list_tight(list);
}

/* The links back from a footnote to where it was referred to. */
static void footnote_back(struct writer *writer)
{
    strbuf_append_format(writer->html,
                         " <a href=\"#fnref-%u-%u\" class=\"footnote-back\" "
                         "aria-label=\"Back to the text\">↩</a>",
                         writer->options->slide, writer->footnote);
}

static void paragraph(struct writer *writer, cmark_node *node, bool enter)
{
    cmark_node *parent = cmark_node_parent(node);

    if (in_tight_item(node)) {
        if (!enter && cmark_node_next(node))
            put(writer, "\n");
        return;
    }
    if (enter) {
        put_break(writer);
        put(writer, "<p>");
        return;
    }
    if (cmark_node_get_type(parent) == CMARK_NODE_FOOTNOTE_DEFINITION && !cmark_node_next(node))
        footnote_back(writer);
    put(writer, "</p>\n");
}

static void heading(struct writer *writer, cmark_node *node, bool enter)
{
    if (enter)
        put_break(writer);
    strbuf_append_format(writer->html, enter ? "<h%d>" : "</h%d>\n",
                         cmark_node_get_heading_level(node));
}

static void footnote_definition(struct writer *writer, cmark_node *node, bool enter)
{
    bool more;

    if (enter) {
        put_break(writer);
        if (writer->footnote++ == 0)
            put(writer, "<div class=\"footnotes\" role=\"doc-endnotes\">\n<ol>\n");
        strbuf_append_format(writer->html, "<li id=\"fn-%u-%u\">\n", writer->options->slide,
                             writer->footnote);
        return;
    }
    more = cmark_node_next(node) &&
           cmark_node_get_type(cmark_node_next(node)) == CMARK_NODE_FOOTNOTE_DEFINITION;
    put(writer, more ? "</li>\n" : "</li>\n</ol>\n</div>\n");
}

static void footnote_reference(struct writer *writer, cmark_node *node)
{
    const char *number = cmark_node_get_literal(node);

    strbuf_append_format(writer->html,
                         "<sup class=\"footnote-ref\"><a href=\"#fn-%u-%s\" "
                         "id=\"fnref-%u-%s\" role=\"doc-noteref\">%s</a></sup>",
                         writer->options->slide, number, writer->options->slide, number, number);
}

static void table(struct writer *writer, cmark_node *node, bool enter)
{
    put_break(writer);
    if (enter) {
        writer->alignments = cmark_gfm_extensions_get_table_alignments(node);
        writer->table_body = false;
        put(writer, "<table>\n");
        return;
    }
    put(writer, writer->table_body ? "</tbody>\n</table>\n" : "</table>\n");
}

static void table_row(struct writer *writer, cmark_node *node, bool enter)
{
    bool head = cmark_gfm_extensions_get_table_row_is_header(node);

    put_break(writer);
    if (!enter) {
        put(writer, head ? "</tr>\n</thead>\n" : "</tr>\n");
        return;
    }
    writer->column = 0;
    writer->table_head = head;
    if (head)
        put(writer, "<thead>\n");
    else if (!writer->table_body)
        put(writer, "<tbody>\n");
    writer->table_body = writer->table_body || !head;
    put(writer, "<tr>\n");
}

static void table_cell(struct writer *writer, bool enter)
{
    uint8_t align = writer->alignments[writer->column];

    if (!enter) {
        put(writer, writer->table_head ? "</th>\n" : "</td>\n");
        writer->column++;
        return;
    }
    put(writer, writer->table_head ? "<th" : "<td");
    if (align)
        put(writer, align == 'l'   ? " align=\"left\""
                    : align == 'c' ? " align=\"center\""
                                   : " align=\"right\"");
    put(writer, ">");
}

/* Nodes of extensions are known by their names only. */
static void extension(struct writer *writer, cmark_node *node, bool enter)
{
    const char *type = cmark_node_get_type_string(node);

    if (strcmp(type, "table") == 0)
        table(writer, node, enter);
    else if (strcmp(type, "table_row") == 0 || strcmp(type, "table_header") == 0)
        table_row(writer, node, enter);
    else if (strcmp(type, "table_cell") == 0)
        table_cell(writer, enter);
    else if (strcmp(type, "strikethrough") == 0)
        put(writer, enter ? "<del>" : "</del>");
    else if (strcmp(type, "math") == 0 && enter)
        math_append_node(writer->html, node);
}

static void link(struct writer *writer, cmark_node *node, bool enter)
{
    const char *title = cmark_node_get_title(node);

    if (!enter) {
        put(writer, "</a>");
        return;
    }
    put(writer, "<a");
    put_url(writer, "href", cmark_node_get_url(node));
    if (title && *title)
        put_attribute(writer, "title", span_of(title));
    put(writer, ">");
}

static void image(struct writer *writer, cmark_node *node, bool enter)
{
    const char *title = cmark_node_get_title(node);

    if (enter) {
        put(writer, "<img");
        put_url(writer, "src", cmark_node_get_url(node));
        put(writer, " alt=\"");
        writer->image++;
        return;
    }
    writer->image--;
    put(writer, "\"");
    if (title && *title)
        put_attribute(writer, "title", span_of(title));
    put(writer, ">");
}

static void line_break(struct writer *writer, bool hard)
{
    put(writer, hard ? "<br>\n" : "\n");
    note_line(writer, writer->line + 1);
}

static void inline_node(struct writer *writer, cmark_node *node, bool enter)
{
    struct span literal = span_of(cmark_node_get_literal(node));

    switch ((unsigned)cmark_node_get_type(node)) {
    case CMARK_NODE_TEXT:
        html_text(writer->html, literal);
        break;
    case CMARK_NODE_CODE:
        put(writer, "<code>");
        html_text(writer->html, literal);
        put(writer, "</code>");
        break;
    case CMARK_NODE_HTML_INLINE:
        put_raw(writer, literal.data);
        break;
    case CMARK_NODE_SOFTBREAK:
    case CMARK_NODE_LINEBREAK:
        line_break(writer, cmark_node_get_type(node) == CMARK_NODE_LINEBREAK);
        break;
    case CMARK_NODE_EMPH:
        put(writer, enter ? "<em>" : "</em>");
        break;
    case CMARK_NODE_STRONG:
        put(writer, enter ? "<strong>" : "</strong>");
        break;
    case CMARK_NODE_LINK:
        link(writer, node, enter);
        break;
    case CMARK_NODE_FOOTNOTE_REFERENCE:
        if (enter)
            footnote_reference(writer, node);
        break;
    default:
        extension(writer, node, enter);
        break;
    }
}

static void block_node(struct writer *writer, cmark_node *node, bool enter)
{
    if (enter)
        note_line(writer, (unsigned)cmark_node_get_start_line(node));
    switch ((unsigned)cmark_node_get_type(node)) {
    case CMARK_NODE_DOCUMENT:
        break;
    case CMARK_NODE_BLOCK_QUOTE:
        put_break(writer);
        put(writer, enter ? "<blockquote>\n" : "</blockquote>\n");
        break;
    case CMARK_NODE_LIST:
        list(writer, node, enter);
        break;
    case CMARK_NODE_ITEM:
        item(writer, node, enter);
        break;
    case CMARK_NODE_CODE_BLOCK:
        put_break(writer);
        code_block(writer, node);
        break;
    case CMARK_NODE_HTML_BLOCK:
        put_break(writer);
        html_block(writer, node);
        break;
    case CMARK_NODE_PARAGRAPH:
        paragraph(writer, node, enter);
        break;
    case CMARK_NODE_HEADING:
        heading(writer, node, enter);
        break;
    case CMARK_NODE_THEMATIC_BREAK:
        put_break(writer);
        put(writer, "<hr>\n");
        break;
    case CMARK_NODE_FOOTNOTE_DEFINITION:
        footnote_definition(writer, node, enter);
        break;
    default: /* tables, task list items */
        if (strcmp(cmark_node_get_type_string(node), "tasklist") == 0)
            item(writer, node, enter);
        else
            extension(writer, node, enter);
        break;
    }
}

/* Inside of a picture's description only text counts. */
static void plain_node(struct writer *writer, cmark_node *node)
{
    switch ((unsigned)cmark_node_get_type(node)) {
    case CMARK_NODE_TEXT:
    case CMARK_NODE_CODE:
    case CMARK_NODE_HTML_INLINE:
        html_attr(writer->html, span_of(cmark_node_get_literal(node)));
        break;
    case CMARK_NODE_SOFTBREAK:
    case CMARK_NODE_LINEBREAK:
        put(writer, " ");
        break;
    default:
        break;
    }
}

static void write_node(struct writer *writer, cmark_node *node, bool enter)
{
    unsigned type = cmark_node_get_type(node);

    if (type == CMARK_NODE_IMAGE) {
        if (writer->image == 0 || (!enter && writer->image == 1))
            image(writer, node, enter);
        else
            writer->image += enter ? 1 : -1U;
    } else if (writer->image > 0) {
        if (enter)
            plain_node(writer, node);
    } else if ((type & CMARK_NODE_TYPE_MASK) == CMARK_NODE_TYPE_INLINE) {
        inline_node(writer, node, enter);
    } else {
        block_node(writer, node, enter);
    }
}

void markdown_render(struct markdown *markdown, struct span text,
                     const struct markdown_options *options)
{
    struct writer writer = {
        .markdown = markdown, .html = &markdown->html, .options = options, .text = text};
    cmark_node *document = commonmark_parse(text, options->dialect);
    cmark_iter *iter = cmark_iter_new(document);
    cmark_event_type event;
    struct span rest = text, line;

    *markdown = (struct markdown){.html = STRBUF_INIT};
    while (span_next_line(&rest, &line))
        vec_push(&writer.starts, (size_t)(line.data - text.data));
    while ((event = cmark_iter_next(iter)) != CMARK_EVENT_DONE)
        write_node(&writer, cmark_iter_get_node(iter), event == CMARK_EVENT_ENTER);
    cmark_iter_free(iter);
    cmark_node_free(document);
    vec_release(&writer.starts);
}

void markdown_release(struct markdown *markdown)
{
    strbuf_release(&markdown->html);
    vec_release(&markdown->lines);
}

unsigned markdown_line_at(const struct markdown *markdown, size_t offset)
{
    size_t low = 0, high = markdown->lines.count;

    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;

        if (markdown->lines.items[middle].offset <= offset)
            low = middle;
        else
            high = middle;
    }
    return markdown->lines.count > 0 ? markdown->lines.items[low].line : 1;
}
