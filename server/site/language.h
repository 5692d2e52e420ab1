/*
 * language: what is known of a language by its tag (BCP 47): what it is called in itself, for lists
 * of languages to choose from, and which way it is written.
 */
#pragma once

#include "base/span.h"
#include "base/strbuf.h"

#include <stdbool.h>

/* "Deutsch" for "de" and "de-AT"; the tag itself where nothing better is known. */
struct span language_name(struct span tag);

/* By the tag's script, "az-Arab"; where it has none, by what the language is usually written in. */
bool language_is_rtl(struct span tag);

/*
 * ` lang="he" dir="rtl"` behind the name of a tag; no `dir` for what runs from left to right, as
 * our pages do, and nothing at all for NULL.
 */
void language_append_attributes(struct strbuf *out, const char *tag);
