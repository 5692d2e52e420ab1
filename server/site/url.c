#include "site/url.h"

#include "base/escape.h"
#include "site/embedded.h"

#include <string.h>
#include <strings.h>

/* How much both have in common, up to and with a slash. */
static size_t common_directories(struct span a, struct span b)
{
    size_t common = 0;

    for (size_t i = 0; i < a.len && i < b.len && a.data[i] == b.data[i]; i++)
        if (a.data[i] == '/')
            common = i + 1;
    return common;
}

void url_append_relative(struct strbuf *out, struct span from, struct span to)
{
    size_t before = out->len, common = common_directories(from, to);

    for (size_t i = common; i < from.len; i++)
        if (from.data[i] == '/')
            strbuf_append_text(out, "../");
    url_path(out, span_from(to, common));
    if (out->len == before)
        strbuf_append_text(out, "./");
}

bool url_append_absolute(struct strbuf *out, struct span address, struct span to)
{
    if (address.len == 0)
        return false;
    strbuf_append_span(out, address);
    strbuf_append_char(out, '/');
    url_path(out, to);
    return true;
}

const char *url_embedded(const char *name)
{
    const struct embedded *file = embedded_find(name);

    return file ? file->url + 1 : NULL;
}

void url_append_embedded(struct strbuf *out, struct span from, const char *name)
{
    const char *path = url_embedded(name);

    if (path)
        url_append_relative(out, from, span_of(path));
}

void url_append_web(struct strbuf *out, const char *url)
{
    for (; *url; url++)
        if ((unsigned char)*url <= ' ' || *url == 0x7f || strchr("\"<>\\^`{|}", *url))
            strbuf_append_format(out, "%%%02X", (unsigned char)*url);
        else
            strbuf_append_char(out, *url);
}

static void remove_last_part(struct strbuf *out, size_t start)
{
    size_t len = out->len;

    while (len > start && out->data[len - 1] != '/')
        len--;
    strbuf_truncate(out, len > start ? len - 1 : start);
}

bool url_append_joined(struct strbuf *out, struct span directory, struct span reference)
{
    size_t start = out->len;
    struct span part;

    if (reference.len > 0 && reference.data[0] == '/')
        directory.len = 0;
    strbuf_append_span(out, directory);
    while (span_next_part(&reference, '/', &part)) {
        if (part.len == 0 || span_is(part, "."))
            continue;
        if (!span_is(part, "..")) {
            if (out->len > start)
                strbuf_append_char(out, '/');
            strbuf_append_span(out, part);
        } else if (out->len > start) {
            remove_last_part(out, start);
        } else {
            return false;
        }
    }
    return true;
}

bool url_is_web(const char *url)
{
    return url && (strncasecmp(url, "https://", 8) == 0 || strncasecmp(url, "http://", 7) == 0);
}
