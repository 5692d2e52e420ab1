#include "deck/prose.h"

#include "base/escape.h"
#include "deck/commonmark.h"
#include "deck/reading_url.h"
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

static bool is_remote_picture(cmark_node *node)
{
    return cmark_node_get_type(node) == CMARK_NODE_IMAGE &&
           reading_url_is_remote(span_of(cmark_node_get_url(node)));
}

static bool is_raw_html(cmark_node *node)
{
    cmark_node_type type = cmark_node_get_type(node);

    return type == CMARK_NODE_HTML_BLOCK || type == CMARK_NODE_HTML_INLINE;
}

static void append_alternative(struct strbuf *out, cmark_node *picture)
{
    cmark_iter *iter = cmark_iter_new(picture);

    while (cmark_iter_next(iter) != CMARK_EVENT_DONE) {
        cmark_node *node = cmark_iter_get_node(iter);
        cmark_node_type type = cmark_node_get_type(node);

        if (type == CMARK_NODE_TEXT || type == CMARK_NODE_CODE)
            strbuf_append_text(out, cmark_node_get_literal(node));
        else if (type == CMARK_NODE_SOFTBREAK || type == CMARK_NODE_LINEBREAK)
            strbuf_append_char(out, ' ');
    }
    cmark_iter_free(iter);
}

enum { DEPTH_MAX = 100 };

/* cmark looks at all that is around a node when it puts one there, so below this depth none is. */
static bool is_deep(cmark_node *node)
{
    int depth = 0;

    while (node && depth <= DEPTH_MAX) {
        node = cmark_node_parent(node);
        depth++;
    }
    return depth > DEPTH_MAX;
}

/* A link, or the words alone where none may be, or nothing; the picture is freed. */
static void replace_picture(cmark_node *picture, bool may_link)
{
    struct span url = span_of(cmark_node_get_url(picture));
    cmark_node *words, *mended;
    struct strbuf text = STRBUF_INIT;

    if (is_deep(picture)) {
        cmark_node_free(picture);
        return;
    }
    words = mended = cmark_node_new(CMARK_NODE_TEXT);
    append_alternative(&text, picture);
    if (span_trim(strbuf_span(&text)).len == 0)
        strbuf_append_span(&text, reading_url_name(url));
    cmark_node_set_literal(words, text.data);
    if (may_link && reading_url_is_safe(url)) {
        mended = cmark_node_new(CMARK_NODE_LINK);
        cmark_node_set_url(mended, url.data);
        cmark_node_append_child(mended, words);
    }
    cmark_node_replace(picture, mended);
    cmark_node_free(picture);
    strbuf_release(&text);
}

/* Pictures once their words are done: a picture among those is no more than its own. */
static void leave_out(cmark_node *document)
{
    cmark_iter *iter = cmark_iter_new(document);
    cmark_event_type event;
    int links = 0, pictures = 0; /* that are open */

    while ((event = cmark_iter_next(iter)) != CMARK_EVENT_DONE) {
        cmark_node *node = cmark_iter_get_node(iter);
        cmark_node_type type = cmark_node_get_type(node);
        int step = event == CMARK_EVENT_ENTER ? 1 : -1;

        links += type == CMARK_NODE_LINK ? step : 0;
        pictures += type == CMARK_NODE_IMAGE ? step : 0;
        if (is_raw_html(node))
            cmark_node_free(node);
        else if (event == CMARK_EVENT_EXIT && pictures == 0 && is_remote_picture(node))
            replace_picture(node, links == 0);
    }
    cmark_iter_free(iter);
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
    leave_out(document);
    html = cmark_render_html(document, CMARK_OPT_DEFAULT, NULL);
    html_markup(out, span_of(html));
    free(html);
    cmark_node_free(document);
}

/* Nobody misses a comment. */
static bool is_comment(cmark_node *node)
{
    return span_starts_with(span_trim(span_of(cmark_node_get_literal(node))), SPAN("<!--"));
}

void prose_check(struct span markdown, const struct prose_place *place, struct err_list *errs)
{
    cmark_node *document = commonmark_parse(markdown, COMMONMARK_GFM);
    cmark_iter *iter = cmark_iter_new(document);
    cmark_event_type event;
    bool told = false;

    while ((event = cmark_iter_next(iter)) != CMARK_EVENT_DONE) {
        cmark_node *node = cmark_iter_get_node(iter);

        if (event != CMARK_EVENT_ENTER)
            continue;
        if (is_remote_picture(node))
            err_add(errs, SEVERITY_WARNING, place->file, place->line, 0,
                    "%s: the picture `%s` is on another host and is not loaded, only linked: put "
                    "the file into the site and name it",
                    place->what, cmark_node_get_url(node));
        if (is_raw_html(node) && !is_comment(node) && !told) {
            err_add(errs, SEVERITY_WARNING, place->file, place->line, 0,
                    "%s: HTML is left out: write Markdown", place->what);
            told = true;
        }
    }
    cmark_iter_free(iter);
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
