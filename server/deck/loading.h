/*
 * loading: what the loading of one deck needs, beside the deck that comes of it.
 *
 * deck.c sets it up and puts the text together; then either way from text to slides takes over.
 */
#pragma once

#include "deck/assembly.h"
#include "deck/deck.h"
#include "deck/render.h"
#include "deck/sections.h"

struct loading {
    const struct deck_request *request;
    struct deck *deck;
    struct assembly assembly;
    char *prefix; /* of the names of the directory's files, as seen from the root */
    char *file;   /* the source, as seen from the root */

    struct err_list errs;   /* in lines of the assembled text */
    size_t page_len;        /* of the author's whole page, in the text; 0 if it is none */
    struct strbuf markdown; /* of an HTML deck's slides; the renderer looks into it */
    struct renderer *renderer;
    struct sections sections;
};

/* The ways from the assembled text to loading->sections. */
void markdown_deck_render(struct loading *loading);
void html_deck_render(struct loading *loading);

/* Markdown that is slides: all of a deck's text, or what one section of an HTML deck holds. */
struct markdown_part {
    const struct deck_settings *settings; /* for the separators */
    struct span text;
    unsigned line; /* of its first byte */
    const size_t *breaks;
    size_t break_count;
    struct span tag; /* start tag that each of the slides has, or empty */
    bool in_stack;   /* all of them stand in the stack `stack` */
    unsigned stack;  /* else the first one's, the others are numbered on from there */
};

void markdown_part_render(struct loading *loading, const struct markdown_part *part);
