#include "http/query.h"

#include "base/percent.h"
#include "base/utf8.h"

enum { EXPANSION = 3 }; /* bytes of U+FFFD, which one bad byte becomes */

static void decode_bytes(struct strbuf *out, struct span text)
{
    for (size_t i = 0; i < text.len; i++) {
        int byte = percent_byte(text, i);

        if (byte >= 0)
            i += PERCENT_LENGTH - 1;
        else
            byte = text.data[i] == '+' ? ' ' : text.data[i];
        strbuf_append_char(out, (char)byte);
    }
}

/* A name or a value, appended to the query's text, which has room for it. */
static struct span decode(struct query *query, struct strbuf *bytes, struct span text)
{
    size_t start = query->text.len;

    strbuf_reset(bytes);
    decode_bytes(bytes, text);
    utf8_append_mended(&query->text, strbuf_span(bytes));
    return span_from(strbuf_span(&query->text), start);
}

void query_parse(struct query *query, struct span text)
{
    struct strbuf bytes = STRBUF_INIT;
    struct span part;

    query->count = 0;
    strbuf_init(&query->text);
    strbuf_reserve(&query->text, text.len * EXPANSION); /* so that it does not move */
    while (query->count < QUERY_MAX && span_next_part(&text, '&', &part)) {
        ptrdiff_t equals = span_find_char(part, '=');
        size_t end = equals < 0 ? part.len : (size_t)equals;
        struct query_pair *pair = &query->pairs[query->count];

        if (part.len == 0)
            continue;
        pair->name = decode(query, &bytes, span_cut(part, 0, end));
        pair->value = decode(query, &bytes, span_from(part, end + (equals >= 0)));
        query->count++;
    }
    strbuf_release(&bytes);
}

void query_release(struct query *query)
{
    strbuf_release(&query->text);
    query->count = 0;
}

bool query_next(const struct query *query, const char *name, size_t *position,
                struct span *ret_value)
{
    while (*position < query->count) {
        const struct query_pair *pair = &query->pairs[(*position)++];

        if (!span_is(pair->name, name))
            continue;
        *ret_value = pair->value;
        return true;
    }
    return false;
}

bool query_value(const struct query *query, const char *name, struct span *ret_value)
{
    size_t position = 0;

    return query_next(query, name, &position, ret_value);
}
