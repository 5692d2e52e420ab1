/*
 * guard: the runs of a text in which nothing separates: fenced code and HTML comments.
 *
 * Slides are found before Markdown is parsed, so this looks at lines only: a fence may be indented
 * at will and stand behind list markers (it may be in a list), not behind `>`. Real decks forget to
 * close a fence; then it must not swallow the deck. A fence is *open* if no line closes it before
 * the limit, or if a fence that it could contain only by accident (same character, at least as
 * long, with an info string) comes first. A comment is open likewise. What an open run guards is
 * the caller's to decide.
 *
 * All is linear in the text: what closes what is known from one pass backwards.
 */
#pragma once

#include "base/span.h"

#include <stdbool.h>
#include <stddef.h>

enum guard_kind { GUARD_FENCE, GUARD_COMMENT };

struct guard_run {
    enum guard_kind kind;
    size_t start, end; /* end: behind the last byte; where it stopped being believed, if open */
    bool open;
};

struct guard;

struct guard *guard_new(struct span text); /* borrowed */
void guard_free(struct guard *guard);

/*
 * The first run that begins at or behind `from` and before `limit`, in a part of the text that
 * ends at `limit`. False if there is none. Calls go forward: `from` never decreases.
 */
bool guard_next(struct guard *guard, size_t from, size_t limit, struct guard_run *ret_run);
