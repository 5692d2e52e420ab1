/*
 * rendering: a deck and the page made from it, with what they were made from.
 *
 * Made once, immutable afterwards, and shared: a site whose deck has not changed holds the
 * rendering of the site before it. The count is atomic, so either site may go first.
 */
#pragma once

#include "base/digest.h"
#include "base/err.h"
#include "deck/deck.h"
#include "deck/read_back.h"
#include "site/cover.h"
#include "site/evidence.h"
#include "site/page.h"

#include <stdatomic.h>
#include <stdbool.h>
#include <time.h>

struct rendering {
    atomic_uint references;
    struct deck *deck; /* without its slides, which the page has */
    size_t slide_count;
    struct page page;
    char *policy;             /* Content-Security-Policy of the page */
    struct page about;        /* of the talk; a talk without slides has it as `page` */
    char *about_policy;       /* NULL where there is no such page */
    struct cover cover;       /* of the talk, in lists */
    struct text_list pdfs;    /* addresses, relative to the talk's or of the web */
    bool has_recordings;      /* that the talk's page plays or leads to */
    struct err_list problems; /* what the page adds to the deck's own */
    time_t modified;          /* of the newest file that the page was made from */
    time_t written;           /* the same, without those of the program itself */
    bool bad;                 /* the deck or settings it inherits have errors */

    struct digest basis; /* of what is known before anything is asked: place and settings */
    struct evidence evidence;
};

struct rendering *rendering_new(struct digest basis);
struct rendering *rendering_ref(struct rendering *rendering);
void rendering_unref(struct rendering *rendering); /* NULL is fine */

/* The slides as searching reads them: with texts, and ids that their addresses have. */
void rendering_read_slides(const struct rendering *rendering, struct slide_list *slides);

/* The page depends on a file of that time, or on the program. */
void rendering_depend(struct rendering *rendering, time_t modified);
void rendering_depend_program(struct rendering *rendering, time_t modified);
