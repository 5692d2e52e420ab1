/*
 * publish_feeds: the feed of the site, and one beside the page of each tag and person.
 *
 * They are made on all cores, as there may be as many as there are tags and people. What they say
 * is for everybody, so scripts of other sites may read them.
 */
#pragma once

#include "site/publish.h"

void publish_feeds(const struct publish *publish);

/* When something in the list was last written, not after now; of the root where there is nothing.
 */
time_t publish_written(const struct publish *publish, const struct talk_list *list);

/* The same for readers: what is newest by talk_updated. */
time_t publish_updated(const struct publish *publish, const struct talk_list *list);
