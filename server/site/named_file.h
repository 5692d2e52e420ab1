/*
 * named_file: the files that a deck's settings name, such as styles, covers and recordings.
 */
#pragma once

#include "base/strbuf.h"
#include "site/deck_page_site.h"
#include "site/files.h"
#include "site/talk.h"

#include <stdbool.h>

/* "https://…" or "//…": on another host. */
bool named_file_is_remote(const char *name);

/*
 * The file: beside the deck, else, as the setting may come from a directory above, in one of those.
 * NULL for one that is not there; the talk's evidence takes in the question.
 */
const struct site_file *named_file_find(struct talk *talk, const struct deck_page_site *site,
                                        const char *name);

/* The same for a picture; NULL for files that are none, and for a NULL name. */
const struct site_file *
named_file_find_picture(struct talk *talk, const struct deck_page_site *site, const char *name);

/*
 * A file with that extension beside the source that is called like it, or, where the directory is
 * the talk's alone, "deck" or like the talk's address.
 */
const struct site_file *named_file_find_beside(struct talk *talk, const struct deck_page_site *site,
                                               const char *extension);

/* Its versioned address from the talk's pages; the talk's time takes in the file's. */
void named_file_append_url(struct strbuf *out, struct talk *talk, const struct site_file *file);

/* A picture's width and height as attributes; nothing where they are not known. */
void named_file_append_size(struct strbuf *out, const struct site_file *file);
