/*
 * pdf: a deck as PDF, a page a slide.
 *
 * The site is served to a browser on this machine and nobody else, which opens the deck's print
 * view and prints it. So the PDF has what the browser shows: fonts, drawings, backgrounds.
 */
#pragma once

#include "base/err.h"
#include "base/strbuf.h"
#include "conf/site_settings.h"
#include "site/site.h"

struct pdf_order {
    const char *deck; /* as site_deck_named takes it */
    const char *file; /* "-": standard output; NULL: the deck's name with .pdf, here */
    bool notes;       /* on a page of their own behind each slide */
};

/*
 * Takes the site, which was loaded with the settings. Appends what was written to `said`, a line
 * for the terminal; nothing where standard output has the PDF. Negative errno, with lines in
 * `errs`, and no file.
 */
int pdf_write(const struct site_settings *settings, struct site *site,
              const struct pdf_order *order, struct err_list *errs, struct strbuf *said);
