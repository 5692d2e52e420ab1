#include "site/talk_share.h"

#include "base/escape.h"
#include "site/deck_qr.h"

static void append_code(struct strbuf *out, struct span address)
{
    strbuf_append_text(out, "<figure class=\"share-code\">\n"
                            "<img src=\"" DECK_QR "\" width=\"180\" height=\"180\" "
                            "alt=\"QR code of the slides’ address\" loading=\"lazy\">\n"
                            "<figcaption><a href=\"");
    html_attr(out, address.len > 0 ? address : SPAN("./"));
    strbuf_append_text(out, "\">");
    html_text(out, address.len > 0 ? address : SPAN("The slides"));
    strbuf_append_text(out, "</a></figcaption>\n</figure>\n");
}

void talk_share_append_frame(struct strbuf *out, const struct talk *talk, struct span address,
                             unsigned width, unsigned height)
{
    strbuf_append_text(out, "<iframe src=\"");
    html_attr(out, address);
    strbuf_append_text(out, "\" title=\"");
    html_attr(out, talk_title(talk));
    strbuf_append_format(out,
                         "\" width=\"%u\" height=\"%u\" allow=\"fullscreen\" "
                         "loading=\"lazy\"></iframe>",
                         width, height);
}

/* What another page needs; escaped once for itself, and once more to be read on this one. */
static void append_frame(struct strbuf *out, const struct talk *talk, struct span address)
{
    struct strbuf frame = STRBUF_INIT;

    talk_share_append_frame(&frame, talk, address.len > 0 ? address : SPAN("./"), TALK_SHARE_WIDTH,
                            TALK_SHARE_HEIGHT);
    strbuf_append_format(out,
                         "<div class=\"share-frame\"%s>\n<h3>On your own page</h3>\n"
                         "<pre tabindex=\"0\"><code>",
                         address.len > 0 ? "" : " hidden");
    html_text(out, strbuf_span(&frame));
    strbuf_append_text(out, "</code></pre>\n<p><button type=\"button\" class=\"share-copy\" hidden>"
                            "Copy</button> <span role=\"status\"></span></p>\n</div>\n");
    strbuf_release(&frame);
}

void talk_share_append(struct strbuf *out, const struct talk *talk, bool answered)
{
    struct span address = span_of(talk->address);

    strbuf_append_text(out, "<section class=\"share\" aria-labelledby=\"share\">\n"
                            "<h2 id=\"share\">Share</h2>\n");
    if (answered || address.len > 0)
        append_code(out, address);
    if (talk->made->deck->settings.embed)
        append_frame(out, talk, address);
    strbuf_append_text(out, "</section>\n");
}
