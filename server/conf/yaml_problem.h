/*
 * yaml_problem: libyaml's complaints, said to the author of a deck.
 *
 * libyaml speaks of tokens and contexts; the author wants to know what to type.
 */
#pragma once

#include "base/span.h"

#include <yaml.h>

/* What is wrong and the mend, and its place in `text`, which the parser stopped in. */
const char *yaml_problem_explain(const yaml_parser_t *parser, struct span text,
                                 yaml_mark_t *ret_mark);

/* Line and column (from 0) of a byte. */
yaml_mark_t yaml_problem_mark(struct span text, size_t offset);
