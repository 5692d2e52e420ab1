/*
 * regex_translate: JavaScript's regular expressions (ECMA-262 with Annex B, no flags u or v) in
 * PCRE2's dialect.
 *
 * Written for the options PCRE2_UTF | PCRE2_MATCH_UNSET_BACKREF | PCRE2_ALLOW_EMPTY_CLASS without
 * PCRE2_UCP. What is no expression in JavaScript need not be refused here if PCRE2 does so.
 */
#pragma once

#include "base/span.h"
#include "base/strbuf.h"

/* 0, or -EINVAL with a clause that says what is wrong in `why`. */
int regex_translate(struct span pattern, struct strbuf *out, struct strbuf *why);
