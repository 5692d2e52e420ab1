/*
 * page: what is sent as HTML.
 *
 * A page is built from a shell (shells.h) and values, given its digest, and compressed; what
 * comes out is ready to become a resource. Building is pure and safe on many threads at once. The
 * kinds of pages are modules of their own that share this one: deck_page, index_page, error_page.
 */
#pragma once

#include "base/blob.h"
#include "base/digest.h"
#include "base/strbuf.h"
#include "http/coding.h"
#include "site/reuse.h"

#include <stddef.h>

struct page {
    struct digest digest;
    struct blob *forms[CODING_COUNT];
};

/* Takes the text of `html`; a text that `reuse` knows is not held or compressed again. */
void page_finish(struct page *page, struct strbuf *html, const struct reuse *reuse);

/* The same in a tenth of the time, for pages that hold as much as a deck and are seldom asked for.
 */
void page_finish_quick(struct page *page, struct strbuf *html, const struct reuse *reuse);
void page_release(struct page *page);
