/*
 * deck_dialect: keys of other tools, and what they mean here.
 *
 * reveal-md, mkslides, HedgeDoc, vscode-reveal, Hugo, Jekyll, pandoc and Marp name the same things
 * in their own ways; a talk written for them is read as it is. A foreign key is another name of one
 * of ours, or holds a map of keys, or is known to have no meaning here, which is worth a note only.
 */
#pragma once

#include "base/err.h"
#include "conf/deck_settings.h"
#include "conf/nearest.h"
#include "conf/node.h"

#include <stdbool.h>

/* Reads a foreign key's value; false if no tool that we know has such a key. */
bool deck_dialect_read(struct deck_settings *settings, const char *key, const struct node *value,
                       struct err_list *errs);

/* Adds the foreign keys that mean something to the candidates; the best is ours of that meaning. */
void deck_dialect_offer(struct nearest *nearest);
