#include "site/deck_parts.h"

#include "base/map.h"
#include "base/mem.h"
#include "site/embedded.h"
#include "site/url.h"

static void append_part(struct strbuf *urls, const struct talk *talk, const char *name)
{
    if (urls->len > 0)
        strbuf_append_char(urls, ' ');
    url_append_embedded(urls, span_of(talk->path), name);
}

static void append_attribute(struct strbuf *out, const char *name, struct strbuf *urls)
{
    if (urls->len > 0)
        strbuf_append_format(out, " %s=\"%s\"", name, urls->data);
    strbuf_reset(urls);
}

static void append_language(struct strbuf *urls, const struct talk *talk, struct map *seen,
                            const char *language)
{
    char *name;

    if (map_put(seen, span_of(language), seen))
        return;
    name = mem_format("lang/%s.js", language);
    append_part(urls, talk, name);
    free(name);
}

static void append_languages(struct strbuf *urls, struct talk *talk)
{
    struct map seen;

    map_init(&seen);
    vec_each (&talk->made->deck->languages.list, written) {
        struct span name = span_of(*written);
        const struct embedded_alias *alias = embedded_language(name.data, name.len);

        if (!alias)
            continue;
        if (seen.count == 0)
            append_part(urls, talk, "code.js");
        append_language(urls, talk, &seen, alias->language);
        for (const char *const *need = alias->needs; *need; need++)
            append_language(urls, talk, &seen, *need);
    }
    map_release(&seen);
}

void deck_parts_append(struct strbuf *out, struct talk *talk)
{
    const struct deck *deck = talk->made->deck;
    struct strbuf urls = STRBUF_INIT;

    append_languages(&urls, talk);
    append_attribute(out, "data-code", &urls);
    if (deck->has_math && deck->settings.math != MATH_OFF) {
        append_part(&urls, talk, "katex.css");
        append_part(&urls, talk, "katex.js");
        append_attribute(out, "data-math", &urls);
        if (deck->settings.math == MATH_RAW)
            strbuf_append_text(out, " data-math-mode=\"raw\"");
    }
    if (deck->has_mermaid) {
        append_part(&urls, talk, "mermaid.js");
        append_attribute(out, "data-mermaid", &urls);
    }
    strbuf_release(&urls);
}
