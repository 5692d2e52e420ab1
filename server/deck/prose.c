#include "deck/prose.h"

#include "base/escape.h"
#include "deck/commonmark.h"
#include "deck/text.h"

#include <stdlib.h>
#include <string.h>

/* Has a scheme, or is a fragment of this page, or (//) names a host. */
static bool stands_alone(const char *url)
{
    size_t scheme = strcspn(url, ":/?#");

    return url[scheme] == ':' || *url == '#' || strncmp(url, "//", 2) == 0;
}

static void mend_url(cmark_node *node, const struct prose_options *options)
{
    const char *url = cmark_node_get_url(node);
    bool from_root = url && *url == '/';
    struct strbuf mended = STRBUF_INIT;

    if (!url || stands_alone(url))
        return;
    strbuf_append_text(&mended, from_root ? options->root : options->prefix);
    strbuf_append_text(&mended, url + from_root);
    cmark_node_set_url(node, mended.data);
    strbuf_release(&mended);
}

static int highest_heading(cmark_node *document)
{
    cmark_iter *iter = cmark_iter_new(document);
    int highest = 6;

    while (cmark_iter_next(iter) != CMARK_EVENT_DONE) {
        cmark_node *node = cmark_iter_get_node(iter);

        if (cmark_node_get_type(node) == CMARK_NODE_HEADING &&
            cmark_node_get_heading_level(node) < highest)
            highest = cmark_node_get_heading_level(node);
    }
    cmark_iter_free(iter);
    return highest;
}

void prose_render(struct strbuf *out, struct span markdown, const struct prose_options *options)
{
    cmark_node *document = commonmark_parse(markdown, COMMONMARK_GFM);
    int shift = options->heading - highest_heading(document);
    cmark_iter *iter = cmark_iter_new(document);
    cmark_event_type event;
    char *html;

    while ((event = cmark_iter_next(iter)) != CMARK_EVENT_DONE) {
        cmark_node *node = cmark_iter_get_node(iter);
        cmark_node_type type = cmark_node_get_type(node);

        if (event != CMARK_EVENT_ENTER)
            continue;
        if (type == CMARK_NODE_LINK || type == CMARK_NODE_IMAGE) {
            mend_url(node, options);
        } else if (type == CMARK_NODE_HEADING) {
            int level = cmark_node_get_heading_level(node) + shift;

            cmark_node_set_heading_level(node, level > 6 ? 6 : level);
        }
    }
    cmark_iter_free(iter);
    html = cmark_render_html(document, CMARK_OPT_DEFAULT, NULL);
    html_markup(out, span_of(html));
    free(html);
    cmark_node_free(document);
}

/* At a word's end, and never within a character. */
static size_t cut_at(struct span text, size_t limit)
{
    size_t end = limit;

    while (end > limit / 2 && text.data[end] != ' ')
        end--;
    if (text.data[end] != ' ')
        for (end = limit; end > 0 && ((unsigned char)text.data[end] & 0xc0) == 0x80;)
            end--;
    return end;
}

void prose_append_plain(struct strbuf *out, struct span markdown, size_t limit)
{
    static const struct prose_options options = {"", "", 2};
    struct strbuf html = STRBUF_INIT, text = STRBUF_INIT;
    struct tree tree = {0};

    prose_render(&html, markdown, &options);
    tree_parse(&tree, strbuf_span(&html));
    text_append(&tree, TREE_ROOT, &text, NULL);
    if (text.len <= limit) {
        strbuf_append_span(out, strbuf_span(&text));
    } else {
        strbuf_append_span(out, span_cut(strbuf_span(&text), 0, cut_at(strbuf_span(&text), limit)));
        strbuf_append_text(out, "…");
    }
    tree_release(&tree);
    strbuf_release(&html);
    strbuf_release(&text);
}
