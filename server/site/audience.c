#include "site/audience.h"

/* The talk that a path such as "/2015/polyconf/demo/" is of: the nearest one above it. */
static const struct talk *find_talk(const struct talks *talks, struct span path)
{
    path = span_from(path, 1);
    while (path.len > 0) {
        const struct talk *talk;

        if (path.data[path.len - 1] == '/')
            path.len--;
        talk = map_get(&talks->by_path, path);
        if (talk)
            return talk;
        while (path.len > 0 && path.data[path.len - 1] != '/')
            path.len--;
    }
    return map_get(&talks->by_path, path);
}

void audience_settle_framing(struct routes *routes, struct resource *resource, bool embed)
{
    struct strbuf policy = STRBUF_INIT;

    if (embed || !resource->csp || resource->unframed)
        return;
    strbuf_append_format(&policy, "%s; frame-ancestors 'self'", resource->csp);
    routes_set_policy(routes, resource, policy.data);
    resource->unframed = true;
    strbuf_release(&policy);
}

void audience_apply(struct routes *routes, const struct talks *talks, bool embed)
{
    for (size_t i = 0; i < routes->by_path.count; i++) {
        struct resource *resource = routes->by_path.entries[i].value;
        struct span path = routes->by_path.entries[i].key;
        const struct talk *talk;

        if (span_starts_with(path, SPAN("/_/")))
            continue;
        talk = find_talk(talks, path);
        if (talk && talk_deck(talk)->settings.draft)
            resource->unlisted = true;
        audience_settle_framing(routes, resource, talk ? talk_deck(talk)->settings.embed : embed);
    }
}
