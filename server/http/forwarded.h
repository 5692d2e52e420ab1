/*
 * forwarded: what proxies say of the client that they speak for.
 *
 * Two ways of saying it are in use: Forwarded (RFC 7239), and X-Forwarded-For, -Proto and -Host.
 * Each proxy adds itself at the end of a list, so only what trusted proxies wrote may be believed:
 * the list is walked from its end as long as the addresses are those of trusted proxies, and the
 * first other one is the client. What stands before it may be anybody's invention. Who calls this
 * has made sure that the peer itself is trusted.
 *
 * Where both ways are present they must name the same client. If they do not, one of them came
 * from outside through a proxy that only knows the other, and neither is believed.
 */
#pragma once

#include "base/ip.h"
#include "http/fields.h"

enum forwarded_scheme { FORWARDED_SCHEME_UNKNOWN, FORWARDED_HTTP, FORWARDED_HTTPS };

struct forwarded {
    bool has_client;
    struct ip_address client;
    enum forwarded_scheme scheme; /* that the client used */
    struct span host;             /* that the client asked for, a valid one; or empty. Borrowed */
};

/* Whether an address is that of a trusted proxy. */
typedef bool forwarded_trusts(const void *context, const struct ip_address *address);

/* What can be believed; nothing of what is malformed. */
void forwarded_read(const struct fields *fields, forwarded_trusts *trusts, const void *context,
                    struct forwarded *ret_forwarded);
