/*
 * percent: what stands as %XX in a URL (RFC 3986 §2.1).
 */
#pragma once

#include "base/span.h"

enum { PERCENT_LENGTH = 3 };

/* The byte encoded at this place; -1 where no percent sign with two hexadecimal digits stands. */
int percent_byte(struct span text, size_t at);
