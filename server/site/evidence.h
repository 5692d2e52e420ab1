/*
 * evidence: what a deck's page was made from, to tell later whether it would come out the same.
 *
 * While a page is made, each question that is asked of what lies around it is kept with its answer:
 * which bytes a source had, which version of a picture there is, what a deck's address is, and also
 * what was asked for in vain. If every question still has the same answer, so has the whole.
 */
#pragma once

#include "base/map.h"
#include "base/strbuf.h"
#include "deck/deck.h"
#include "site/files.h"

#include <stdbool.h>
#include <stddef.h>

/* What answers the questions. */
struct witness {
    int root;
    size_t limit; /* bytes of a source */
    const struct site_files *files;
    const struct map *talks;          /* sources and directories → struct talk */
    const struct map *composed_talks; /* the same for other spellings, see names.h */
};

struct evidence {
    struct strbuf text; /* question and answer, each ended by a NUL, one pair after the other */
};

/* Each asks the witness and keeps the answer. */
const struct site_file *evidence_ask_file(struct evidence *evidence, const struct witness *witness,
                                          struct span path);
const struct talk *evidence_ask_talk(struct evidence *evidence, const struct witness *witness,
                                     struct span path);

/* site_files_find_kin of a file that was asked for. */
void evidence_ask_kin(struct evidence *evidence, const struct witness *witness,
                      const struct site_file *file, size_t *ret_first, size_t *ret_end);

/* What a deck has read; one that could not read everything is never like another. */
void evidence_add_sources(struct evidence *evidence, const struct deck_sources *sources);

/* Would the witness say the same now? Never true where nothing was read. */
bool evidence_holds(const struct evidence *evidence, const struct witness *witness);

void evidence_release(struct evidence *evidence);
