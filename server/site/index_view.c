#include "site/index_view.h"

#include "base/escape.h"
#include "base/mem.h"
#include "base/utf8.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum { WORDS_MAX = 16, WORDS_LENGTH_MAX = 256, PAGES_MAX = 1000000 };

static const char *const parameters[CATALOG_KIND_COUNT] = {
    [CATALOG_YEARS] = "year",
    [CATALOG_PEOPLE] = "speaker",
    [CATALOG_TAGS] = "tag",
    [CATALOG_VENUES] = "venue",
};

const char *index_view_parameter(enum catalog_kind kind)
{
    return parameters[kind];
}

/* From 1 in addresses; what is no number is the first page. */
static size_t read_page(struct span text)
{
    size_t page = 0;

    for (size_t i = 0; i < text.len; i++) {
        if (text.data[i] < '0' || text.data[i] > '9' || page > PAGES_MAX)
            return 0;
        page = page * 10 + (size_t)(text.data[i] - '0');
    }
    return page > 0 ? page - 1 : 0;
}

static bool read_value(const struct query *query, const char *name, struct span *ret_value)
{
    if (!query_value(query, name, ret_value))
        return false;
    *ret_value = span_trim(*ret_value);
    return ret_value->len > 0;
}

bool index_view_read(struct index_view *view, const struct catalog *catalog,
                     const struct query *query)
{
    struct span value;

    *view = (struct index_view){0};
    if (read_value(query, "q", &value))
        view->words =
            span_cut(value, 0, value.len < WORDS_LENGTH_MAX ? value.len : WORDS_LENGTH_MAX);
    for (int kind = 0; kind < CATALOG_KIND_COUNT; kind++) {
        if (!read_value(query, parameters[kind], &value))
            continue;
        view->groups[kind] = catalog_find(catalog, (enum catalog_kind)kind, value);
        if (!view->groups[kind])
            view->unknown = value;
    }
    if (read_value(query, "page", &value))
        view->page = read_page(value);
    return view->page > 0 || index_view_narrows(view);
}

bool index_view_narrows(const struct index_view *view)
{
    bool narrows = view->words.len > 0 || view->unknown.len > 0;

    for (int kind = 0; kind < CATALOG_KIND_COUNT; kind++)
        narrows = narrows || view->groups[kind];
    return narrows;
}

/* Words of the query as the catalog's texts have them, each ended by a NUL; how many there are. */
static size_t fold_words(struct strbuf *out, struct span words)
{
    size_t count = 0;

    utf8_append_folded(out, words, true);
    for (size_t i = 0; i < out->len; i++)
        if (out->data[i] == ' ') {
            out->data[i] = '\0';
            count++;
        }
    return out->len > 0 ? count + 1 : 0;
}

static bool has_words(const char *text, const char *words, size_t count)
{
    for (size_t i = 0; i < count && i < WORDS_MAX; i++) {
        if (!strstr(text, words))
            return false;
        words += strlen(words) + 1;
    }
    return true;
}

/* How many of the view's groups hold each talk, in the order of catalog->listed; and how many do.
 */
static size_t count_groups(const struct index_view *view, const struct catalog *catalog,
                           unsigned char *hits)
{
    size_t count = 0;

    for (int kind = 0; kind < CATALOG_KIND_COUNT; kind++) {
        if (!view->groups[kind])
            continue;
        count++;
        vec_each (&view->groups[kind]->talks.talks, talk)
            hits[catalog_rank(catalog, *talk)]++;
    }
    return count;
}

void index_view_select(const struct index_view *view, const struct catalog *catalog,
                       struct talk_list *ret_talks)
{
    size_t count = catalog->talks.talks.count, groups, words;
    unsigned char *hits = mem_zero(count + 1, 1);
    struct strbuf folded = STRBUF_INIT;

    *ret_talks = (struct talk_list){0};
    groups = count_groups(view, catalog, hits);
    words = fold_words(&folded, view->words);
    for (size_t i = 0; view->unknown.len == 0 && i < count; i++)
        if (hits[i] == groups && has_words(catalog->texts[i], folded.data, words))
            vec_push(&ret_talks->talks, catalog->talks.talks.items[i]);
    strbuf_release(&folded);
    free(hits);
}

static void append_pair(struct strbuf *out, const char *name, struct span value)
{
    strbuf_append_format(out, "%c%s=", out->len > 0 ? '&' : '?', name);
    url_query(out, value);
}

void index_view_append_query(struct strbuf *out, const struct index_view *view, size_t page)
{
    struct strbuf query = STRBUF_INIT;

    if (view->words.len > 0)
        append_pair(&query, "q", view->words);
    for (int kind = 0; kind < CATALOG_KIND_COUNT; kind++)
        if (view->groups[kind])
            append_pair(&query, parameters[kind], span_of(catalog_group_word(view->groups[kind])));
    if (page > 0)
        strbuf_append_format(&query, "%cpage=%zu", query.len > 0 ? '&' : '?', page + 1);
    strbuf_append_span(out, strbuf_span(&query));
    strbuf_release(&query);
}
