/*
 * slug: the id of a slide's section, by which it is linked to.
 *
 * An id said by the author stands. Else it is made from the slide's heading, or the first words of
 * its text: letters and digits of any script in lower case, with hyphens between words. So a link
 * survives edits elsewhere in the deck. Ids are unique in the deck: later ones get -2, -3, …
 * Never empty and never digits only, which reveal.js would take for a slide's number.
 */
#pragma once

#include "base/map.h"
#include "base/span.h"
#include "base/strbuf.h"

#include <stdbool.h>

struct slugger {
    struct map taken; /* id or stem of one, to its last number */
};

void slugger_init(struct slugger *slugger);
void slugger_release(struct slugger *slugger);

/* Keeps an author's id for its slide; false if another slide has it. Before any slugger_make. */
bool slugger_reserve(struct slugger *slugger, struct span id);

/* The words of a text as part of an address; nothing where it has none. */
void slug_append(struct strbuf *out, struct span text);

/* A new id from a text that may be empty. */
void slugger_make(struct slugger *slugger, struct span text, struct strbuf *ret_id);
