/*
 * csp: the Content-Security-Policy of each kind of page.
 *
 * Our pages run our script and the deck's own files, nothing inline and nothing from elsewhere; a
 * deck's policy also lets in the pictures, media and frames of the hosts that the deck itself
 * names. What the author wrote as a whole page is the author's: it may run what it holds and load
 * what it names by https, but no plug-ins, and it sends forms nowhere else.
 */
#pragma once

#include "base/strbuf.h"
#include "conf/deck_settings.h"

/* For all pages that are no decks. */
extern const char csp_page[];

/* For a drawing of ours. */
extern const char csp_code[];

/* For the page of a talk: our script, the deck's media, and frames of these origins. */
void csp_append_talk(struct strbuf *out, const struct text_list *frame_origins);

/* For HTML, SVG and XML that the author wrote. */
extern const char csp_author[];

/* For a deck in our page; origins that are no origins are left out. */
void csp_append_deck(struct strbuf *out, const struct text_list *hosts);
