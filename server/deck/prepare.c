#include "deck/prepare.h"

#include "base/utf8.h"
#include "deck/columns.h"
#include "deck/math.h"
#include "deck/table_guard.h"

#include <string.h>

struct walk {
    struct prepared *prepared;
    const struct prepare_options *options;
    unsigned line; /* of the source */
    char fence;    /* of the code that is open, 0 for none */
    size_t fence_len;
    struct table_guard tables;
    bool comment;          /* inside of an HTML comment */
    size_t comment_column; /* of the list item whose line opened it, else 0 */
    VEC(unsigned) divs;    /* lines that opened one */
};

void prepared_release(struct prepared *prepared)
{
    strbuf_release(&prepared->text);
    vec_release(&prepared->lines);
}

unsigned prepared_line(const struct prepared *prepared, unsigned line)
{
    size_t count = prepared->lines.count;

    if (count == 0)
        return 0;
    return prepared->lines.items[line < 1 ? 0 : line > count ? count - 1 : line - 1];
}

static void put_line(struct walk *walk, struct span line, unsigned source)
{
    strbuf_append_span(&walk->prepared->text, line);
    strbuf_append_char(&walk->prepared->text, '\n');
    vec_push(&walk->prepared->lines, source);
}

/* A line of HTML that stands for itself. */
static void put_html(struct walk *walk, struct span html)
{
    put_line(walk, (struct span){0}, walk->line);
    put_line(walk, html, walk->line);
    put_line(walk, (struct span){0}, walk->line);
}

static size_t run_of(struct span text, char c)
{
    size_t len = 0;

    while (len < text.len && text.data[len] == c)
        len++;
    return len;
}

/* Whether the line belongs to fenced code; follows what opens and closes it. */
static bool in_fence(struct walk *walk, struct span line)
{
    struct span text = block_content(line);
    char c = text.len > 0 ? text.data[0] : '\0';
    size_t len = c == '`' || c == '~' ? run_of(text, c) : 0;

    if (walk->fence) {
        if (c == walk->fence && len >= walk->fence_len && span_trim(span_from(text, len)).len == 0)
            walk->fence = 0;
        return true;
    }
    if (len < 3 || (c == '`' && span_find_char(span_from(text, len), '`') >= 0))
        return false;
    walk->fence = c;
    walk->fence_len = len;
    return true;
}

/* Whether the line is inside of a comment, or opens one that it does not close. */
static bool in_comment(struct walk *walk, struct span line)
{
    bool inside = walk->comment;

    for (;;) {
        ptrdiff_t mark = span_find(line, walk->comment ? SPAN("-->") : SPAN("<!--"));

        if (mark < 0)
            return inside || walk->comment;
        line = span_from(line, (size_t)mark + (walk->comment ? 3 : 4));
        walk->comment = !walk->comment;
    }
}

/* The white space that JavaScript knows beyond ASCII's. */
static bool is_wide_blank(int32_t c)
{
    return c == 0xa0 || c == 0x1680 || (c >= 0x2000 && c <= 0x200a) || c == 0x2028 || c == 0x2029 ||
           c == 0x202f || c == 0x205f || c == 0x3000 || c == 0xfeff;
}

/*
 * The length of what is to become a blank behind a heading's `#`; false if nothing is. A blank that
 * is not ASCII's cannot be told from one by eye, and marked takes it. With `lenient_headings` the
 * blank may lack; "#" alone may be a tag, as in "#hash", and old parsers agreed.
 */
static bool lacks_blank(struct span behind, bool lenient, size_t *ret_len)
{
    size_t len;

    if (behind.len == 0 || span_set_has(" \t#", behind.data[0]))
        return false;
    if (is_wide_blank(utf8_decode(behind, &len)))
        *ret_len = len;
    else if (lenient && behind.data[0] != '\\')
        *ret_len = 0;
    else
        return false;
    return true;
}

static bool mended_heading(struct walk *walk, struct span line)
{
    size_t indent = run_of(line, ' '), level = run_of(span_from(line, indent), '#'), blank;
    struct span behind = span_from(line, indent + level);
    struct strbuf heading = STRBUF_INIT;

    if (indent > 3 || level < 1 || level > 6 ||
        !lacks_blank(behind, walk->options->lenient_headings && indent == 0, &blank))
        return false;
    strbuf_append_span(&heading, span_cut(line, 0, indent + level));
    strbuf_append_char(&heading, ' ');
    strbuf_append_span(&heading, span_from(behind, blank));
    put_line(walk, strbuf_span(&heading), walk->line);
    strbuf_release(&heading);
    return true;
}

static bool fenced_div(struct walk *walk, struct span line)
{
    struct strbuf tag = STRBUF_INIT;
    enum columns_line kind = columns_line(line, &tag);

    if (kind == COLUMNS_CLOSE && walk->divs.count == 0)
        kind = COLUMNS_NONE;
    if (kind == COLUMNS_OPEN) {
        vec_push(&walk->divs, walk->line);
        put_html(walk, strbuf_span(&tag));
    } else if (kind == COLUMNS_CLOSE) {
        walk->divs.count--;
        put_html(walk, SPAN("</div>"));
    }
    strbuf_release(&tag);
    return kind != COLUMNS_NONE;
}

