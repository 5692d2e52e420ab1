#include "site/page.h"

#include "site/embedded.h"

#include <assert.h>

void page_finish(struct page *page, struct strbuf *html, const struct reuse *reuse)
{
    struct span text = strbuf_span(html);

    page->digest = digest_bytes(text);
    reuse_forms(reuse, page->digest, text, page->forms);
    strbuf_release(html);
}

void page_release(struct page *page)
{
    for (size_t i = 0; i < CODING_COUNT; i++)
        blob_unref(page->forms[i]);
}

void page_append_shell(struct strbuf *out, const char *shell, const struct template_value *values,
                       size_t count)
{
    const struct embedded *file = embedded_find(shell);
    struct span bad;
    int err;

    assert(file);
    err = template_render(out, (struct span){(const char *)file->data, file->size}, values, count,
                          &bad);
    assert(!err);
    (void)err;
}
