/*
 * cover: the picture that stands for a talk in lists.
 *
 * A picture of the site, or a drawing of ours (talk_cover.h). Part of a talk's rendering: made with
 * it, immutable, shared between sites.
 */
#pragma once

#include "base/span.h"
#include "base/strbuf.h"
#include "site/page.h"

struct cover {
    char *path; /* from the site's root, decoded */
    struct digest digest;
    unsigned width, height; /* 0 where they are not known */
    struct page drawn;      /* no forms where it is a file */
};

void cover_release(struct cover *cover);

/* Its address from a page; both kinds never mean another picture. */
void cover_append_url(struct strbuf *out, const struct cover *cover, struct span from);
