#include "deck/include.h"

#include <string.h>

static bool has_suffix(struct span name, const char *suffix)
{
    size_t len = strlen(suffix);

    return name.len > len && span_is_nocase(span_from(name, name.len - len), suffix);
}

static bool cut_prefix(struct span *text, const char *prefix)
{
    size_t len = strlen(prefix);

    if (!span_is_nocase(span_cut(*text, 0, len), prefix))
        return false;
    *text = span_trim(span_from(*text, len));
    return true;
}

static struct span unquote(struct span name)
{
    if (name.len >= 2 && span_set_has("\"'", name.data[0]) &&
        name.data[name.len - 1] == name.data[0])
        return span_cut(name, 1, name.len - 1);
    return name;
}

bool include_parse(struct span line, struct span *ret_name)
{
    struct span text = span_trim(line);
    ptrdiff_t end;

    if (span_starts_with(text, SPAN("FILE:"))) {
        cut_prefix(&text, "FILE:");
        text = unquote(text);
        if (!has_suffix(text, ".md") && !has_suffix(text, ".markdown"))
            return false;
        *ret_name = text;
        return true;
    }
    if (!cut_prefix(&text, "<!--") || !cut_prefix(&text, "include:"))
        return false;
    end = span_find(text, SPAN("-->"));
    if (end < 0 || (size_t)end + 3 != text.len)
        return false;
    text = unquote(span_trim(span_cut(text, 0, (size_t)end)));
    if (text.len == 0)
        return false;
    *ret_name = text;
    return true;
}

/* Takes the last segment off, with the slash before it; false if there is none. */
static bool drop_segment(struct strbuf *path)
{
    size_t len = path->len;

    if (len == 0)
        return false;
    while (len > 0 && path->data[len - 1] != '/')
        len--;
    strbuf_truncate(path, len > 0 ? len - 1 : 0);
    return true;
}

bool include_resolve(const char *from, struct span name, struct strbuf *out)
{
    struct span segment;

    if (name.len == 0 || name.data[0] == '/' || span_find_char(name, '\0') >= 0)
        return false;
    strbuf_reset(out);
    strbuf_append_text(out, from);
    drop_segment(out);
    while (span_next_part(&name, '/', &segment)) {
        if (segment.len == 0 || span_is(segment, "."))
            continue;
        if (span_is(segment, "..")) {
            if (!drop_segment(out))
                return false;
            continue;
        }
        if (out->len > 0)
            strbuf_append_char(out, '/');
        strbuf_append_span(out, segment);
    }
    return out->len > 0;
}
