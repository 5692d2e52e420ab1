/*
 * template_check: is a page shell right, before it is used?
 *
 * A shell that somebody wrote is rendered for every page, so all that may be wrong with it is found
 * when it is read: markers that are not closed, names that no value has, conditions that do not
 * end, HTML that would be escaped and text that would not be, and what a page cannot do without.
 */
#pragma once

#include "base/err.h"
#include "base/span.h"

#include <stdbool.h>
#include <stddef.h>

/* A value that a shell is given. */
struct template_name {
    const char *name;
    bool html;   /* to be put in as it is, by {{{name}}}; all others by {{name}} */
    bool needed; /* no page works without it */
};

/* 0, or -EINVAL with what is wrong, and its mend, in `errs`. */
int template_check(struct span shell, const char *file, const struct template_name *names,
                   size_t count, struct err_list *errs);
