/*
 * ip: addresses and networks of the Internet, IPv6 and IPv4 alike.
 *
 * An IPv4 address is kept as the IPv6 one that stands for it (::ffff:a.b.c.d, RFC 4291 §2.5.5.2),
 * so there is one form to compare, whichever family a socket has. Values; they own nothing.
 */
#pragma once

#include "base/span.h"

#include <stdbool.h>
#include <stdint.h>

struct sockaddr;

struct ip_address {
    uint8_t bytes[16];
};

struct ip_network {
    struct ip_address address;
    unsigned bits; /* of the 128 that count */
};

enum { IP_TEXT_MAX = 46 }; /* with its NUL */

/* "192.0.2.1", "2001:db8::1", that in brackets too. */
bool ip_parse(struct span text, struct ip_address *ret_address);

/* "192.0.2.0/24", "2001:db8::/32", or an address, which is a network of one. */
bool ip_network_parse(struct span text, struct ip_network *ret_network);

/* False for other families. */
bool ip_from_socket(const struct sockaddr *address, struct ip_address *ret_address);

/* IPv4 as such, without brackets. */
void ip_build(const struct ip_address *address, char ret_text[IP_TEXT_MAX]);

bool ip_equal(const struct ip_address *a, const struct ip_address *b);
bool ip_network_has(const struct ip_network *network, const struct ip_address *address);
