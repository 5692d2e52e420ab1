#include "deck/reading_url.h"

/* "https" of "https://…"; empty for what is relative. */
static struct span scheme_of(struct span url)
{
    for (size_t i = 0; i < url.len; i++) {
        char c = url.data[i];

        if (c == ':')
            return span_cut(url, 0, i);
        if (c == '/' || c == '?' || c == '#')
            break;
    }
    return span_cut(url, 0, 0);
}

/* Browsers take these out, or end a URL there, so that it would not be what it looks like. */
static bool has_control(struct span url)
{
    for (size_t i = 0; i < url.len; i++)
        if ((unsigned char)url.data[i] < ' ' || url.data[i] == 0x7f)
            return true;
    return false;
}

static bool is_web(struct span url)
{
    struct span scheme = scheme_of(url);

    return span_is_nocase(scheme, "https") || span_is_nocase(scheme, "http");
}

bool reading_url_is_safe(struct span url)
{
    struct span scheme;

    url = span_trim(url);
    scheme = scheme_of(url);
    return url.len > 0 && !has_control(url) &&
           (scheme.len == 0 || is_web(url) || span_is_nocase(scheme, "mailto") ||
            span_is_nocase(scheme, "tel"));
}

bool reading_url_is_remote(struct span url)
{
    url = span_trim(url);
    return has_control(url) || span_starts_with(url, SPAN("//")) ||
           span_starts_with(url, SPAN("\\")) || span_starts_with(url, SPAN("/\\")) ||
           (scheme_of(url).len > 0 && !span_is_nocase(scheme_of(url), "data"));
}

struct span reading_url_name(struct span url)
{
    ptrdiff_t slashes = is_web(url) ? span_find(url, SPAN("//")) : -1;
    struct span host = slashes < 0 ? url : span_from(url, (size_t)slashes + 2);

    if (slashes >= 0)
        for (size_t i = 0; i < host.len; i++)
            if (span_set_has("/?#", host.data[i]))
                host.len = i;
    return host;
}

bool reading_url_append(struct strbuf *out, struct span url, const struct map *ids)
{
    url = span_trim(url);
    if (!reading_url_is_safe(url))
        return false;
    if (url.data[0] != '#') {
        strbuf_append_span(out, url);
    } else if (map_get(ids, span_from(url, 1))) {
        strbuf_append_text(out, "#" READING_ID);
        strbuf_append_span(out, span_from(url, 1));
    } else {
        strbuf_append_text(out, "./");
        strbuf_append_span(out, url);
    }
    return true;
}
