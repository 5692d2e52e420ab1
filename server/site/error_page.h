/*
 * error_page: what is answered when there is nothing to show.
 *
 * Each status that the server gives has a small page as HTML and as plain text, made once. They may
 * be sent for any path, so their links start at the root of the host, with the base path that the
 * site has there.
 */
#pragma once

#include "site/page.h"
#include "site/shell.h"

#include <stddef.h>

/* There are so many, each with its status, in rising order. */
size_t error_page_count(void);
int error_page_status(size_t index);

/* The page for a status; one that has none of its own gets the first of its class. */
size_t error_page_index(int status);

void error_page_build_html(size_t index, const struct shell *shell, const struct reuse *reuse,
                           struct page *ret_page);
void error_page_build_text(size_t index, const struct reuse *reuse, struct page *ret_page);
