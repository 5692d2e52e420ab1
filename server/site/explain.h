/*
 * explain: what is in force for one deck, and who said so.
 *
 * For `decksd --explain`: finds the deck as the site would, reads its settings from all layers, and
 * writes them with their places. Nothing else is loaded.
 */
#pragma once

#include "base/err.h"
#include "base/strbuf.h"
#include "conf/site_settings.h"

/*
 * `name` is the deck's path, its directory or its source, with or without the root before it. 0; or
 * negative errno, with a line in `errs`, -ENOENT when there is no such deck.
 */
int site_explain(const struct site_settings *settings, const char *name, struct strbuf *out,
                 struct err_list *errs);
