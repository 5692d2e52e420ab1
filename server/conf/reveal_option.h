/*
 * reveal_option: which options reveal.js has.
 *
 * A deck may give Reveal.initialize any, for plugins have theirs; what is nearly the name of one of
 * reveal.js's own is probably mistyped.
 */
#pragma once

#include "base/err.h"
#include "conf/nearest.h"
#include "conf/node.h"

#include <stdbool.h>

bool reveal_option_exists(const char *name);

/* Reports what looks like a mistyped one in a map of options. */
void reveal_option_check(const struct node *options, struct err_list *errs);

/* Adds all to the candidates. */
void reveal_option_offer(struct nearest *nearest);
