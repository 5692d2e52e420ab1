#include "base/fold.h"

#include "base/utf8.h"

#include <utf8proc.h>

struct range {
    uint32_t first, last;
};

/* Marks that may be left out in writing; in Unicode's order. */
static const struct range accents[] = {
    {0x0300, 0x036f}, {0x0591, 0x05bd}, {0x05bf, 0x05bf}, {0x05c1, 0x05c2}, {0x05c4, 0x05c5},
    {0x05c7, 0x05c7}, {0x0610, 0x061a}, {0x064b, 0x065f}, {0x0670, 0x0670}, {0x06d6, 0x06dc},
    {0x06df, 0x06e4}, {0x06e7, 0x06e8}, {0x06ea, 0x06ed}, {0x1ab0, 0x1aff}, {0x1dc0, 0x1dff},
    {0x20d0, 0x20f0}, {0xfe00, 0xfe0f}, {0xfe20, 0xfe2f},
};

static const struct range unspaced[] = {
    {0x0e01, 0x0e4e}, {0x0e81, 0x0ece}, {0x1000, 0x103f},   {0x1050, 0x108f},
    {0x1780, 0x17d3}, {0x3005, 0x3007}, {0x3041, 0x30ff},   {0x31f0, 0x31ff},
    {0x3400, 0x4dbf}, {0x4e00, 0x9fff}, {0xa9e0, 0xa9ef},   {0xaa60, 0xaa7f},
    {0xf900, 0xfaff}, {0xff66, 0xff9f}, {0x1b000, 0x1b16f}, {0x20000, 0x3ffff},
};

/* Letters that Unicode does not take apart, though people type them without their strokes. */
static const struct {
    uint32_t letter;
    char plain[3];
} strokes[] = {
    {0xe6, "ae"}, {0xf0, "d"},  {0xf8, "o"},  {0xfe, "th"},  {0x111, "d"},
    {0x127, "h"}, {0x131, "i"}, {0x142, "l"}, {0x153, "oe"}, {0x167, "t"},
};

static bool in_ranges(const struct range *ranges, size_t count, uint32_t c)
{
    size_t low = 0, high = count;

    while (low < high) {
        size_t middle = (low + high) / 2;

        if (c > ranges[middle].last)
            low = middle + 1;
        else
            high = middle;
    }
    return low < count && c >= ranges[low].first;
}

static bool is_accent(uint32_t c)
{
    return c >= accents[0].first && in_ranges(accents, sizeof accents / sizeof *accents, c);
}

bool fold_is_unspaced(uint32_t c)
{
    return c >= unspaced[0].first && in_ranges(unspaced, sizeof unspaced / sizeof *unspaced, c);
}

static size_t without_stroke(uint32_t c, uint32_t out[FOLD_MAX])
{
    size_t count = 0;

    for (size_t i = 0; i < sizeof strokes / sizeof *strokes; i++)
        for (const char *s = strokes[i].plain; strokes[i].letter == c && *s; s++)
            out[count++] = (uint32_t)*s;
    if (count == 0)
        out[count++] = c;
    return count;
}

/* Syllables of Hangul would become several letters, which no keyboard's user sees as such. */
static bool is_hangul(uint32_t c)
{
    return c >= 0xac00 && c <= 0xd7a3;
}

size_t fold_letter(uint32_t c, uint32_t out[FOLD_MAX])
{
    const utf8proc_option_t options =
        UTF8PROC_CASEFOLD | UTF8PROC_COMPAT | UTF8PROC_DECOMPOSE | UTF8PROC_STABLE;
    utf8proc_int32_t parts[FOLD_MAX];
    utf8proc_ssize_t len = -1;
    size_t count = 0;
    int boundary = 0;

    if (c < 0x80) {
        out[0] = c >= 'A' && c <= 'Z' ? c | 0x20 : c;
        return 1;
    }
    if (!is_hangul(c))
        len = utf8proc_decompose_char((utf8proc_int32_t)c, parts, FOLD_MAX, options, &boundary);
    if (len <= 0 || len > FOLD_MAX) {
        out[0] = c;
        return 1;
    }
    for (utf8proc_ssize_t i = 0; i < len && count < FOLD_MAX - 1; i++) {
        uint32_t part = (uint32_t)parts[i];

        /* A fraction or a sign that is made of others is better kept as it is. */
        if (!utf8_is_word(parts[i])) {
            out[0] = c;
            return 1;
        }
        if (!is_accent(part))
            count += without_stroke(part, out + count);
    }
    return count;
}
