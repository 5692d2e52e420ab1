#include "base/ip.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>

enum { IP4_BITS = 32, IP6_BITS = 128 };

static const uint8_t ip4_prefix[12] = {[10] = 0xff, [11] = 0xff};

static void set_ip4(struct ip_address *address, const void *bytes)
{
    memcpy(address->bytes, ip4_prefix, sizeof ip4_prefix);
    memcpy(address->bytes + sizeof ip4_prefix, bytes, 4);
}

static bool is_ip4(const struct ip_address *address)
{
    return memcmp(address->bytes, ip4_prefix, sizeof ip4_prefix) == 0;
}

/* *ret_bits: as many as an address so written has. */
static bool parse(struct span text, struct ip_address *ret_address, unsigned *ret_bits)
{
    char copy[IP_TEXT_MAX];
    struct in_addr ip4;
    struct in6_addr ip6;

    if (text.len > 2 && text.data[0] == '[' && text.data[text.len - 1] == ']')
        text = span_cut(text, 1, text.len - 1);
    if (text.len >= sizeof copy || (text.len && memchr(text.data, '\0', text.len)))
        return false;
    memcpy(copy, text.len ? text.data : "", text.len);
    copy[text.len] = '\0';
    if (inet_pton(AF_INET, copy, &ip4) == 1) {
        set_ip4(ret_address, &ip4);
        *ret_bits = IP4_BITS;
        return true;
    }
    if (inet_pton(AF_INET6, copy, &ip6) == 1) {
        memcpy(ret_address->bytes, &ip6, sizeof ret_address->bytes);
        *ret_bits = IP6_BITS;
        return true;
    }
    return false;
}

bool ip_parse(struct span text, struct ip_address *ret_address)
{
    unsigned bits;

    return parse(text, ret_address, &bits);
}

static bool parse_bits(struct span text, unsigned most, unsigned *ret_bits)
{
    unsigned bits = 0;

    if (text.len == 0 || text.len > 3)
        return false;
    for (size_t i = 0; i < text.len; i++) {
        if (text.data[i] < '0' || text.data[i] > '9')
            return false;
        bits = bits * 10 + (unsigned)(text.data[i] - '0');
    }
    *ret_bits = bits;
    return bits <= most;
}

bool ip_network_parse(struct span text, struct ip_network *ret_network)
{
    ptrdiff_t slash = span_find_char(text, '/');
    struct span address = slash < 0 ? text : span_cut(text, 0, (size_t)slash);
    struct ip_network network;
    unsigned most, bits;

    if (!parse(address, &network.address, &most))
        return false;
    bits = most;
    if (slash >= 0 && !parse_bits(span_from(text, (size_t)slash + 1), most, &bits))
        return false;
    network.bits = IP6_BITS - most + bits;
    *ret_network = network;
    return true;
}

bool ip_from_socket(const struct sockaddr *address, struct ip_address *ret_address)
{
    if (address->sa_family == AF_INET) {
        struct sockaddr_in ip4;

        memcpy(&ip4, address, sizeof ip4);
        set_ip4(ret_address, &ip4.sin_addr);
        return true;
    }
    if (address->sa_family == AF_INET6) {
        struct sockaddr_in6 ip6;

        memcpy(&ip6, address, sizeof ip6);
        memcpy(ret_address->bytes, &ip6.sin6_addr, sizeof ret_address->bytes);
        return true;
    }
    return false;
}

void ip_build(const struct ip_address *address, char ret_text[IP_TEXT_MAX])
{
    bool ip4 = is_ip4(address);

    if (!inet_ntop(ip4 ? AF_INET : AF_INET6, address->bytes + (ip4 ? sizeof ip4_prefix : 0),
                   ret_text, IP_TEXT_MAX))
        *ret_text = '\0';
}

bool ip_equal(const struct ip_address *a, const struct ip_address *b)
{
    return memcmp(a->bytes, b->bytes, sizeof a->bytes) == 0;
}

bool ip_network_has(const struct ip_network *network, const struct ip_address *address)
{
    const uint8_t *a = network->address.bytes, *b = address->bytes;
    unsigned whole = network->bits / 8, rest = network->bits % 8;

    if (memcmp(a, b, whole) != 0)
        return false;
    return rest == 0 || ((a[whole] ^ b[whole]) >> (8 - rest)) == 0;
}
