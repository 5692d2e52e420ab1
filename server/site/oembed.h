/*
 * oembed: how a deck is put into another page, for programs that are given its address.
 *
 * https://oembed.com: /oembed?url=…, with the address of a deck, of its talk's page, or of what
 * leads there; a slide's stays in it. The answer is of type "rich", an iframe no larger than asked
 * for. Addresses of other hosts, what is no deck, and decks that cannot be shown are not found
 * (404), decks that forbid frames are 401, and formats besides JSON and XML 501.
 */
#pragma once

#include "site/attachment.h"
#include "site/catalog.h"
#include "site/computed.h"
#include "site/route.h"
#include "site/shell.h"
#include "site/talks.h"

/* What it answers from; borrowed from the site. */
struct oembed {
    const struct talks *talks;
    const struct catalog *catalog;
    const struct routes *routes;
    const struct shell *shell;
    const struct walk *walk;
    const struct site_files *files;
};

/* A resource_compute whose context is a struct oembed. */
bool oembed_compute(const void *context, const struct query *query, struct computed *answer);
