#include "site/excerpt.h"

#include "base/escape.h"
#include "site/words.h"

/* Bytes. */
enum { EXCERPT_MAX = 240, EXCERPT_BEFORE = 60, EXCERPT_SNAP = 24 };

#define ELLIPSIS "\u2026"

/* A word of the text; its folded form is in a buffer beside. */
struct text_word {
    size_t start, end, folded, folded_len;
};

struct text_words {
    struct strbuf folded;
    VEC(struct text_word) list;
};

static void text_words_read(struct text_words *all, struct span text)
{
    struct words words;
    struct word word;

    *all = (struct text_words){.folded = STRBUF_INIT};
    words_init(&words, text);
    while (words_next(&words, &word)) {
        struct text_word item = {word.start, word.end, all->folded.len, word.folded.len};

        vec_push(&all->list, item);
        strbuf_append_span(&all->folded, word.folded);
    }
    words_release(&words);
}

static void text_words_release(struct text_words *all)
{
    strbuf_release(&all->folded);
    vec_release(&all->list);
}

static struct span folded_at(const struct text_words *all, size_t at)
{
    const struct text_word *word = &all->list.items[at];

    return span_cut(strbuf_span(&all->folded), word->folded, word->folded + word->folded_len);
}

static bool part_is_at(const struct search_query *query, const struct query_part *part,
                       const struct text_words *all, size_t at)
{
    if (part->count > all->list.count - at)
        return false;
    for (size_t i = 0; i < part->count; i++) {
        struct span wanted = query->words[part->first + i], there = folded_at(all, at + i);
        bool may_go_on = part->open && i == part->count - 1;

        if (may_go_on ? !span_starts_with(there, wanted) : !span_equal(there, wanted))
            return false;
    }
    return true;
}

void matches_find(struct matches *matches, const struct search_query *query, struct span text)
{
    struct text_words all;
    size_t next;

    *matches = (struct matches){0};
    text_words_read(&all, text);
    for (size_t at = 0; at < all.list.count; at = next) {
        next = at + 1;
        for (size_t i = 0; i < query->part_count; i++) {
            const struct query_part *part = &query->parts[i];
            struct match match = {.start = all.list.items[at].start, .part = i};

            if (!part_is_at(query, part, &all, at))
                continue;
            next = at + part->count;
            match.end = all.list.items[next - 1].end;
            vec_push(&matches->list, match);
            break;
        }
    }
    text_words_release(&all);
}

void matches_release(struct matches *matches)
{
    vec_release(&matches->list);
}

size_t matches_parts(const struct matches *matches, size_t first, size_t end)
{
    bool seen[QUERY_PARTS_MAX] = {false};
    size_t count = 0;

    for (size_t i = first; i < end; i++) {
        count += !seen[matches->list.items[i].part];
        seen[matches->list.items[i].part] = true;
    }
    return count;
}

void excerpt_release(struct excerpt *excerpt)
{
    strbuf_release(&excerpt->text);
    matches_release(&excerpt->marks);
}

void excerpt_take(struct excerpt *excerpt, const struct search_query *query, struct span text)
{
    strbuf_init(&excerpt->text);
    strbuf_append_span(&excerpt->text, text);
    matches_find(&excerpt->marks, query, text);
}

static size_t window_start(const struct match *first)
{
    return first->start > EXCERPT_BEFORE ? first->start - EXCERPT_BEFORE : 0;
}

/* The match that the best window begins with. */
static size_t best_match(const struct matches *matches)
{
    size_t best = 0, most = 0, end = 0;

    for (size_t i = 0; i < matches->list.count; i++) {
        const struct match *items = matches->list.items;
        size_t worth;

        while (end < matches->list.count && items[end].end <= window_start(&items[i]) + EXCERPT_MAX)
            end++;
        worth = matches_parts(matches, i, end) * EXCERPT_MAX + (end - i);
        if (worth > most) {
            most = worth;
            best = i;
        }
    }
    return best;
}

static bool is_inside_letter(struct span text, size_t at)
{
    return at < text.len && ((unsigned char)text.data[at] & 0xc0) == 0x80;
}

/* The beginning of a word near `at`, or at least of a letter. */
static size_t snap_start(struct span text, size_t at)
{
    if (at == 0)
        return 0;
    for (size_t i = at; i < at + EXCERPT_SNAP && i < text.len; i++)
        if (text.data[i] == ' ')
            return i + 1;
    while (is_inside_letter(text, at))
        at++;
    return at;
}

static size_t snap_end(struct span text, size_t at)
{
    if (at >= text.len)
        return text.len;
    for (size_t i = at; i > at - EXCERPT_SNAP; i--)
        if (text.data[i] == ' ')
            return i;
    while (is_inside_letter(text, at))
        at--;
    return at;
}

void excerpt_cut(struct excerpt *excerpt, const struct search_query *query, struct span text)
{
    struct matches matches;
    size_t first, start = 0, end;

    matches_find(&matches, query, text);
    first = best_match(&matches);
    /* Near the end there is room for more of what is before. */
    if (first < matches.list.count && text.len > EXCERPT_MAX) {
        start = window_start(&matches.list.items[first]);
        if (start > text.len - EXCERPT_MAX)
            start = text.len - EXCERPT_MAX;
    }
    start = snap_start(text, start);
    end = snap_end(text, start + EXCERPT_MAX);
    strbuf_init(&excerpt->text);
    if (start > 0)
        strbuf_append_text(&excerpt->text, ELLIPSIS);
    strbuf_append_span(&excerpt->text, span_cut(text, start, end));
    if (end < text.len)
        strbuf_append_text(&excerpt->text, ELLIPSIS);
    matches_release(&matches);
    matches_find(&excerpt->marks, query, strbuf_span(&excerpt->text));
}

static void append_marked(struct strbuf *out, const struct matches *marks, struct span text)
{
    size_t at = 0;

    vec_each (&marks->list, mark) {
        html_text(out, span_cut(text, at, mark->start));
        strbuf_append_text(out, "<mark>");
        html_text(out, span_cut(text, mark->start, mark->end));
        strbuf_append_text(out, "</mark>");
        at = mark->end;
    }
    html_text(out, span_from(text, at));
}

void matches_append_html(struct strbuf *out, const struct search_query *query, struct span text)
{
    struct matches marks = {0};

    if (query)
        matches_find(&marks, query, text);
    append_marked(out, &marks, text);
    matches_release(&marks);
}

void excerpt_append_html(struct strbuf *out, const struct excerpt *excerpt)
{
    append_marked(out, &excerpt->marks, strbuf_span(&excerpt->text));
}
