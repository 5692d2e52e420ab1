/*
 * Any bytes as a query: all names and values are valid UTF-8 within the query's text, there are no
 * more than allowed, and what was written by our own encoder comes back as it was.
 */
#include "http/query.h"

#include "base/escape.h"
#include "base/utf8.h"

#include <stdint.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_inside(const struct query *query, struct span part)
{
    if (part.data < query->text.data || part.data + part.len > query->text.data + query->text.len ||
        !utf8_valid(part, NULL))
        abort();
}

static void check_written(const struct query_pair *pair)
{
    struct strbuf text = STRBUF_INIT;
    struct query query;

    url_query(&text, pair->name);
    strbuf_append_char(&text, '=');
    url_query(&text, pair->value);
    query_parse(&query, strbuf_span(&text));
    if (query.count != 1 || !span_equal(query.pairs[0].name, pair->name) ||
        !span_equal(query.pairs[0].value, pair->value))
        abort();
    query_release(&query);
    strbuf_release(&text);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct query query;

    query_parse(&query, (struct span){(const char *)data, size});
    if (query.count > QUERY_MAX)
        abort();
    for (size_t i = 0; i < query.count; i++) {
        check_inside(&query, query.pairs[i].name);
        check_inside(&query, query.pairs[i].value);
        check_written(&query.pairs[i]);
    }
    query_release(&query);
    return 0;
}
