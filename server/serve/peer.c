#include "serve/peer.h"

#include <string.h>

static const uint8_t ip4_prefix[12] = {[10] = 0xff, [11] = 0xff};

struct peer peer_of(const struct sockaddr *address)
{
    struct peer peer = {.known = false};

    peer.known = address && ip_from_socket(address, &peer.address);
    return peer;
}

static bool is_ip4(const struct peer *peer)
{
    return memcmp(peer->address.bytes, ip4_prefix, sizeof ip4_prefix) == 0;
}

bool peer_is_loopback(const struct peer *peer)
{
    static const struct ip_address ip6_loopback = {{[15] = 1}};

    if (!peer->known)
        return false;
    return is_ip4(peer) ? peer->address.bytes[sizeof ip4_prefix] == 127
                        : ip_equal(&peer->address, &ip6_loopback);
}

bool peer_key(const struct peer *peer, uint64_t *ret_key)
{
    bool ip4 = is_ip4(peer);
    /* Nobody has the network 0:ffff::/32, so IPv4 is put there. */
    const uint8_t *bytes = peer->address.bytes + (ip4 ? 10 : 0);
    uint64_t key = 0;

    if (!peer->known || peer->is_proxy || peer_is_loopback(peer))
        return false;
    for (size_t i = 0; i < (ip4 ? 6 : 8); i++)
        key = key << 8 | bytes[i];
    *ret_key = key;
    return true;
}
