/*
 * discover: which files below the root are decks.
 *
 * Decided by names, but for a look into README.md files and the heads of sources. Going down from
 * the root, in each directory:
 *
 *  1. The file that deck.yaml names under `source:`, else deck.md, content.md, slides.md or
 * index.md makes the directory a deck: 2015/polyconf/deck.md is /2015/polyconf/.
 *  2. Else README.md does, if it holds a line that separates slides.
 *  3. Else, with one other Markdown file, that is the directory's deck; with several, each is a
 * deck of its own, below the directory: 2015/talk.md is /2015/talk/.
 *  4. Else README.md or index.html, if there is no deck further down.
 *  5. Else, if there is no deck further down, deck.yaml that names a recording or a PDF is a talk
 * without slides.
 *
 * Below a deck of rule 1 or 3 its parts and notes live: there, only rules 1 and 5 make further
 * decks; below a README.md, rules 1 to 3 do. Files that are customary beside software (LICENSE.md,
 * CONTRIBUTING.md …) or begin with "_" are never talks. Names are compared without regard to case;
 * `.markdown` is `.md`.
 *
 * A `slug:` in front matter or, for a directory's deck, its deck.yaml takes the place of the last
 * part of the path.
 *
 * The root is special, because "/" is the index: a deck is only there if it is the only one.
 * Otherwise a source by rule 1 is a deck by its file's name, /deck/; index.md, README.md and
 * index.html of the root are pages about the decks then, and no decks.
 */
#pragma once

#include "base/err.h"
#include "base/vec.h"
#include "site/files.h"
#include "site/layers.h"
#include "site/walk.h"

#include <stdbool.h>
#include <stddef.h>

struct deck_place {
    size_t directory; /* of the walk */
    char *source;     /* the file's name in it, owned; as `source:` has it, it may hold slashes */
    char *path;     /* from the site's root with trailing slash, decoded; "" for the root; owned */
    bool loose;     /* named by its file, not by its directory */
    bool slideless; /* the source is a file of settings (rule 5) */
    bool shared;    /* one of several in its directory, whose settings are not its alone */
};

struct deck_places {
    VEC(struct deck_place) list; /* in the order of their paths */
};

/*
 * Two decks with one path are a problem, and the first of them by source is taken. `files` may be
 * NULL: then the heads of all sources are read.
 */
void discover_decks(int root, const struct walk *walk, const struct layers *layers,
                    const struct site_files *files, struct deck_places *ret_places,
                    struct err_list *errs);
void deck_places_release(struct deck_places *places);
