/*
 * Any lines as a header that came through a proxy: whoever is believed to be the client is no
 * trusted proxy unless all are, and what is believed to be a host is one.
 */
#include "target.h"

#include "http/forwarded.h"
#include "http/host.h"

/* 10.0.0.0/8 */
static bool trusts(const void *asked, const struct ip_address *address)
{
    struct ip_network network;

    ++*(unsigned *)(uintptr_t)asked;
    return ip_network_parse(SPAN("10.0.0.0/8"), &network) && ip_network_has(&network, address);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct span rest = {(const char *)data, size}, line;
    struct forwarded forwarded;
    struct fields fields;
    unsigned asked = 0;

    fields_init(&fields);
    while (span_next_line(&rest, &line)) {
        ptrdiff_t colon = span_find_char(line, ':');

        if (colon >= 0)
            fields_add(&fields, span_cut(line, 0, (size_t)colon),
                       span_from(line, (size_t)colon + 1));
    }
    forwarded_read(&fields, trusts, &asked, &forwarded);
    check(!forwarded.has_client || asked > 0);
    check(forwarded.host.len == 0 || host_valid(forwarded.host));
    return 0;
}
