#include "deck/usual.h"

#include <string.h>

/* The first line that begins at or behind `from`, or behind the text. */
static size_t line_at(struct span text, size_t from)
{
    const char *feed;

    if (from == 0 || from > text.len || text.data[from - 1] == '\n')
        return from;
    feed = memchr(text.data + from, '\n', text.len - from);
    return feed ? (size_t)(feed - text.data) + 1 : text.len + 1;
}

static size_t next_line(struct span text, size_t line)
{
    return line_at(text, line + 1);
}

/* Length of a line of so many dashes with its line feed, 0 if it is none. */
static size_t dashes_len(struct span line, unsigned lengths)
{
    size_t len = 0;

    while (len < line.len && len < 31 && line.data[len] == '-')
        len++;
    if (len == 31 || !(lengths >> len & 1))
        return 0;
    while (len < line.len && (line.data[len] == ' ' || line.data[len] == '\t'))
        len++;
    return len < line.len && line.data[len] == '\n' ? len + 1 : 0;
}

bool usual_find_dashes(struct span text, size_t from, unsigned lengths, size_t *ret_start,
                       size_t *ret_end)
{
    for (size_t line = line_at(text, from); line < text.len; line = next_line(text, line)) {
        size_t len = dashes_len(span_from(text, line), lengths);

        if (len == 0)
            continue;
        *ret_start = line > from ? line - 1 : line;
        *ret_end = line + len;
        return true;
    }
    return false;
}

/* Bytes of the white space at the start, as JavaScript has it, without line feeds. */
static size_t space_len(struct span text)
{
    static const char *const wide[] = {
        "\xc2\xa0",     "\xe1\x9a\x80", "\xe2\x80\xa8", "\xe2\x80\xa9",
        "\xe2\x80\xaf", "\xe2\x81\x9f", "\xe3\x80\x80", "\xef\xbb\xbf",
    };

    if (text.len > 0 && span_set_has(" \t\v\f\r", text.data[0]))
        return 1;
    if (text.len == 0 || (unsigned char)text.data[0] < 0xc2)
        return 0;
    for (size_t i = 0; i < sizeof wide / sizeof *wide; i++)
        if (span_starts_with(text, span_of(wide[i])))
            return strlen(wide[i]);
    if (text.len >= 3 && memcmp(text.data, "\xe2\x80", 2) == 0) { /* U+2000 to U+200A */
        unsigned char last = (unsigned char)text.data[2];

        return last >= 0x80 && last <= 0x8a ? 3 : 0;
    }
    return 0;
}

static size_t notes_len(struct span line)
{
    size_t len = 0, space;

    while ((space = space_len(span_from(line, len))) > 0)
        len += space;
    if (!span_is_nocase(span_cut(line, len, len + 4), "note"))
        return 0;
    len += 4;
    if (len < line.len && (line.data[len] == 's' || line.data[len] == 'S'))
        len++;
    return len < line.len && line.data[len] == ':' ? len + 1 : 0;
}

bool usual_find_notes(struct span text, size_t from, size_t *ret_start, size_t *ret_end)
{
    for (size_t line = line_at(text, from); line < text.len; line = next_line(text, line)) {
        size_t len = notes_len(span_from(text, line));

        if (len == 0)
            continue;
        *ret_start = line;
        *ret_end = line + len;
        return true;
    }
    return false;
}
