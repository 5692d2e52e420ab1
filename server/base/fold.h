/*
 * fold: letters as a search takes them.
 *
 * Case, accents, ligatures and the widths of letters make no difference: "Zürich" is "zurich",
 * "Ｎode" is "node", "Søren" is "soren". Marks that make another letter of a script that has no
 * accents (Devanagari, kana) stay. Folding what is folded changes nothing.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { FOLD_MAX = 18 }; /* what one code point becomes, at most (U+FDFA) */

/* The number of code points in `out`: 0 for an accent that stands by itself. */
size_t fold_letter(uint32_t code_point, uint32_t out[FOLD_MAX]);

/*
 * A letter, digit or mark of a script that is written without spaces between words: Han, kana,
 * Thai, Lao, Khmer, Burmese.
 */
bool fold_is_unspaced(uint32_t code_point);
