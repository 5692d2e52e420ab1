#include "site/cover.h"

#include "site/url.h"

#include <stdlib.h>

void cover_release(struct cover *cover)
{
    free(cover->path);
    page_release(&cover->drawn);
}

void cover_append_url(struct strbuf *out, const struct cover *cover, struct span from)
{
    url_append_relative(out, from, span_of(cover->path));
    if (!cover->drawn.forms[CODING_IDENTITY])
        strbuf_append_format(out, "?v=%s", cover->digest.text);
}
