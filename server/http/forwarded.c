#include "http/forwarded.h"

#include "http/host.h"

#include <string.h>

/* The last hop that may be believed, found while walking a list from its beginning. */
struct walk {
    forwarded_trusts *trusts;
    const void *context;
    bool begun;
    struct forwarded hop;
};

/* "192.0.2.1:4711", "[2001:db8::1]:4711", "2001:db8::1": RFC 7239 §6, and what others write. */
static bool parse_node(struct span node, struct ip_address *ret_address)
{
    ptrdiff_t end;

    if (ip_parse(node, ret_address))
        return true;
    if (node.len > 0 && node.data[0] == '[') {
        end = span_find_char(node, ']') + 1;
        if (end <= 0 || (size_t)end == node.len || node.data[end] != ':')
            return false;
    } else {
        end = span_find_char(node, ':');
        if (end < 0)
            return false;
    }
    return ip_parse(span_cut(node, 0, (size_t)end), ret_address);
}

/*
 * One more hop, with what it says besides. What is seen last from outside wins over all before;
 * while all are trusted, the first one does.
 */
static void walk_step(struct walk *walk, struct span node, const struct forwarded *said)
{
    struct forwarded hop = *said;
    bool outside;

    hop.has_client = parse_node(node, &hop.client);
    outside = !hop.has_client || !walk->trusts(walk->context, &hop.client);
    if (outside || !walk->begun)
        walk->hop = hop;
    walk->begun = true;
}

static enum forwarded_scheme parse_scheme(struct span text)
{
    if (span_is_nocase(text, "https"))
        return FORWARDED_HTTPS;
    return span_is_nocase(text, "http") ? FORWARDED_HTTP : FORWARDED_SCHEME_UNKNOWN;
}

static struct span parse_host(struct span text)
{
    return host_valid(text) ? text : (struct span){NULL, 0};
}

/* Cuts the next `name=value` off an element, its value without quotes; false at the end. */
static bool next_pair(struct span *rest, struct span *ret_name, struct span *ret_value)
{
    size_t end = 0;
    bool quoted = false;
    ptrdiff_t equals;
    struct span pair;

    if (rest->len == 0)
        return false;
    for (; end < rest->len && (quoted || rest->data[end] != ';'); end++)
        if (rest->data[end] == '"')
            quoted = !quoted;
    pair = span_trim(span_cut(*rest, 0, end));
    *rest = span_from(*rest, end < rest->len ? end + 1 : end);
    equals = span_find_char(pair, '=');
    *ret_name = span_cut(pair, 0, equals < 0 ? pair.len : (size_t)equals);
    *ret_value = equals < 0 ? (struct span){NULL, 0} : span_from(pair, (size_t)equals + 1);
    if (ret_value->len >= 2 && ret_value->data[0] == '"' &&
        ret_value->data[ret_value->len - 1] == '"')
        *ret_value = span_cut(*ret_value, 1, ret_value->len - 1);
    return true;
}

/* Values with escapes are no address, scheme or host: they fail as such. */
static void read_element(struct walk *walk, struct span element)
{
    struct forwarded said = {.has_client = false};
    struct span name, value, node = {NULL, 0};

    while (next_pair(&element, &name, &value)) {
        if (span_is_nocase(name, "for"))
            node = value;
        else if (span_is_nocase(name, "proto"))
            said.scheme = parse_scheme(value);
        else if (span_is_nocase(name, "host"))
            said.host = parse_host(value);
    }
    walk_step(walk, node, &said);
}

/* RFC 7239. */
static struct forwarded read_standard(const struct fields *fields, struct walk walk)
{
    struct span line, element;
    size_t position = 0;

    while (fields_next(fields, FIELD_FORWARDED, &position, &line))
        while (fields_next_element(&line, &element))
            read_element(&walk, element);
    return walk.hop;
}

/* The last element of all lines: what the nearest proxy wrote. */
static struct span last_element(const struct fields *fields, enum field_id id)
{
    struct span line, element, last = {NULL, 0};
    size_t position = 0;

    while (fields_next(fields, id, &position, &line))
        while (fields_next_element(&line, &element))
            last = element;
    return last;
}

/* What everybody uses. */
static struct forwarded read_customary(const struct fields *fields, struct walk walk)
{
    const struct forwarded nothing = {.has_client = false};
    struct span line, element;
    size_t position = 0;

    while (fields_next(fields, FIELD_X_FORWARDED_FOR, &position, &line))
        while (fields_next_element(&line, &element))
            walk_step(&walk, element, &nothing);
    walk.hop.scheme = parse_scheme(last_element(fields, FIELD_X_FORWARDED_PROTO));
    walk.hop.host = parse_host(last_element(fields, FIELD_X_FORWARDED_HOST));
    return walk.hop;
}

static struct forwarded agreed(const struct forwarded *a, const struct forwarded *b)
{
    struct forwarded both = *a;

    both.has_client = a->has_client && b->has_client && ip_equal(&a->client, &b->client);
    if (!both.has_client || a->scheme != b->scheme)
        both.scheme = FORWARDED_SCHEME_UNKNOWN;
    if (!both.has_client || !span_equal(a->host, b->host))
        both.host = (struct span){NULL, 0};
    return both;
}

void forwarded_read(const struct fields *fields, forwarded_trusts *trusts, const void *context,
                    struct forwarded *ret_forwarded)
{
    const struct walk walk = {.trusts = trusts, .context = context};
    bool customary = fields_has(fields, FIELD_X_FORWARDED_FOR) ||
                     fields_has(fields, FIELD_X_FORWARDED_PROTO) ||
                     fields_has(fields, FIELD_X_FORWARDED_HOST);
    struct forwarded a, b;

    if (!fields_has(fields, FIELD_FORWARDED)) {
        *ret_forwarded = read_customary(fields, walk);
        return;
    }
    a = read_standard(fields, walk);
    if (customary) {
        b = read_customary(fields, walk);
        a = agreed(&a, &b);
    }
    *ret_forwarded = a;
}
