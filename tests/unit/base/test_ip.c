/* Addresses and networks. */
#include "base/ip.h"

#include <netinet/in.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static void reads_and_writes_addresses(void **state)
{
    static const struct {
        const char *text, *canonical; /* NULL: none */
    } rows[] = {
        {"192.0.2.1", "192.0.2.1"},
        {"::ffff:192.0.2.1", "192.0.2.1"},
        {"2001:DB8:0::1", "2001:db8::1"},
        {"[2001:db8::1]", "2001:db8::1"},
        {"::", "::"},
        {"", NULL},
        {"[]", NULL},
        {"192.0.2", NULL},
        {"192.0.2.256", NULL},
        {"192.0.2.1 ", NULL},
        {"192.0.2.01x", NULL},
        {"1::2::3", NULL},
        {"fe80::1%eth0", NULL},
        {"localhost", NULL},
        {"1111:2222:3333:4444:5555:6666:7777:8888:9999:aaaa", NULL},
    };

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct ip_address address;
        char text[IP_TEXT_MAX];

        assert_int_equal(ip_parse(span_of(rows[i].text), &address), rows[i].canonical != NULL);
        if (!rows[i].canonical)
            continue;
        ip_build(&address, text);
        assert_string_equal(text, rows[i].canonical);
    }
    struct ip_address address;
    assert_false(ip_parse(SPAN("192.0.2.1\0.2"), &address));
}

static void knows_what_is_in_a_network(void **state)
{
    static const struct {
        const char *network, *address;
        bool has;
    } rows[] = {
        {"10.0.0.0/8", "10.255.0.1", true},
        {"10.0.0.0/8", "11.0.0.1", false},
        {"10.0.0.0/8", "::ffff:10.1.2.3", true},
        {"192.0.2.128/25", "192.0.2.129", true},
        {"192.0.2.128/25", "192.0.2.127", false},
        {"192.0.2.1", "192.0.2.1", true},
        {"192.0.2.1", "192.0.2.2", false},
        {"0.0.0.0/0", "203.0.113.9", true},
        {"0.0.0.0/0", "2001:db8::1", false},
        {"::/0", "203.0.113.9", true},
        {"2001:db8::/32", "2001:db8:ffff::1", true},
        {"2001:db8::/33", "2001:db8:ffff::1", false},
        {"[::1]", "::1", true},
    };

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct ip_network network;
        struct ip_address address;

        assert_true(ip_network_parse(span_of(rows[i].network), &network));
        assert_true(ip_parse(span_of(rows[i].address), &address));
        assert_int_equal(ip_network_has(&network, &address), rows[i].has);
    }
}

static void refuses_what_is_no_network(void **state)
{
    static const char *const rows[] = {"",         "/8",    "10.0.0.0/",    "10.0.0.0/33",
                                       "::/129",   "::/-1", "10.0.0.0/8x",  "10.0.0.0/0008",
                                       "10.0.0/8", "a/8",   "10.0.0.0/8/8", "::/99999999999"};

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct ip_network network;

        assert_false(ip_network_parse(span_of(rows[i]), &network));
    }
}

static void takes_addresses_from_sockets(void **state)
{
    struct sockaddr_in ip4 = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(0xC0000201)};
    struct sockaddr_in6 ip6 = {.sin6_family = AF_INET6, .sin6_addr = IN6ADDR_LOOPBACK_INIT};
    struct sockaddr other = {.sa_family = AF_UNIX};
    struct ip_address address, same;

    (void)state;
    assert_true(ip_from_socket((struct sockaddr *)&ip4, &address));
    assert_true(ip_parse(SPAN("192.0.2.1"), &same));
    assert_true(ip_equal(&address, &same));
    assert_true(ip_from_socket((struct sockaddr *)&ip6, &address));
    assert_false(ip_equal(&address, &same));
    assert_true(ip_parse(SPAN("::1"), &same));
    assert_true(ip_equal(&address, &same));
    assert_false(ip_from_socket(&other, &address));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_and_writes_addresses),
        cmocka_unit_test(knows_what_is_in_a_network),
        cmocka_unit_test(refuses_what_is_no_network),
        cmocka_unit_test(takes_addresses_from_sockets),
    };

    return cmocka_run_group_tests_name("ip", tests, NULL, NULL);
}
