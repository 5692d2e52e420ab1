/*
 * layers: the settings files that stand in directories, and which of them a deck inherits.
 *
 * A deck gets first what the site's configuration says, then what each directory's files say
 * (deck_settings_files, in their order), from the root down to its own. What only one deck can say
 * of itself (source, slug, aliases) is not inherited. The nodes belong to the layers and live as
 * long as they do.
 */
#pragma once

#include "base/err.h"
#include "base/strbuf.h"
#include "base/vec.h"
#include "conf/node.h"
#include "site/walk.h"

#include <stdbool.h>
#include <stddef.h>
#include <time.h>

enum { LAYER_LIMIT = 1024 * 1024 /* bytes of a settings file */ };

struct directory_layers {
    VEC(struct node *) nodes;     /* in rising precedence */
    VEC(struct node *) inherited; /* the same for decks further down; shares the nodes' parts */
    char *source;                 /* the first file that they name as the deck's source, or NULL */
    const char *recorded;   /* the last file, if they name a recording or PDF of a talk; or NULL */
    char *slug;             /* what they call the deck in its address, or NULL */
    time_t modified;        /* of the newest file, 0 if there is none */
    struct strbuf identity; /* names and digests of the files; empty where there is none */
    bool bad;               /* one of them has errors */
};

struct layers {
    const struct node *site;              /* borrowed; may be NULL */
    struct directory_layers *directories; /* one for each of the walk's */
    size_t count;
};

struct layer_list {
    VEC(const struct node *) list;
    time_t modified; /* of the newest file that is in it */
    bool bad;        /* what a file says is lost, as it has errors */
};

/* Reads all settings files; `site` is borrowed and may be NULL. */
void layers_read(struct layers *layers, int root, const struct walk *walk, const struct node *site,
                 struct err_list *errs);
void layers_release(struct layers *layers);

/*
 * What holds for a deck in the walk's directory, lowest first; the caller releases the list. A deck
 * that shares the directory with others inherits from it too.
 */
void layers_collect(const struct layers *layers, const struct walk *walk, size_t directory,
                    bool shared, struct layer_list *ret_list);

/* What tells the same list from another; appended. */
void layers_append_identity(struct strbuf *out, const struct layers *layers,
                            const struct walk *walk, size_t directory);

/* Is this file settings, which are nobody's business? */
bool layers_is_settings(const char *name);
