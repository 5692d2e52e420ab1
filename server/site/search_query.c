#include "site/search_query.h"

#include "base/mem.h"
#include "site/words.h"

/* Letters that a word has before another one may begin with it; in the last part, fewer will do. */
enum { OPEN_LEAST = 3, OPEN_LEAST_LAST = 2 };

/* Whole words are told from begun ones where there are no more parts: it takes twice the time. */
enum { EXACT_PARTS_MAX = 4 };

static bool is_space(struct span text, size_t at)
{
    unsigned char c = (unsigned char)text.data[at];

    return c <= ' ' || span_starts_with(span_from(text, at), SPAN("\u3000")) ||
           span_starts_with(span_from(text, at), SPAN("\u00a0"));
}

/* Walks over what is between two words; true if they are in different parts. */
static bool divides(struct span text, size_t from, size_t to, bool *quoted)
{
    bool divided = false;

    for (size_t i = from; i < to; i++) {
        if (text.data[i] == '"') {
            *quoted = !*quoted;
            divided = true;
        } else if (!*quoted && is_space(text, i)) {
            divided = true;
        }
    }
    return divided;
}

static size_t letters_of(struct span word)
{
    size_t letters = 0;

    for (size_t i = 0; i < word.len; i++)
        letters += ((unsigned char)word.data[i] & 0xc0) != 0x80;
    return letters;
}

/* Whether the part so far ends in a word that may go on. */
static bool may_go_on(struct span word, bool unspaced, bool quoted, bool last)
{
    return !quoted && !unspaced &&
           letters_of(word) >= (size_t)(last ? OPEN_LEAST_LAST : OPEN_LEAST);
}

static bool is_same(const struct search_query *query, const struct query_part *a,
                    const struct query_part *b)
{
    if (a->count != b->count)
        return false;
    for (size_t i = 0; i < a->count; i++)
        if (!span_equal(query->words[a->first + i], query->words[b->first + i]))
            return false;
    return true;
}

/* Takes the last part away if one before says the same. */
static void drop_repeated(struct search_query *query)
{
    struct query_part *last = &query->parts[query->part_count - 1];

    for (struct query_part *part = query->parts; part < last; part++) {
        if (!is_same(query, part, last))
            continue;
        part->open = part->open || last->open;
        strbuf_truncate(&query->texts,
                        (size_t)(query->words[last->first].data - query->texts.data));
        query->word_count = last->first;
        query->part_count--;
        return;
    }
}

void search_query_parse(struct search_query *query, struct span text)
{
    struct query_part *part = NULL;
    bool quoted = false, unspaced = false;
    struct words words;
    struct word word;
    size_t at = 0;

    query->word_count = query->part_count = 0;
    strbuf_init(&query->texts);
    strbuf_reserve(&query->texts,
                   (size_t)QUERY_WORDS_MAX * WORD_BYTES_MAX); /* so that it does not move */
    words_init(&words, text);
    while (query->word_count < QUERY_WORDS_MAX && words_next(&words, &word)) {
        struct span *folded = &query->words[query->word_count];

        if (divides(text, at, word.start, &quoted) || !part) {
            if (part)
                drop_repeated(query);
            if (query->part_count == QUERY_PARTS_MAX)
                break;
            folded = &query->words[query->word_count];
            part = &query->parts[query->part_count++];
            *part = (struct query_part){.first = query->word_count};
        }
        *folded = (struct span){query->texts.data + query->texts.len, word.folded.len};
        strbuf_append_span(&query->texts, word.folded);
        query->word_count++;
        part->count++;
        unspaced = word.unspaced;
        part->quoted = quoted;
        part->open = may_go_on(*folded, unspaced, quoted, false);
        at = word.end;
    }
    if (part && !part->open)
        part->open = may_go_on(query->words[part->first + part->count - 1], unspaced, quoted, true);
    if (part)
        drop_repeated(query);
    words_release(&words);
}

void search_query_release(struct search_query *query)
{
    strbuf_release(&query->texts);
}

static void append_phrase(struct strbuf *out, const struct search_query *query,
                          const struct query_part *part)
{
    strbuf_append_char(out, '"');
    for (size_t i = 0; i < part->count; i++) {
        if (i > 0)
            strbuf_append_char(out, ' ');
        strbuf_append_span(out, query->words[part->first + i]);
    }
    strbuf_append_char(out, '"');
}

/* A word itself counts twice, so that it stands before those that only begin with it. */
void search_query_append_part(struct strbuf *out, const struct search_query *query,
                              const struct query_part *part)
{
    strbuf_append_char(out, '(');
    if (!part->open || query->part_count <= EXACT_PARTS_MAX)
        append_phrase(out, query, part);
    if (part->open && query->part_count <= EXACT_PARTS_MAX)
        strbuf_append_text(out, " OR ");
    if (part->open) {
        append_phrase(out, query, part);
        strbuf_append_text(out, " *");
    }
    strbuf_append_char(out, ')');
}

void search_query_append_expression(struct strbuf *out, const struct search_query *query, bool any)
{
    for (size_t i = 0; i < query->part_count; i++) {
        if (i > 0)
            strbuf_append_text(out, any ? " OR " : " AND ");
        search_query_append_part(out, query, &query->parts[i]);
    }
}
