#include "site/search.h"

#include "base/escape.h"
#include "base/mem.h"

#include <errno.h>
#include <string.h>

static int compare_ids(const void *a, const void *b)
{
    const struct search_entry *left = a, *right = b;

    return (left->id > right->id) - (left->id < right->id);
}

static const struct search_entry *find_entry(const struct search *search, int64_t id)
{
    const struct search_entry key = {.id = id};

    return bsearch(&key, search->entries.items, search->entries.count, sizeof key, compare_ids);
}

/* A hit in the order of results: the better rank first, then as the site lists talks. */
struct ranked {
    const struct search_entry *entry;
    double rank;
};

struct ranking {
    VEC(struct ranked) list;
};

static int compare_ranked(const void *a, const void *b)
{
    const struct ranked *left = a, *right = b;

    if (left->rank < right->rank || left->rank > right->rank)
        return left->rank < right->rank ? -1 : 1;
    return (left->entry->place > right->entry->place) - (left->entry->place < right->entry->place);
}

static int find(const struct search *search, const struct search_query *query, bool any,
                struct ranking *ranking)
{
    struct strbuf expression = STRBUF_INIT;
    struct search_hits hits = {0};
    int err = 0;

    search_query_append_expression(&expression, query, any);
    if (expression.len > 0)
        err = search_index_find(search->index, expression.data, &hits);
    vec_each (&hits.list, hit) {
        struct ranked ranked = {find_entry(search, hit->id), hit->rank};

        if (ranked.entry)
            vec_push(&ranking->list, ranked);
    }
    if (ranking->list.count > 0)
        qsort(ranking->list.items, ranking->list.count, sizeof *ranking->list.items,
              compare_ranked);
    vec_release(&hits.list);
    strbuf_release(&expression);
    return err;
}

static bool is_known(const struct search *search, const struct search_query *query,
                     const struct query_part *part)
{
    struct strbuf expression = STRBUF_INIT;
    struct search_hits hits = {0};
    bool known;

    search_query_append_part(&expression, query, part);
    known = search_index_find(search->index, expression.data, &hits) < 0 || hits.list.count > 0;
    vec_release(&hits.list);
    strbuf_release(&expression);
    return known;
}

/* The same question with words that are known; false, with nothing appended, if none was mended. */
static bool mend(const struct search *search, const struct search_query *query,
                 struct strbuf *ret_text)
{
    struct strbuf word = STRBUF_INIT;
    bool mended = false;

    for (size_t i = 0; i < query->part_count; i++) {
        const struct query_part *part = &query->parts[i];
        bool known = part->quoted || is_known(search, query, part);

        for (size_t j = part->first; j < part->first + part->count; j++) {
            strbuf_reset(&word);
            if (!known && search_index_suggest(search->index, query->words[j], &word) &&
                !span_equal(strbuf_span(&word), query->words[j]))
                mended = true;
            else
                strbuf_reset(&word);
            if (ret_text->len > 0)
                strbuf_append_char(ret_text, ' ');
            strbuf_append_span(ret_text, word.len > 0 ? strbuf_span(&word) : query->words[j]);
        }
    }
    if (!mended)
        strbuf_reset(ret_text);
    strbuf_release(&word);
    return mended;
}

static void found_slide_release(struct found_slide *slide)
{
    excerpt_release(&slide->heading);
    excerpt_release(&slide->text);
    free(slide->id);
}

/* More of what was asked for, then in the heading, then more often; 0 for nothing of it. */
static size_t worth_of(const struct search_query *query, const struct matches *heading,
                       const struct matches *text)
{
    bool seen[QUERY_PARTS_MAX] = {false};
    size_t worth = heading->list.count * 4 + text->list.count;

    vec_each (&heading->list, match)
        seen[match->part] = true;
    vec_each (&text->list, match)
        seen[match->part] = true;
    if (worth > 99)
        worth = 99;
    for (size_t i = 0; i < query->part_count; i++)
        worth += seen[i] ? 100 : 0;
    return worth;
}

/* A slide, and why it is shown. */
struct candidate {
    const struct deck_slide *slide;
    size_t worth;
    bool is_note; /* it has nothing of it but in its notes */
};

static struct candidate weigh(const struct deck_slide *slide, const struct search_query *query,
                              bool with_notes)
{
    struct candidate candidate = {.slide = slide};
    struct matches heading, text, notes;

    matches_find(&heading, query, span_of(slide->heading));
    matches_find(&text, query, slide_body(slide));
    candidate.worth = worth_of(query, &heading, &text);
    if (with_notes && candidate.worth == 0) {
        matches_find(&notes, query, span_of(slide->notes));
        candidate.worth = worth_of(query, &heading, &notes) / 2;
        candidate.is_note = candidate.worth > 0;
        matches_release(&notes);
    }
    matches_release(&heading);
    matches_release(&text);
    return candidate;
}

