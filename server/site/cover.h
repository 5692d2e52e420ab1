/*
 * cover: the picture that stands for a talk in lists.
 *
 * What the deck names as `cover:`, which must be a picture of the site, else a drawing of ours
 * (cover_svg). Part of a talk's rendering: made with it, immutable, shared between sites.
 */
#pragma once

#include "base/span.h"
#include "base/strbuf.h"
#include "site/page.h"

struct deck_page_site;
struct talk;

struct cover {
    char *path; /* from the site's root, decoded */
    struct digest digest;
    unsigned width, height; /* 0 where they are not known */
    struct page drawn;      /* no forms where it is a file */
};

/* Makes the cover of a loaded talk; a picture that is not there is a problem of the talk's. */
void cover_make(struct talk *talk, const struct deck_page_site *site);
void cover_release(struct cover *cover);

/* Its address from a page; both kinds never mean another picture. */
void cover_append_url(struct strbuf *out, const struct cover *cover, struct span from);
