/*
 * utf8: checking and walking UTF-8 (RFC 3629).
 *
 * Overlong forms, surrogates and code points above U+10FFFF are invalid.
 */
#pragma once

#include "base/span.h"
#include "base/strbuf.h"

#include <stdbool.h>
#include <stdint.h>

/* The first code point, its length in *ret_len; -1 where the bytes are invalid or empty. */
int32_t utf8_decode(struct span text, size_t *ret_len);

/* True if valid; else the offset of the first bad byte in *ret_bad (may be NULL). */
bool utf8_valid(struct span text, size_t *ret_bad);

void utf8_append(struct strbuf *out, uint32_t code_point);

/*
 * Appends the text in Unicode's composed form (NFC), in which two spellings of one name are alike;
 * as it is where it is not valid.
 */
void utf8_append_composed(struct strbuf *out, struct span text);

/*
 * Appends the text with U+FFFD for what is invalid: one for each run of bytes that could have begun
 * a code point, as the Encoding standard decodes (§8.1.1). At most three bytes for each one.
 */
void utf8_append_mended(struct strbuf *out, struct span text);

/*
 * Appends the text without the difference of letters' cases (Unicode's full folding, composed) and
 * with one space for each run of white space, none at the ends: texts that people take for one
 * name become alike. `bare` drops the marks on letters, too: for searching and sorting.
 */
void utf8_append_folded(struct strbuf *out, struct span text, bool bare);

/* A letter, digit, or mark that belongs to one, of any script (Unicode categories L, N, M). */
bool utf8_is_word(int32_t code_point);

/*
 * Nothing to be seen, but an order to a terminal: C0 but for tab, line feed, form feed and carriage
 * return, DEL, C1.
 */
bool utf8_is_control(int32_t code_point);

/* Turns round the text behind it, whosesoever it is, until something ends that: LRE … RLO, LRI … */
bool utf8_is_turning(int32_t code_point);

/* A mark on the letter before it (Unicode category M). */
bool utf8_is_mark(int32_t code_point);

/* How many cells of a grid it takes: 0 for marks and the like, 2 for wide ones such as Hangul. */
unsigned utf8_columns(int32_t code_point);

/* A letter of a script that is written from right to left. */
bool utf8_is_right_to_left(int32_t code_point);

/* The lower case of a code point; itself where it has none. */
uint32_t utf8_lower(uint32_t code_point);
