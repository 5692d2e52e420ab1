#include "deck/markdown.h"

#include "base/escape.h"
#include "deck/code.h"
#include "deck/markdown_writer.h"

#include <cmark-gfm-core-extensions.h>
#include <string.h>

void writer_line(struct writer *writer, unsigned line)
{
    struct markdown_line entry = {writer->html->len, line};

    writer->line = line;
    vec_push(&writer->markdown->lines, entry);
}

void writer_put(struct writer *writer, const char *html)
{
    strbuf_append_text(writer->html, html);
}

void writer_break(struct writer *writer)
{
    if (writer->html->len > 0 && writer->html->len != writer->glue &&
        writer->html->data[writer->html->len - 1] != '\n')
        strbuf_append_char(writer->html, '\n');
}

void writer_attribute(struct writer *writer, const char *name, struct span value)
{
    strbuf_append_format(writer->html, " %s=\"", name);
    html_attr(writer->html, value);
    strbuf_append_char(writer->html, '"');
}

void writer_raw(struct writer *writer, const char *html)
{
    struct span rest = span_of(html), line;
    bool first = true;

    while (span_next_line(&rest, &line)) {
        if (!first) {
            strbuf_append_char(writer->html, '\n');
            writer_line(writer, writer->line + 1);
        }
        strbuf_append_span(writer->html, line);
        first = false;
    }
}

static bool blank_before(const struct writer *writer, unsigned line)
{
    struct span before;

    if (line < 2 || line > writer->starts.count || !writer->starts.items)
        return false;
    before = span_cut(writer->text, writer->starts.items[line - 2], writer->starts.items[line - 1]);
    while (before.len > 0 && span_set_has(" \t\r\n>", before.data[0]))
        before = span_from(before, 1);
    return before.len == 0;
}

static void html_block(struct writer *writer, cmark_node *node)
{
    /* Whether a blank line is before a comment decides which element it speaks of. */
    if (cmark_node_previous(node) &&
        blank_before(writer, (unsigned)cmark_node_get_start_line(node)))
        writer_put(writer, "\n");
    writer_raw(writer, cmark_node_get_literal(node));
    writer_put(writer, "\n");
}

/* The next block follows without white space. */
static void glue(struct writer *writer)
{
    writer->glue = writer->html->len;
}

/*
 * marked puts a line break behind code only where the author left a line blank behind the fence;
 * else white space is there if the text behind it is indented.
 */
static void end_code(struct writer *writer, cmark_node *node)
{
    cmark_node *next = cmark_node_next(node);
    int length, indent = 4, column = cmark_node_get_start_column(node);
    char character;
    bool fenced = cmark_node_get_fenced(node, &length, &indent, &character);
    bool apart = false;

    if (next)
        apart = (fenced && blank_before(writer, (unsigned)cmark_node_get_start_line(next))) ||
                (cmark_node_get_type(next) == CMARK_NODE_PARAGRAPH &&
                 cmark_node_get_start_column(next) > column - indent);
    writer_put(writer, apart ? "</code></pre>\n" : "</code></pre>");
    glue(writer);
}

/* Likewise for what is directly below an item's text and does not begin with white space itself. */
static void end_tight_text(struct writer *writer, cmark_node *next)
{
    cmark_node_type type = cmark_node_get_type(next);

    if (type == CMARK_NODE_CODE_BLOCK || type == CMARK_NODE_HEADING ||
        type == CMARK_NODE_HTML_BLOCK)
        glue(writer);
    else
        writer_put(writer, "\n");
}

