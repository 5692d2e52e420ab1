#include "conf/nearest.h"

#include <ctype.h>
#include <stdint.h>
#include <string.h>

enum { WORD_MAX = 40 }; /* longer ones are no mistyped keys */

static char plain(char c)
{
    return c == '_' ? '-' : (char)tolower((unsigned char)c);
}

static size_t smaller(size_t a, size_t b)
{
    return a < b ? a : b;
}

/* Both at most WORD_MAX long. */
static size_t distance(const char *a, size_t a_len, const char *b, size_t b_len)
{
    size_t rows[3][WORD_MAX + 1];
    size_t *before = rows[0], *last = rows[1], *row = rows[2];

    for (size_t j = 0; j <= b_len; j++)
        before[j] = last[j] = j;
    for (size_t i = 1; i <= a_len; i++) {
        row[0] = i;
        for (size_t j = 1; j <= b_len; j++) {
            char x = plain(a[i - 1]), y = plain(b[j - 1]);
            row[j] = smaller(smaller(last[j], row[j - 1]) + 1, last[j - 1] + (x != y));
            if (i > 1 && j > 1 && x == plain(b[j - 2]) && y == plain(a[i - 2]))
                row[j] = smaller(row[j], before[j - 2] + 1);
        }
        size_t *free_row = before;
        before = last;
        last = row;
        row = free_row;
    }
    return last[b_len];
}

void nearest_init(struct nearest *nearest, const char *word)
{
    *nearest = (struct nearest){.word = word, .distance = SIZE_MAX};
}

void nearest_offer(struct nearest *nearest, const char *candidate)
{
    size_t len = strlen(nearest->word), other = strlen(candidate);
    size_t longer = len > other ? len : other;

    if (!len || longer > WORD_MAX || longer - smaller(len, other) > longer / 3)
        return;
    size_t found = distance(nearest->word, len, candidate, other);
    if (found <= longer / 3 && found < nearest->distance) {
        nearest->distance = found;
        nearest->best = candidate;
    }
}
