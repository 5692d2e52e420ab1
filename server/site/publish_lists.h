/*
 * publish_lists: puts the pages that list talks into the table of routes.
 *
 *   /                     the index, unless the only deck stands at the root
 *   /2015/                a year's talks
 *   /people/, /tags/, /venues/, and below them a page for each
 *
 * A deck, a file or an index.html that stands at one of these paths keeps it. Where there is no
 * index, there are no lists at all.
 */
#pragma once

#include "site/publish.h"

void publish_index(const struct publish *publish);
void publish_groups(const struct publish *publish);