/* Keeps the best ones in their order; of equals, the first. */
static void keep(struct candidate *best, size_t *count, struct candidate candidate)
{
    size_t least = 0;

    if (candidate.worth == 0)
        return;
    if (*count == SEARCH_TALK_SLIDES) {
        for (size_t i = 1; i < *count; i++)
            if (best[i].worth <= best[least].worth)
                least = i;
        if (candidate.worth <= best[least].worth)
            return;
        memmove(&best[least], &best[least + 1], (*count - least - 1) * sizeof *best);
        --*count;
    }
    best[(*count)++] = candidate;
}

static void add_slide(struct found_talk *found, const struct candidate *candidate,
                      const struct search_query *query)
{
    const struct deck_slide *slide = candidate->slide;
    struct found_slide it = {.h = slide->h,
                             .v = slide->v,
                             .id = mem_copy_text(slide->id),
                             .is_note = candidate->is_note};

    excerpt_take(&it.heading, query, span_of(slide->heading));
    excerpt_cut(&it.text, query, it.is_note ? span_of(slide->notes) : slide_body(slide));
    vec_push(&found->slides, it);
}

static void find_slides(struct found_talk *found, const struct search_entry *entry,
                        const struct search_query *query)
{
    struct candidate best[SEARCH_TALK_SLIDES];
    struct slide_list slides = {0};
    size_t count = 0;

    rendering_read_slides(entry->shown, &slides);
    vec_each (&slides.list, slide)
        keep(best, &count, weigh(slide, query, entry->shown->deck->settings.publish_notes));
    for (size_t i = 0; i < count; i++)
        add_slide(found, &best[i], query);
    slide_list_release(&slides);
}

static void take_page(struct search_answer *answer, const struct ranking *ranking, size_t page)
{
    size_t count = ranking->list.count, first;

    answer->total = count;
    answer->pages = (count + SEARCH_PAGE_TALKS - 1) / SEARCH_PAGE_TALKS;
    answer->page = page > answer->pages ? answer->pages : page;
    if (answer->page == 0)
        answer->page = 1;
    first = (answer->page - 1) * SEARCH_PAGE_TALKS;
    for (size_t i = first; i < count && i < first + SEARCH_PAGE_TALKS; i++) {
        const struct search_entry *entry = ranking->list.items[i].entry;
        struct found_talk found = {.talk = entry->talk};

        find_slides(&found, entry, &answer->query);
        vec_push(&answer->talks, found);
    }
}

/* As it was asked, else mended, else any of it. */
static int find_somehow(const struct search *search, struct search_answer *answer,
                        struct ranking *ranking)
{
    struct search_query *query = &answer->query;
    int err = find(search, query, false, ranking);

    if (!err && ranking->list.count == 0 && mend(search, query, &answer->instead)) {
        search_query_release(query);
        search_query_parse(query, strbuf_span(&answer->instead));
        err = find(search, query, false, ranking);
    }
    if (!err && ranking->list.count == 0 && query->part_count > 1) {
        answer->any = true;
        err = find(search, query, true, ranking);
    }
    return err;
}

int search_ask(const struct search *search, struct span question, size_t page,
               struct search_answer *answer)
{
    struct ranking ranking = {0};
    int err;

    *answer = (struct search_answer){.query.texts = STRBUF_INIT, .instead = STRBUF_INIT};
    if (!search->index)
        return -ENOTSUP;
    search_query_parse(&answer->query, question);
    err = find_somehow(search, answer, &ranking);
    if (!err)
        take_page(answer, &ranking, page);
    vec_release(&ranking.list);
    return err;
}

void search_answer_release(struct search_answer *answer)
{
    vec_each (&answer->talks, talk) {
        vec_each (&talk->slides, slide)
            found_slide_release(slide);
        vec_release(&talk->slides);
    }
    vec_release(&answer->talks);
    strbuf_release(&answer->instead);
    search_query_release(&answer->query);
}

/* reveal.js takes digits for a number. */
static bool is_usable_id(const char *id)
{
    return strspn(id, "0123456789") < strlen(id);
}

void found_slide_append_fragment(struct strbuf *out, const struct found_slide *slide)
{
    strbuf_append_text(out, "#/");
    if (is_usable_id(slide->id))
        url_query(out, span_of(slide->id));
    else if (slide->v > 0)
        strbuf_append_format(out, "%u/%u", slide->h, slide->v);
    else
        strbuf_append_format(out, "%u", slide->h);
}
