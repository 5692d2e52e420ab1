#include "site/index_page.h"

#include "site/talk_item.h"

static const char empty_site[] =
    "<div class=\"empty\">\n<p>There is no talk here yet. Put a deck into the root directory, for "
    "example as <code>hello/deck.md</code>:</p>\n"
    "<pre>---\ntitle: Hello\n---\n\n# Hello\n\n---\n\n## The second slide\n\nNote: only you see "
    "this.</pre>\n</div>\n";

void index_page_build(const struct shell *shell, const struct catalog *catalog,
                      const struct reuse *reuse, struct page *ret_page)
{
    const struct talk_frame frame = {.catalog = catalog, .path = SPAN(""), .heading = 1};
    const struct talk_list *list = &catalog->talks;
    struct strbuf html = STRBUF_INIT, content = STRBUF_INIT, description = STRBUF_INIT;

    if (list->talks.count > 0) {
        strbuf_append_format(&description, list->talks.count == 1 ? "%zu talk" : "%zu talks",
                             list->talks.count);
        strbuf_append_format(&content, "<p class=\"site-description\">%s</p>\n", description.data);
        talk_item_append_years(&content, &frame, list->talks.items, list->talks.count);
    } else {
        strbuf_append_text(&content, empty_site);
    }

    const struct shell_page page = {
        .path = SPAN(""),
        .heading = span_of(shell->title),
        .description = strbuf_span(&description),
        .content = strbuf_span(&content),
        .body_class = "index",
    };

    shell_append_page(&html, shell, &page);
    page_finish(ret_page, &html, reuse);
    strbuf_release(&content);
    strbuf_release(&description);
}
