/*
 * peer: who is at the other end of a connection, as far as the network tells.
 *
 * A client that came through a unix socket has no address. Proxies speak for others: whom, is not
 * known here.
 */
#pragma once

#include "base/ip.h"

#include <stdbool.h>
#include <stdint.h>

struct peer {
    bool known;    /* has an address */
    bool is_proxy; /* trusted to speak for others */
    struct ip_address address;
};

/* NULL is nobody's address. */
struct peer peer_of(const struct sockaddr *address);

/* On this machine, by way of its network: 127.0.0.0/8, ::1. */
bool peer_is_loopback(const struct peer *peer);

/*
 * Whom the limit for an address counts as one: an IPv4 address, or an IPv6 network of 64 bits, for
 * who has one address of it has all. False for this machine itself and for proxies, which are not
 * counted.
 */
bool peer_key(const struct peer *peer, uint64_t *ret_key);
