/*
 * index_page: the list of talks at "/".
 *
 * Every deck that is no draft, newest first and by year; those without a date stand at the end, by
 * title. A deck that cannot be shown is listed and marked. Without any deck, the page says how to
 * put one there.
 */
#pragma once

#include "site/catalog.h"
#include "site/page.h"
#include "site/shell.h"

void index_page_build(const struct shell *shell, const struct catalog *catalog,
                      const struct reuse *reuse, struct page *ret_page);
