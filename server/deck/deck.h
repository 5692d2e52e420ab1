/*
 * deck: one talk, from its Markdown to the slides' HTML.
 *
 * deck_load reads the source below the root, merges the settings, splits, parses and renders once.
 * A deck is immutable afterwards and owns all it points to. It never fails halfway: what is wrong
 * is in `problems`; a deck that cannot be shown at all has `broken` set and no slides.
 * Decks know nothing of HTTP, of other decks or of the site; what they need to know of the files
 * around them they ask through struct deck_files. Loading is safe on many threads at once, after
 * deck_setup was called.
 */
#pragma once

#include "base/digest.h"
#include "base/err.h"
#include "base/span.h"
#include "base/strbuf.h"
#include "base/vec.h"
#include "conf/deck_settings.h"
#include "conf/node.h"

#include <stdbool.h>
#include <stddef.h>

/* What a page needs to know of a file that a slide refers to. */
struct deck_file {
    const char *digest;     /* for ?v=…; borrowed */
    unsigned width, height; /* of a picture in pixels; 0 when unknown */
    const char *path;       /* from the root, where it is not as asked for; else NULL; borrowed */
};

/*
 * The files of the site, asked by path relative to the root ("2015/polyconf/x.png", normalised,
 * percent-decoded). `deck_url` answers for a path that is a deck's source or directory: the deck's
 * path from the root, with trailing slash ("2015/polyconf/"), borrowed. Both return false for what
 * is not there. `find` may know a file by another spelling of the same name.
 */
struct deck_files {
    void *context;
    bool (*find)(void *context, struct span path, struct deck_file *ret_file);
    bool (*deck_url)(void *context, struct span path, struct span *ret_url);
    bool (*knows_language)(struct span name); /* whether code in it can be coloured; may be NULL */
    const char *(*emoji)(struct span name); /* for "tada", or NULL; borrowed; may be NULL itself */
};

struct deck_request {
    int root;              /* directory descriptor that everything is below */
    const char *directory; /* of the deck, relative to the root; "" for the root itself */
    const char *source;    /* file name in the directory: talk.md, index.html */
    const char *path;      /* URL path from the site's root with trailing slash: "2015/polyconf/" */
    const struct node *const
        *layers; /* settings from below: site config, parents' deck.yaml, own deck.yaml */
    size_t layer_count;
    bool slideless; /* the source is one of those files: there is only what the settings say */
    size_t limit;   /* bytes of source, includes included */
    struct deck_files files;
};

/* One slide, for indexes, tables of contents and search. */
struct deck_slide {
    unsigned h, v; /* as reveal.js counts, from 0; hidden slides are not listed */
    char *id; /* what the address shows: of its section element, unique in the deck; "2/1" where
                 the author put a <section> without one into a slide */
    char *heading;         /* plain text of the first heading, "" if none */
    unsigned heading_line; /* in the text that all sources make together; 0 if none */
    char *text;            /* plain text without notes */
    char *notes;           /* plain text of the speaker notes, "" if none */
};

/* A file that the deck's text comes from. */
struct deck_source {
    char *path;           /* relative to the root */
    struct digest digest; /* of the bytes that were read; empty where they could not be */
};

struct deck_sources {
    VEC(struct deck_source) list;
};

struct deck {
    struct deck_settings settings;
    struct err_list problems; /* files relative to the root */
    bool broken;              /* nothing to show: problems say why */
    bool whole_page; /* slides holds a complete HTML page of the author, to be served as it is */
    struct strbuf slides;      /* the <section> elements */
    struct strbuf read_slides; /* of a whole page: the same, as they would be on a page of ours; for
                                  reading and searching only, and kept */
    VEC(struct deck_slide) index;
    struct text_list languages; /* names as written in code fences, each once, in order */
    struct deck_sources read;   /* the sources and what they include, each once */
    bool has_code, has_math, has_mermaid;
    struct text_list hosts; /* origins that the deck itself names (https://www.youtube.com), for its
                               CSP; each once */
};

/* Once, before threads: registers cmark-gfm's extensions. */
void deck_setup(void);
void deck_teardown(void);

/* Never NULL; the caller frees. */
struct deck *deck_load(const struct deck_request *request);

/* The <section> elements of any deck, whose ids are the index's. */
struct span deck_sections(const struct deck *deck);

/* Frees the slides and their index, which is most of a deck, once they have been used. */
void deck_drop_slides(struct deck *deck);
void deck_free(struct deck *deck);