/* The text up to the first blank line, or as much as a formula may be long. */
static struct span paragraph_from(struct span text)
{
    struct span rest = span_cut(text, 0, MATH_MAX), line;

    text.len = 0;
    while (span_next_line(&rest, &line) && span_trim(line).len > 0)
        text.len = (size_t)(line.data + line.len - text.data);
    return text;
}

/*
 * Lines that are `$$…$$` or `\\[…\\]` and nothing else are taken out whole, so that none of them is
 * taken for a list or a heading. `rest` is what follows the line.
 */
static bool display_math(struct walk *walk, struct span line, struct span *rest)
{
    size_t indent = run_of(line, ' '), len;
    struct span text = span_from(line, indent), after, tex;
    struct strbuf html = STRBUF_INIT;
    bool display;

    if (indent > 3 || (!span_starts_with(text, SPAN("$$")) && !span_starts_with(text, SPAN("\\["))))
        return false;
    text = paragraph_from((struct span){text.data, (size_t)(rest->data + rest->len - text.data)});
    len = math_match(text, &tex, &display);
    after = span_from(text, len);
    if (len == 0 || !span_next_line(&after, &line))
        line = span_from(text, len);
    if (len == 0 || span_trim(line).len > 0)
        return false;
    strbuf_append_span(&html, span_cut(SPAN("   "), 0, indent));
    math_append(&html, tex, true, "div");
    put_line(walk, (struct span){0}, walk->line);
    for (struct span lines = strbuf_span(&html); span_next_line(&lines, &line); walk->line++) {
        put_line(walk, line, walk->line);
        if (lines.len > 0)
            span_next_line(rest, &after);
    }
    walk->line--;
    put_line(walk, (struct span){0}, walk->line);
    strbuf_release(&html);
    return true;
}

/* False if the line begins at the column or behind it, or is blank. */
static bool indent_to(struct span line, size_t column, struct strbuf *out)
{
    size_t indent = 0;

    while (indent < line.len && line.data[indent] == ' ')
        indent++;
    if (indent >= column || indent == line.len || line.data[indent] == '\t')
        return false;
    for (size_t i = 0; i < column; i++)
        strbuf_append_char(out, ' ');
    strbuf_append_span(out, span_from(line, indent));
    return true;
}

/* A comment's lines stay in the list item that it began in, wherever they stand. */
static void put_comment(struct walk *walk, struct span line, bool opens)
{
    struct strbuf moved = STRBUF_INIT;

    if (opens)
        walk->comment_column = item_column(line);
    else if (indent_to(line, walk->comment_column, &moved))
        line = strbuf_span(&moved);
    put_line(walk, line, walk->line);
    strbuf_release(&moved);
}

static void put_markdown(struct walk *walk, struct span line, struct span rest)
{
    struct strbuf shielded = STRBUF_INIT, narrowed = STRBUF_INIT;
    struct strbuf bare = STRBUF_INIT, moved = STRBUF_INIT;

    if (fenced_div(walk, line) || mended_heading(walk, line))
        return;
    if (table_guard_is_bare_delimiter(&walk->tables, line)) {
        strbuf_append_char(&bare, '|');
        strbuf_append_span(&bare, line);
        line = strbuf_span(&bare);
    }
    if (table_guard_parts(&walk->tables, line, rest))
        put_line(walk, (struct span){0}, walk->line);
    if (indent_to(line, walk->tables.indent, &moved))
        line = strbuf_span(&moved);
    if (table_guard_narrow(line, &narrowed)) {
        err_add(walk->options->errs, SEVERITY_WARNING, walk->options->file, walk->line, 0,
                "more than %d cells in one row are not a table", TABLE_COLUMNS_MAX);
        line = strbuf_span(&narrowed);
    }
    if (walk->options->raw_math && span_find_char(line, '\\') >= 0) {
        math_append_shielded(&shielded, line);
        line = strbuf_span(&shielded);
    }
    put_line(walk, line, walk->line);
    strbuf_release(&shielded);
    strbuf_release(&narrowed);
    strbuf_release(&bare);
    strbuf_release(&moved);
}

void prepare(struct prepared *prepared, struct span text, unsigned line, struct span before,
             const struct prepare_options *options)
{
    struct walk walk = {.prepared = prepared, .options = options, .line = line};
    struct span row;

    *prepared = (struct prepared){.text = STRBUF_INIT};
    strbuf_reserve(&prepared->text, text.len + before.len);
    while (span_next_line(&before, &row))
        put_line(&walk, row, 0);
    for (; span_next_line(&text, &row); walk.line++) {
        bool opens = !walk.comment;

        if (opens && in_fence(&walk, row))
            put_line(&walk, row, walk.line);
        else if (in_comment(&walk, row))
            put_comment(&walk, row, opens);
        else if (!options->raw_math || !display_math(&walk, row, &text))
            put_markdown(&walk, row, text);
    }
    vec_each (&walk.divs, opened)
        err_add(options->errs, SEVERITY_WARNING, options->file, *opened, 0,
                "this ::: block is not closed: put a line ::: where it ends");
    vec_release(&walk.divs);
}
