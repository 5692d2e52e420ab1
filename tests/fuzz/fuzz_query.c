/*
 * Any bytes as a query: all names and values are valid UTF-8 within the query's text, there are no
 * more than allowed, and what was written by our own encoder comes back as it was.
 */
#include "target.h"

#include "http/query.h"

#include "base/escape.h"
#include "base/utf8.h"

static void check_inside(const struct query *query, struct span part)
{
    check(part.data >= query->text.data);
    check(part.data + part.len <= query->text.data + query->text.len);
    check(utf8_valid(part, NULL));
}

static void check_written(const struct query_pair *pair)
{
    struct strbuf text = STRBUF_INIT;
    struct query query;

    url_query(&text, pair->name);
    strbuf_append_char(&text, '=');
    url_query(&text, pair->value);
    query_parse(&query, strbuf_span(&text));
    check(query.count == 1);
    check(span_equal(query.pairs[0].name, pair->name));
    check(span_equal(query.pairs[0].value, pair->value));
    query_release(&query);
    strbuf_release(&text);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct query query;

    query_parse(&query, (struct span){(const char *)data, size});
    check(query.count <= QUERY_MAX);
    for (size_t i = 0; i < query.count; i++) {
        check_inside(&query, query.pairs[i].name);
        check_inside(&query, query.pairs[i].value);
        check_written(&query.pairs[i]);
    }
    query_release(&query);
    return 0;
}