static void code_block(struct writer *writer, cmark_node *node)
{
    struct span text = span_of(cmark_node_get_literal(node));
    struct code_info info;

    if (span_ends_with(text, SPAN("\n")))
        text.len--;
    code_info_parse(&info, span_of(cmark_node_get_fence_info(node)));
    if (writer->options->mermaid && span_is_nocase(info.language, "mermaid")) {
        writer_put(writer, "<pre class=\"mermaid\"><code>");
        html_text(writer->html, text);
        end_code(writer, node);
        code_info_release(&info);
        return;
    }
    writer_put(writer, "<pre><code");
    if (info.words.len > 0) {
        writer_put(writer, " class=\"");
        html_attr(writer->html, strbuf_span(&info.words));
        writer_put(writer, " language-");
        html_attr(writer->html, info.language);
        writer_put(writer, "\"");
    }
    if (info.numbers)
        writer_attribute(writer, "data-line-numbers", info.steps);
    if (info.start.len > 0)
        writer_attribute(writer, "data-ln-start-from", info.start);
    writer_put(writer, ">");
    html_text(writer->html, text);
    end_code(writer, node);
    code_info_release(&info);
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

    if (markdown_in_tight_item(node)) {
        if (!enter && cmark_node_next(node))
            end_tight_text(writer, cmark_node_next(node));
        return;
    }
    if (enter) {
        writer_break(writer);
        writer_put(writer, "<p>");
        markdown_task_box(writer);
        return;
    }
    if (cmark_node_get_type(parent) == CMARK_NODE_FOOTNOTE_DEFINITION && !cmark_node_next(node))
        footnote_back(writer);
    writer_put(writer, "</p>\n");
}

static void heading(struct writer *writer, cmark_node *node, bool enter)
{
    if (enter)
        writer_break(writer);
    strbuf_append_format(writer->html, enter ? "<h%d>" : "</h%d>\n",
                         cmark_node_get_heading_level(node));
}

static void footnote_definition(struct writer *writer, cmark_node *node, bool enter)
{
    bool more;

    if (enter) {
        writer_break(writer);
        if (writer->footnote++ == 0)
            writer_put(writer, "<div class=\"footnotes\" role=\"doc-endnotes\">\n<ol>\n");
        strbuf_append_format(writer->html, "<li id=\"fn-%u-%u\">\n", writer->options->slide,
                             writer->footnote);
        return;
    }
    more = cmark_node_next(node) &&
           cmark_node_get_type(cmark_node_next(node)) == CMARK_NODE_FOOTNOTE_DEFINITION;
    writer_put(writer, more ? "</li>\n" : "</li>\n</ol>\n</div>\n");
}

static void block_node(struct writer *writer, cmark_node *node, bool enter)
{
    if (enter) {
        writer_line(writer, (unsigned)cmark_node_get_start_line(node));
        writer->block_column = (unsigned)cmark_node_get_start_column(node);
    }
    switch ((unsigned)cmark_node_get_type(node)) {
    case CMARK_NODE_DOCUMENT:
        break;
    case CMARK_NODE_BLOCK_QUOTE:
        writer_break(writer);
        writer_put(writer, enter ? "<blockquote>\n" : "</blockquote>\n");
        break;
    case CMARK_NODE_LIST:
        markdown_list(writer, node, enter);
        break;
    case CMARK_NODE_ITEM:
        markdown_item(writer, node, enter);
        break;
    case CMARK_NODE_CODE_BLOCK:
        writer_break(writer);
        code_block(writer, node);
        break;
    case CMARK_NODE_HTML_BLOCK:
        writer_break(writer);
        html_block(writer, node);
        break;
    case CMARK_NODE_PARAGRAPH:
        paragraph(writer, node, enter);
        break;
    case CMARK_NODE_HEADING:
        heading(writer, node, enter);
        break;
    case CMARK_NODE_THEMATIC_BREAK:
        writer_break(writer);
        writer_put(writer, "<hr>\n");
        break;
    case CMARK_NODE_FOOTNOTE_DEFINITION:
        footnote_definition(writer, node, enter);
        break;
    default: /* tables, task list items */
        if (strcmp(cmark_node_get_type_string(node), "tasklist") == 0)
            markdown_item(writer, node, enter);
        else
            markdown_table(writer, node, enter);
        break;
    }
}

static void write_node(struct writer *writer, cmark_node *node, bool enter)
{
    unsigned type = cmark_node_get_type(node);

    if (type == CMARK_NODE_IMAGE) {
        if (writer->image == 0 || (!enter && writer->image == 1))
            markdown_image(writer, node, enter);
        else
            writer->image += enter ? 1 : -1U;
    } else if (writer->image > 0) {
        if (enter)
            markdown_plain(writer, node);
    } else if ((type & CMARK_NODE_TYPE_MASK) == CMARK_NODE_TYPE_INLINE) {
        markdown_inline(writer, node, enter);
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
    vec_release(&writer.references);
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
