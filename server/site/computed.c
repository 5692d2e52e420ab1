#include "site/computed.h"

bool computed_make(struct computed *answer, const struct resource *resource, struct span query,
                   struct span address)
{
    struct query parsed;
    bool made;

    *answer = (struct computed){.address = address,
                                .status = 200,
                                .type = resource->content_type,
                                .csp = resource->csp,
                                .body = STRBUF_INIT};
    if (!resource->compute)
        return false;
    query_parse(&parsed, query);
    made = resource->compute(resource->compute_context, &parsed, answer);
    query_release(&parsed);
    return made;
}

void computed_release(struct computed *answer)
{
    strbuf_release(&answer->body);
}
