#include "deck/front_matter.h"

#include <string.h>

/* As span_next_line, for any line end. */
static bool next_line(struct span *rest, struct span *ret_line)
{
    size_t end = 0;
    size_t skip;

    if (rest->len == 0)
        return false;
    while (end < rest->len && rest->data[end] != '\n' && rest->data[end] != '\r')
        end++;
    skip = end + 1 < rest->len && rest->data[end] == '\r' && rest->data[end + 1] == '\n' ? 2 : 1;
    *ret_line = span_cut(*rest, 0, end);
    *rest = span_from(*rest, end + skip);
    return true;
}

static bool is_marker(struct span line, const char *marker)
{
    return span_starts_with(line, span_of(marker)) && span_trim(span_from(line, 3)).len == 0;
}

/* The part before a colon that is followed by a blank or the line's end; or the empty span. */
static struct span line_key(struct span line)
{
    for (size_t i = 0; i < line.len; i++) {
        bool ends = i + 1 == line.len || line.data[i + 1] == ' ' || line.data[i + 1] == '\t';

        if (line.data[i] == ':' && ends)
            return span_cut(line, 0, i);
    }
    return span_cut(line, 0, 0);
}

static bool looks_like_key(struct span line)
{
    struct span key = line_key(line);

    if (line.data[0] == '{' || line.data[0] == '%')
        return true;
    return key.len > 0 && !span_set_has("#-*>|[]<!`", key.data[0]) && key.len < 64;
}

/* `# theme: moon`, a setting put out of use; a heading would begin with a capital. */
static bool is_key_in_comment(struct span line)
{
    struct span text = span_trim(line), key;

    while (text.len > 0 && text.data[0] == '#')
        text = span_trim(span_from(text, 1));
    key = line_key(text);
    for (size_t i = 0; i < key.len; i++)
        if (key.data[i] == ' ')
            return false;
    return key.len > 0 && key.data[0] >= 'a' && key.data[0] <= 'z' && text.len < line.len;
}

bool front_matter_find(struct span text, struct front_matter *ret)
{
    struct span rest = text, line, start;
    bool plausible = false, keys_in_comments = false, blank = false, heading = false;

    if (!next_line(&rest, &line) || !is_marker(line, "---"))
        return false;
    start = rest;
    while (next_line(&rest, &line)) {
        if (is_marker(line, "---") || is_marker(line, "...")) {
            if (!plausible && (heading || (blank && !keys_in_comments)))
                return false;
            ret->yaml = span_cut(start, 0, (size_t)(line.data - start.data));
            ret->line = 2;
            ret->end = text.len - rest.len;
            return true;
        }
        if (plausible)
            continue;
        if (span_trim(line).len == 0)
            blank = true;
        else if (span_trim(line).data[0] != '#')
            plausible = true;
        else if (is_key_in_comment(line))
            keys_in_comments = true;
        else
            heading = true;
        if (plausible && !looks_like_key(line))
            return false;
    }
    return false;
}

struct span front_matter_peek(const struct front_matter *matter, const char *key)
{
    struct span rest = matter->yaml, line, found = {NULL, 0};

    while (next_line(&rest, &line)) {
        struct span name = line_key(line);

        if (name.len == 0 || !span_is(name, key))
            continue;
        found = span_trim(span_from(line, name.len + 1));
        if (found.len >= 2 && span_set_has("\"'", found.data[0]) &&
            found.data[found.len - 1] == found.data[0])
            found = span_cut(found, 1, found.len - 1);
    }
    return found;
}
