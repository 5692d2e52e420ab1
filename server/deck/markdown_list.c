#include "deck/markdown_writer.h"

#include <cmark-gfm-core-extensions.h>
#include <string.h>

void markdown_list(struct writer *writer, cmark_node *node, bool enter)
{
    bool ordered = cmark_node_get_list_type(node) == CMARK_ORDERED_LIST;
    int start = cmark_node_get_list_start(node);

    writer_break(writer);
    if (!enter)
        writer_put(writer, ordered ? "</ol>\n" : "</ul>\n");
    else if (ordered && start != 1)
        strbuf_append_format(writer->html, "<ol start=\"%d\">\n", start);
    else
        writer_put(writer, ordered ? "<ol>\n" : "<ul>\n");
}

bool markdown_in_tight_item(cmark_node *paragraph)
{
    cmark_node *list = cmark_node_parent(cmark_node_parent(paragraph));

    return list && cmark_node_get_type(list) == CMARK_NODE_LIST && cmark_node_get_list_tight(list);
}

static cmark_node *first_paragraph(cmark_node *item)
{
    cmark_node *first = cmark_node_first_child(item);

    return first && cmark_node_get_type(first) == CMARK_NODE_PARAGRAPH ? first : NULL;
}

/* The source from where a block begins. */
static struct span source_of(const struct writer *writer, cmark_node *block)
{
    size_t line = (size_t)cmark_node_get_start_line(block);
    size_t column = (size_t)cmark_node_get_start_column(block);

    if (line < 1 || line > writer->starts.count || column < 1)
        return (struct span){0};
    return span_from(writer->text, writer->starts.items[line - 1] + column - 1);
}

static bool is_box(struct span text)
{
    return text.len > 3 && text.data[0] == '[' && span_set_has(" xX", text.data[1]) &&
           text.data[2] == ']' && span_set_has(" \t", text.data[3]);
}

/* cmark-gfm overlooks tasks in quotes. Takes the box off their text; its state, 0 for none. */
static char take_box(const struct writer *writer, cmark_node *item)
{
    cmark_node *paragraph = first_paragraph(item), *text;
    struct span literal;
    char box;

    if (!paragraph || !is_box(source_of(writer, paragraph)))
        return 0;
    cmark_consolidate_text_nodes(paragraph);
    text = cmark_node_first_child(paragraph);
    if (!text || cmark_node_get_type(text) != CMARK_NODE_TEXT)
        return 0;
    literal = span_of(cmark_node_get_literal(text));
    if (!is_box(literal))
        return 0;
    box = literal.data[1];
    cmark_node_set_literal(text, span_trim(span_from(literal, 3)).data);
    return box;
}

void markdown_task_box(struct writer *writer)
{
    if (writer->box)
        writer_put(writer, writer->box == ' '
                               ? "<input disabled=\"\" type=\"checkbox\"> "
                               : "<input checked=\"\" disabled=\"\" type=\"checkbox\"> ");
    writer->box = 0;
}

void markdown_item(struct writer *writer, cmark_node *node, bool enter)
{
    cmark_node *paragraph = first_paragraph(node);

    if (!enter) {
        writer_put(writer, "</li>\n");
        return;
    }
    writer_break(writer);
    writer_put(writer, writer->options->animate_lists ? "<li class=\"fragment\">" : "<li>");
    if (strcmp(cmark_node_get_type_string(node), "tasklist") == 0)
        writer->box = cmark_gfm_extensions_get_tasklist_item_checked(node) ? 'x' : ' ';
    else
        writer->box = take_box(writer, node);
    /* In a paragraph of its own the box goes into that, or it would stand on another line. */
    if (!paragraph || markdown_in_tight_item(paragraph))
        markdown_task_box(writer);
}
