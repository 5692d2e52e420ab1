/*
 * witness: what lies around a deck while its pages are made, for those who ask.
 *
 * Each answer is kept as evidence (evidence.h) with its question. Borrows everything; immutable,
 * and asked on many threads at once.
 */
#pragma once

#include "base/map.h"
#include "site/evidence.h"
#include "site/files.h"
#include "site/talk.h"

#include <stdbool.h>
#include <stddef.h>

struct witness {
    int root;
    size_t limit; /* bytes of a source */
    const struct site_files *files;
    const struct map *talks;          /* sources and directories → struct talk */
    const struct map *composed_talks; /* the same for other spellings, see names.h */
};

const struct site_file *witness_ask_file(const struct witness *witness, struct span path,
                                         struct evidence *evidence);
const struct talk *witness_ask_talk(const struct witness *witness, struct span path,
                                    struct evidence *evidence);

/* site_files_find_kin of a file that was asked for. */
void witness_ask_kin(const struct witness *witness, const struct site_file *file,
                     struct evidence *evidence, size_t *ret_first, size_t *ret_end);

/* Would the witness say the same now? Never true where nothing was read. */
bool witness_confirms(const struct witness *witness, const struct evidence *evidence);
