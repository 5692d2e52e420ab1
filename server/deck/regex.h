/*
 * regex: an author's regular expression, with JavaScript's meaning.
 *
 * Expressions are written for reveal.js, so they are translated to PCRE2's dialect first: `\s` is
 * JavaScript's, letters without a meaning there stand for themselves, and what only PCRE2 knows
 * (verbs, inline options, recursion) is refused. They come from strangers: each search is bounded
 * in backtracking and memory, and all searches of a deck together in time, by a budget. PCRE2's
 * JIT is not used: it needs memory that is writable and executable, which the service forbids,
 * and separators are short.
 */
#pragma once

#include "base/span.h"
#include "base/strbuf.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum regex_flags {
    REGEX_MULTILINE = 1, /* JavaScript's m */
    REGEX_CASELESS = 2,  /* JavaScript's i */
};

/* Processor time that a deck's expressions may still take. */
struct regex_budget {
    int64_t end;   /* of the thread's clock, in nanoseconds; 0 until the first search */
    int64_t check; /* of the monotonic clock: until then the other cannot have reached its end */
};

struct regex;

/* NULL, with a clause that says what is wrong in `why`, for an expression that cannot be used. */
struct regex *regex_new(struct span pattern, unsigned flags, struct strbuf *why);
void regex_free(struct regex *regex);

/* Those of deck/usual.h, to be used as any other. */
struct regex *regex_new_dashes(unsigned lengths);
struct regex *regex_new_notes(void);

/*
 * The first match at or behind `from`. 1 if found, 0 if there is none, -ELOOP if the expression
 * matches the empty text, which separates nothing, -ETIME if it takes too long. The text is valid
 * UTF-8.
 */
int regex_find(struct regex *regex, struct regex_budget *budget, struct span text, size_t from,
               size_t *ret_start, size_t *ret_end);

void regex_append_library(struct strbuf *out); /* its name and version */
