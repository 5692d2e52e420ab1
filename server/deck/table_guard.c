#include "deck/table_guard.h"

#include <string.h>

struct span block_content(struct span line)
{
    for (;;) {
        size_t digits = 0;

        while (line.len > 0 && span_set_has(" \t>", line.data[0]))
            line = span_from(line, 1);
        if (line.len > 1 && span_set_has("-*+", line.data[0]) &&
            span_set_has(" \t", line.data[1])) {
            line = span_from(line, 2);
            continue;
        }
        while (digits < line.len && line.data[digits] >= '0' && line.data[digits] <= '9')
            digits++;
        if (digits == 0 || digits > 9 || digits + 1 >= line.len ||
            !span_set_has(".)", line.data[digits]) || !span_set_has(" \t", line.data[digits + 1]))
            return line;
        line = span_from(line, digits + 2);
    }
}

static bool has_list_marker(struct span line, struct span content)
{
    for (const char *c = line.data; c < content.data; c++) {
        if (!span_set_has(" \t>", *c))
            return true;
    }
    return false;
}

/* The column at which the content begins, tabs being four wide. */
static size_t column_of(struct span line, struct span content)
{
    size_t column = 0;

    for (const char *c = line.data; c < content.data; c++)
        column += *c == '\t' ? 4 - column % 4 : 1;
    return column;
}

size_t item_column(struct span line)
{
    struct span content = block_content(line);

    return has_list_marker(line, content) ? column_of(line, content) : 0;
}

/* A line that no table's row can be: another block begins with it. */
static bool begins_block(struct span line)
{
    return span_set_has("#><", line.data[0]) || span_starts_with(line, SPAN("```")) ||
           span_starts_with(line, SPAN("~~~"));
}

/* Nothing but HTML, which ends the item's text for the parser. */
static bool is_html(struct span text)
{
    text = span_trim(text);
    return text.len > 1 && text.data[0] == '<' && text.data[text.len - 1] == '>';
}

static size_t pipes(struct span line)
{
    size_t count = 0;

    for (size_t i = 0; i < line.len; i++)
        count += line.data[i] == '|';
    return count;
}

/* Dashes, pipes and colons: the row between a table's head and its body. */
static bool is_delimiter_row(struct span line)
{
    bool dash = false, pipe = false;

    for (size_t i = 0; i < line.len; i++) {
        if (!span_set_has("|-: \t\r", line.data[i]))
            return false;
        dash = dash || line.data[i] == '-';
        pipe = pipe || line.data[i] == '|';
    }
    return dash && pipe;
}

/* A row that lacks so many cells that the slide would burst ends its table. */
static bool is_too_short(struct table_guard *guard, struct span line)
{
    size_t cells = pipes(line);

    if (guard->columns > cells)
        guard->missing += guard->columns - cells;
    return guard->columns > 0 && guard->missing > TABLE_MISSING_MAX;
}

static size_t cells(struct span line)
{
    size_t count;

    line = span_trim(line);
    count = pipes(line);
    if (count == 0)
        return 0;
    return count + 1 - (line.data[0] == '|') - (line.data[line.len - 1] == '|');
}

bool table_guard_is_bare_delimiter(const struct table_guard *guard, struct span line)
{
    return guard->head > 0 && !guard->list && !guard->html && span_starts_with(line, SPAN("- ")) &&
           is_delimiter_row(line) && cells(line) == guard->head;
}

bool table_guard_parts(struct table_guard *guard, struct span line, struct span rest)
{
    struct span content = block_content(line), next;
    bool blank = content.len == 0 || span_trim(content).len == 0;
    bool below_list = guard->list && !guard->html && line.len > 0 && line.data[0] == '|' &&
                      span_next_line(&rest, &next) && is_delimiter_row(next);
    bool short_row = is_too_short(guard, line), marker = has_list_marker(line, content);

    if (is_delimiter_row(content))
        guard->columns = pipes(content) + 1;
    if (blank || short_row)
        guard->columns = 0;
    guard->head = blank || marker ? 0 : cells(line);
    guard->html = !blank && (guard->html || content.data[0] == '<');
    if (below_list || (guard->html_item && !blank && !marker))
        guard->indent = guard->item;
    if (blank || marker || begins_block(line))
        guard->indent = 0;
    if (marker)
        guard->item = column_of(line, content);
    guard->html_item = marker && is_html(content);
    guard->list = !blank && (guard->list || marker);
    return short_row;
}

bool table_guard_narrow(struct span line, struct strbuf *out)
{
    size_t cells = 0;

    if (line.len <= TABLE_COLUMNS_MAX || pipes(line) <= TABLE_COLUMNS_MAX)
        return false;
    for (size_t i = 0; i < line.len; i++) {
        if (line.data[i] == '|' && ++cells > TABLE_COLUMNS_MAX)
            strbuf_append_text(out, "&#124;");
        else
            strbuf_append_char(out, line.data[i]);
    }
    return true;
}
