/*
 * attachment: what a deck names beside its slides, for readers that are no pages of ours.
 *
 * Recordings, PDFs and covers are files of the site or addresses elsewhere. Pages refer to them by
 * version (named_file.h); feeds and lists, which outlive an edition, by their plain address.
 * Asked for the table after all decks are loaded, so nothing is noted as evidence.
 */
#pragma once

#include "base/strbuf.h"
#include "http/mime.h"
#include "site/files.h"
#include "site/talk.h"
#include "site/walk.h"

#include <stdbool.h>

/* Where documents about the whole site stand, and what they refer to. */
struct outlook {
    struct span address; /* of the site (site_address.h), or empty */
    struct span from;    /* path of the document, decoded, without a slash before it */
    const struct walk *walk;
    const struct site_files *files;
};

/* The address of a page or file of the site: absolute if the site knows its own, else relative. */
void outlook_append_url(struct strbuf *out, const struct outlook *outlook, struct span path);

/*
 * Appends the address of what a setting names, a file of the site or something of the web, and says
 * which file that is (NULL: it lies elsewhere). False, with nothing appended, for anything else.
 */
bool attachment_append_url(struct strbuf *out, const struct outlook *outlook,
                           const struct talk *talk, const char *name,
                           const struct site_file **ret_file);

/* The same for a recording, whose address may lack its scheme. */
bool attachment_append_recording(struct strbuf *out, const struct outlook *outlook,
                                 const struct talk *talk, const struct recording *recording,
                                 const struct site_file **ret_file);

/* What kind of file it is; NULL for an address that is not clearly that of a recording or a PDF. */
const struct mime *attachment_media(const struct site_file *file, struct span url);
