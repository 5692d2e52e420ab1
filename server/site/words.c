#include "site/words.h"

#include "base/fold.h"
#include "base/utf8.h"

void words_init(struct words *words, struct span text)
{
    *words = (struct words){.text = text};
    strbuf_init(&words->folded);
    strbuf_reserve(&words->folded, WORD_BYTES_MAX + 4 * FOLD_MAX);
}

void words_release(struct words *words)
{
    strbuf_release(&words->folded);
}

/* The lower case of an ASCII letter or digit; 0 for anything else. */
static char ascii_letter(char c)
{
    if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'))
        return c;
    return c >= 'A' && c <= 'Z' ? (char)(c | 0x20) : '\0';
}

/* The word letter at the place; false for anything else. Its length, of either, in *ret_len. */
static bool letter_at(const struct words *words, size_t at, int32_t *ret_letter, size_t *ret_len)
{
    unsigned char c = (unsigned char)words->text.data[at];

    *ret_len = 1;
    *ret_letter = c;
    if (c < 0x80)
        return ascii_letter((char)c) != '\0';
    *ret_letter = utf8_decode(span_from(words->text, at), ret_len);
    if (*ret_letter < 0)
        *ret_len = 1;
    return *ret_letter >= 0 && utf8_is_word(*ret_letter);
}

static void append_folded(struct words *words, int32_t letter)
{
    uint32_t parts[FOLD_MAX];
    size_t before = words->folded.len, count = fold_letter((uint32_t)letter, parts);

    for (size_t i = 0; i < count; i++)
        utf8_append(&words->folded, parts[i]);
    if (words->folded.len > WORD_BYTES_MAX)
        strbuf_truncate(&words->folded, before);
}

/* Most of most texts; the same as letter by letter, but quick. */
static void take_ascii(struct words *words)
{
    char letter;

    while (words->at < words->text.len && (letter = ascii_letter(words->text.data[words->at]))) {
        if (words->folded.len < WORD_BYTES_MAX)
            words->folded.data[words->folded.len++] = letter;
        words->at++;
    }
}

/* Whether the letter goes on with the word that began as it did. */
static bool goes_on(int32_t letter, bool unspaced)
{
    return unspaced ? utf8_is_mark(letter) : !fold_is_unspaced((uint32_t)letter);
}

bool words_next(struct words *words, struct word *ret_word)
{
    int32_t letter;
    size_t len;

    strbuf_reset(&words->folded);
    while (words->folded.len == 0) {
        while (words->at < words->text.len && !letter_at(words, words->at, &letter, &len))
            words->at += len;
        if (words->at >= words->text.len)
            return false;
        ret_word->start = words->at;
        ret_word->unspaced = fold_is_unspaced((uint32_t)letter);
        do {
            append_folded(words, letter);
            words->at += len;
            if (!ret_word->unspaced)
                take_ascii(words);
        } while (words->at < words->text.len && letter_at(words, words->at, &letter, &len) &&
                 goes_on(letter, ret_word->unspaced));
    }
    ret_word->end = words->at;
    ret_word->folded = strbuf_span(&words->folded);
    return true;
}
