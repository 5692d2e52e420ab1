/*
 * look: what the site's owner has made of its pages.
 *
 * Description, logo, footer, colours, a style sheet, more of the head, and page shells, as the
 * configuration has them (docs/configuration.md). Made once a load from the settings and the site's
 * files, immutable, owned by the shell. All that pages show of it is in `identity`.
 */
#pragma once

#include "base/digest.h"
#include "base/err.h"
#include "conf/site_settings.h"
#include "site/files.h"
#include "site/page.h"
#include "site/shells.h"

struct look {
    char *description, *footer, *head; /* as said, or NULL */
    char *logo, *custom_css; /* "logo.svg?v=…", percent-encoded, from the root; or NULL */
    unsigned logo_width, logo_height; /* 0 when unknown */
    char *style;                      /* path of the style sheet of pages: ours, or `sheet` */
    struct page sheet;                /* ours in the owner's colours; empty without them */
    struct shells shells;
    struct digest identity;
};

/*
 * `before` is the one of the site before, or NULL: where a shell cannot be used, those of then
 * stay. What is wrong goes into `errs`.
 */
void look_init(struct look *look, const struct site_settings *settings,
               const struct site_files *files, const struct reuse *reuse, const struct look *before,
               struct err_list *errs);
void look_release(struct look *look);
