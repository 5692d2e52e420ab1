#include "deck/markdown_writer.h"

#include <cmark-gfm-core-extensions.h>
#include <string.h>

static void table(struct writer *writer, cmark_node *node, bool enter)
{
    writer_break(writer);
    if (enter) {
        writer->alignments = cmark_gfm_extensions_get_table_alignments(node);
        writer->table_body = false;
        writer_put(writer, "<table>\n");
        return;
    }
    writer_put(writer, writer->table_body ? "</tbody>\n</table>\n" : "</table>\n");
}

static void table_row(struct writer *writer, cmark_node *node, bool enter)
{
    bool head = cmark_gfm_extensions_get_table_row_is_header(node);

    writer_break(writer);
    if (!enter) {
        writer_put(writer, head ? "</tr>\n</thead>\n" : "</tr>\n");
        return;
    }
    writer->column = 0;
    writer->table_head = head;
    if (head)
        writer_put(writer, "<thead>\n");
    else if (!writer->table_body)
        writer_put(writer, "<tbody>\n");
    writer->table_body = writer->table_body || !head;
    writer_put(writer, "<tr>\n");
}

static void table_cell(struct writer *writer, bool enter)
{
    uint8_t align = writer->alignments[writer->column];

    if (!enter) {
        writer_put(writer, writer->table_head ? "</th>\n" : "</td>\n");
        writer->column++;
        return;
    }
    writer_put(writer, writer->table_head ? "<th" : "<td");
    /* HTML has no `align` any more. */
    if (align)
        writer_put(writer, align == 'l'   ? " style=\"text-align: left\""
                           : align == 'c' ? " style=\"text-align: center\""
                                          : " style=\"text-align: right\"");
    writer_put(writer, ">");
}

bool markdown_table(struct writer *writer, cmark_node *node, bool enter)
{
    const char *type = cmark_node_get_type_string(node); /* extensions' nodes have names only */

    if (strcmp(type, "table") == 0)
        table(writer, node, enter);
    else if (strcmp(type, "table_row") == 0 || strcmp(type, "table_header") == 0)
        table_row(writer, node, enter);
    else if (strcmp(type, "table_cell") == 0)
        table_cell(writer, enter);
    else
        return false;
    return true;
}
