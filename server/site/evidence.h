/*
 * evidence: what a deck's page was made from, to tell later whether it would come out the same.
 *
 * While a page is made, each question that is asked of what lies around it (witness.h) is kept with
 * its answer: which bytes a source had, which version of a picture there is, what a deck's address
 * is, and also what was asked for in vain. If every question still has the same answer, so has the
 * whole.
 */
#pragma once

#include "base/span.h"
#include "base/strbuf.h"
#include "deck/deck.h"

#include <stdbool.h>

/* The first character of a question; a path follows. */
enum evidence_question { ASK_FILE = 'f', ASK_TALK = 't', ASK_SOURCE = 's', ASK_KIN = 'k' };

struct evidence {
    struct strbuf text; /* question and answer, each ended by a NUL, one pair after the other */
};

void evidence_add(struct evidence *evidence, enum evidence_question question, struct span path,
                  struct span answer);

/* What a deck has read; one that could not read everything is never like another. */
void evidence_add_sources(struct evidence *evidence, const struct deck_sources *sources);

/* Cuts the first question off what is left of the text; false at the end. */
bool evidence_next(struct span *rest, enum evidence_question *ret_question, struct span *ret_path,
                   struct span *ret_answer);

void evidence_release(struct evidence *evidence);
