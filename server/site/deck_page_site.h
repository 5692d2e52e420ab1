/*
 * deck_page_site: what the pages about one deck are made with.
 *
 * Borrowed by every job that loads a talk, on many threads at once. What is not asked of the
 * witness goes into deck_page_append_basis (deck_page.h).
 */
#pragma once

#include "site/people.h"
#include "site/reuse.h"
#include "site/shell.h"
#include "site/walk.h"
#include "site/witness.h"

struct deck_page_site {
    const struct walk *walk;
    const struct witness *witness;
    const struct reuse *reuse;
    const struct shell *shell;
    const struct people *people;
};
