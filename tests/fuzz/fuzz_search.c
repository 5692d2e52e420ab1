/*
 * A line that is asked and a text that is searched: the question is always an expression that FTS5
 * takes, FTS5 finds the text exactly if the excerpt has something to mark, and excerpts are whole
 * letters.
 */
#include "target.h"

#include "base/utf8.h"
#include "site/excerpt.h"
#include "site/search_index.h"
#include "site/search_query.h"

static struct search_index *index_of(struct span text)
{
    struct search_writer *writer = search_writer_new(NULL);
    struct strbuf why = STRBUF_INIT;
    struct search_index *index;
    struct search_text fields;

    search_text_init(&fields);
    strbuf_append_span(&fields.columns[SEARCH_TEXT], text);
    search_writer_add(writer, 1, &fields);
    check(search_writer_finish(writer, &index, &why) >= 0);
    search_text_release(&fields);
    strbuf_release(&why);
    return index;
}

static void check_excerpt(const struct search_query *query, struct span text)
{
    struct excerpt excerpt;
    struct strbuf html = STRBUF_INIT;

    excerpt_cut(&excerpt, query, text);
    check(utf8_valid(strbuf_span(&excerpt.text), NULL));
    vec_each (&excerpt.marks.list, mark)
        check(mark->start < mark->end && mark->end <= excerpt.text.len);
    excerpt_append_html(&html, &excerpt);
    strbuf_release(&html);
    excerpt_release(&excerpt);
}

static void check_found(const struct search_query *query, struct span text)
{
    struct strbuf expression = STRBUF_INIT, word = STRBUF_INIT;
    struct search_index *index = index_of(text);
    struct search_hits hits = {0};
    struct matches matches;

    search_query_append_expression(&expression, query, true);
    matches_find(&matches, query, text);
    check(search_index_find(index, expression.data, &hits) >= 0);
    check((hits.list.count > 0) == (matches.list.count > 0));
    search_index_suggest(index, query->words[0], &word);
    matches_release(&matches);
    vec_release(&hits.list);
    search_index_unref(index);
    strbuf_release(&expression);
    strbuf_release(&word);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct strbuf mended = STRBUF_INIT;
    struct span text, question;
    struct search_query query;

    utf8_append_mended(&mended, (struct span){(const char *)data, size});
    for (size_t i = 0; i < mended.len; i++)
        if (mended.data[i] == '\x1e')
            mended.data[i] = ' '; /* it divides what is indexed */
    text = strbuf_span(&mended);
    if (span_next_line(&text, &question)) {
        search_query_parse(&query, question);
        if (query.part_count > 0)
            check_found(&query, text);
        check_excerpt(&query, text);
        search_query_release(&query);
    }
    strbuf_release(&mended);
    return 0;
}
