#include "http/path.h"

#include "base/percent.h"
#include "base/utf8.h"
#include "http/host.h"

#include <errno.h>
#include <string.h>

/* Printable ASCII without the mark of a fragment, which no client may send. */
static bool target_chars_valid(struct span text)
{
    for (size_t i = 0; i < text.len; i++) {
        unsigned char c = (unsigned char)text.data[i];

        if (c <= ' ' || c >= 0x7f || c == '#')
            return false;
    }
    return true;
}

static int cut_authority(struct span *rest, struct target *target)
{
    size_t scheme = 0, end = 0;

    if (span_is_nocase(span_cut(*rest, 0, 7), "http://"))
        scheme = 7;
    else if (span_is_nocase(span_cut(*rest, 0, 8), "https://"))
        scheme = 8;
    else
        return -EBADMSG;
    *rest = span_from(*rest, scheme);
    while (end < rest->len && rest->data[end] != '/' && rest->data[end] != '?')
        end++;
    target->form = TARGET_ABSOLUTE;
    target->authority = span_cut(*rest, 0, end);
    *rest = span_from(*rest, end);
    return host_valid(target->authority) ? 0 : -EBADMSG;
}

int target_parse(struct span text, struct target *ret_target)
{
    struct target target = {.form = TARGET_ORIGIN};
    struct span rest = text;
    ptrdiff_t mark;

    if (text.len > TARGET_MAX)
        return -E2BIG;
    if (text.len == 0 || !target_chars_valid(text))
        return -EBADMSG;
    if (span_equal(text, SPAN("*"))) {
        target.form = TARGET_ASTERISK;
        *ret_target = target;
        return 0;
    }
    if (text.data[0] != '/') {
        int err = cut_authority(&rest, &target);

        if (err)
            return err;
    }
    mark = span_find_char(rest, '?');
    target.has_query = mark >= 0;
    target.path = target.has_query ? span_cut(rest, 0, (size_t)mark) : rest;
    if (target.has_query)
        target.query = span_from(rest, (size_t)mark + 1);
    *ret_target = target;
    return 0;
}

/* One character of the path, decoded; -1 where it is malformed or forbidden. */
static int next_char(struct span path, size_t *position)
{
    char c = path.data[*position];

    if (c != '%') {
        *position += 1;
        return c == '\\' ? -1 : (unsigned char)c;
    }
    int value = percent_byte(path, *position);
    *position += PERCENT_LENGTH;
    return value < ' ' || value == 0x7f || value == '/' || value == '\\' ? -1 : value;
}

/* Ends the segment that starts at `start`, behind a slash; the new length, or -1 above the root. */
static ptrdiff_t end_segment(const char *buffer, size_t start, size_t len)
{
    size_t segment = len - start;

    if (segment == 1 && buffer[start] == '.')
        return (ptrdiff_t)start;
    if (segment != 2 || buffer[start] != '.' || buffer[start + 1] != '.')
        return (ptrdiff_t)len;
    if (start == 1)
        return -1;
    for (start--; buffer[start - 1] != '/'; start--)
        ;
    return (ptrdiff_t)start;
}

int path_decode(struct span path, char *buffer, struct span *ret_path)
{
    size_t len = 1, start = 1; /* the buffer's length, and where its last segment starts */
    bool ascii = true;

    buffer[0] = '/';
    for (size_t i = path.len > 0 && path.data[0] == '/' ? 1 : 0;;) {
        bool slash = i < path.len && path.data[i] == '/';
        int c;

        if (slash || i == path.len) {
            ptrdiff_t end = end_segment(buffer, start, len);

            if (end < 0)
                return -EBADMSG;
            len = (size_t)end;
            if (slash && buffer[len - 1] != '/')
                buffer[len++] = '/';
            start = len;
            if (!slash)
                break;
            i++;
            continue;
        }
        c = next_char(path, &i);
        if (c < 0)
            return -EBADMSG;
        ascii = ascii && c < 0x80;
        buffer[len++] = (char)c;
    }
    if (!ascii && !utf8_valid((struct span){buffer, len}, NULL))
        return -EBADMSG;
    buffer[len] = '\0';
    *ret_path = (struct span){buffer, len};
    return 0;
}
