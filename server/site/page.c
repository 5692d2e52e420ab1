#include "site/page.h"

static void finish(struct page *page, struct strbuf *html, const struct reuse *reuse, bool quick)
{
    struct span text = strbuf_span(html);

    page->digest = digest_bytes(text);
    reuse_forms(reuse, page->digest, text, quick, page->forms);
    strbuf_release(html);
}

void page_finish(struct page *page, struct strbuf *html, const struct reuse *reuse)
{
    finish(page, html, reuse, false);
}

void page_finish_quick(struct page *page, struct strbuf *html, const struct reuse *reuse)
{
    finish(page, html, reuse, true);
}

void page_release(struct page *page)
{
    for (size_t i = 0; i < CODING_COUNT; i++)
        blob_unref(page->forms[i]);
}
