/*
 * group_page: the talks of a year, a person, a tag or a venue, and the lists of all of those.
 *
 * A person's page also says what the configuration knows: a picture, which must be a file of the
 * site, a few words, and where to find more. A group of many talks shows the newest; the rest is
 * behind a link to the index, narrowed to that group.
 */
#pragma once

#include "site/catalog.h"
#include "site/files.h"
#include "site/page.h"
#include "site/shell.h"

struct group_page_site {
    const struct shell *shell;
    const struct catalog *catalog;
    const struct site_files *files;
    const struct reuse *reuse;
};

/* Safe on many threads. */
void group_page_build(const struct group_page_site *site, enum catalog_kind kind,
                      const struct catalog_group *group, struct page *ret_page);

/* All people, tags or venues; years have none. */
void group_page_build_list(const struct group_page_site *site, enum catalog_kind kind,
                           struct page *ret_page);

/* Adds a line for each person's picture that is not there. */
void group_page_check(const struct group_page_site *site, struct err_list *errs);
