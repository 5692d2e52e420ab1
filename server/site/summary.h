/*
 * summary: a site in a line, and its problems in as many as there are.
 */
#pragma once

#include "base/strbuf.h"
#include "site/site.h"

#include <stdbool.h>

/* "4 decks, 120 slides" */
void summary_append_size(struct strbuf *out, const struct site *site);

/* All problems and a last line that counts them; true if nothing needs to be mended. */
bool summary_append_check(struct strbuf *out, const struct site *site);
