#include "site/oembed_links.h"

#include "base/escape.h"
#include "site/url.h"

static void append_discovery(struct strbuf *out, const struct talk *talk, const struct shell *shell,
                             const char *type, const char *format)
{
    struct span address = span_of(shell->address), path = span_of(talk->path);
    struct strbuf deck = STRBUF_INIT;

    strbuf_append_format(out, "<link rel=\"alternate\" type=\"%s\" href=\"", type);
    if (!url_append_absolute(out, address, SPAN("oembed")))
        url_append_relative(out, path, SPAN("oembed"));
    if (!url_append_absolute(&deck, address, path)) {
        strbuf_append_char(&deck, '/');
        url_path(&deck, path);
    }
    strbuf_append_text(out, "?url=");
    url_query(out, strbuf_span(&deck));
    strbuf_append_format(out, "&amp;format=%s\" title=\"", format);
    html_attr(out, talk_title(talk));
    strbuf_append_text(out, "\">\n");
    strbuf_release(&deck);
}

void oembed_links_append(struct strbuf *out, const struct talk *talk, const struct shell *shell)
{
    if (talk->made->deck->broken || !talk->made->deck->settings.embed)
        return;
    append_discovery(out, talk, shell, "application/json+oembed", "json");
    append_discovery(out, talk, shell, "text/xml+oembed", "xml");
}
