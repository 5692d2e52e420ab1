/*
 * catalog: what the site lists, in the orders that its pages list it.
 *
 * All talks but drafts, newest first and those without a date at the end; and the same talks by
 * year, by person, by tag, and by venue, which is an event or the place where it is held. A group
 * has a name, the path of its page, and its talks in the same order. Names are one if they have one
 * stem (stem.h), of which paths are made ("tags/unikernels/"); a person of the configuration is one
 * under key and name, with the key's path.
 *
 * Immutable, and safe on many threads. Talks, settings and what they hold are borrowed; `people`
 * too, but persons are NULL after catalog_settle, as the settings may be gone then.
 */
#pragma once

#include "base/map.h"
#include "base/vec.h"
#include "conf/people_settings.h"
#include "site/catalog_kind.h"
#include "site/people.h"
#include "site/talks.h"

#include <stdbool.h>
#include <stddef.h>

struct talk_list {
    VEC(const struct talk *) talks;
};

struct catalog_group {
    char *name;                           /* "Unikernels", "2015" */
    char *path;                           /* "tags/unikernels/", "2015/" */
    char *key;                            /* people whose name means another: what to ask for */
    char *url;                            /* people: a web page of their own, or NULL */
    const struct person_settings *person; /* people of the configuration, while pages are made */
    struct talk_list talks;
};

struct catalog_groups {
    VEC(struct catalog_group *) list; /* years: newest first; others by name */
    struct map by_stem;               /* → struct catalog_group; people by keys and names */
};

struct catalog {
    const struct talks *source;
    struct talk_list talks;
    char **texts;  /* of each of them: what a search goes through, folded (utf8_append_folded) */
    size_t *ranks; /* of each of the source's: its place in `talks` */
    struct catalog_groups kinds[CATALOG_KIND_COUNT];
};

void catalog_init(struct catalog *catalog, const struct talks *talks, const struct people *people);
void catalog_release(struct catalog *catalog);

/* To be called when all pages are made: the catalog lives longer than the configuration. */
void catalog_settle(struct catalog *catalog);

/* Where a person of no configuration is spelled in several ways, which are one for us. */
void catalog_note_spellings(const struct catalog *catalog, struct err_list *errs);

/* The group that a deck means by a name: of a tag, a speaker (or a key), an event or a venue. */
const struct catalog_group *catalog_find(const struct catalog *catalog, enum catalog_kind kind,
                                         struct span name);

/* How a speaker is shown; borrowed from the catalog, or the deck. */
struct byline {
    struct span name;
    const char *url;  /* a page of their own on the web, or NULL */
    const char *path; /* of the site's page about them, or NULL */
};

struct byline catalog_byline(const struct catalog *catalog, const struct speaker *speaker);

/* The place of a listed talk among all of them. */
size_t catalog_rank(const struct catalog *catalog, const struct talk *talk);

/* The name by which catalog_find finds the group. */
const char *catalog_group_word(const struct catalog_group *group);

/* The talk's date as far as it is known, "2015-07-04", "2015-07" or "2015"; "" when it is not. */
const char *talk_date(const struct talk *talk);
