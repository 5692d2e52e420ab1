/*
 * answer_computed: answers that are made for a request's query.
 *
 * They are answered as those from memory are, with an entity tag for each coding, preconditions and
 * ranges. They are compressed on demand, quickly, and only if the client takes it and it pays.
 */
#pragma once

#include "serve/answering.h"

/* False, and nothing is sent, where the resource has no answer of its own for this query. */
bool answer_computed(const struct answering *a, const struct resource *resource,
                     enum MHD_Result *ret_result);
