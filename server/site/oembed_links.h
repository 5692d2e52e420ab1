/*
 * oembed_links: where programs that got a page of a talk learn how to embed it (oembed.h).
 */
#pragma once

#include "base/strbuf.h"
#include "site/shell.h"
#include "site/talk.h"

/* For <head>; nothing for a deck that forbids frames. */
void oembed_links_append(struct strbuf *out, const struct talk *talk, const struct shell *shell);
