/* Who is let in: addresses as keys, counting them, the limits. */
#include "base/mem.h"
#include "serve/connection.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static struct peer peer(const char *text)
{
    struct sockaddr_in6 in6 = {.sin6_family = AF_INET6};
    struct sockaddr_in in = {.sin_family = AF_INET};

    if (strchr(text, ':')) {
        assert_int_equal(inet_pton(AF_INET6, text, &in6.sin6_addr), 1);
        return peer_of((struct sockaddr *)&in6);
    }
    assert_int_equal(inet_pton(AF_INET, text, &in.sin_addr), 1);
    return peer_of((struct sockaddr *)&in);
}

static uint64_t key(const char *text)
{
    struct peer it = peer(text);
    uint64_t ret;

    assert_true(peer_key(&it, &ret));
    return ret;
}

static void keys_tell_addresses_and_networks_apart(void **state)
{
    (void)state;
    assert_true(key("192.0.2.1") != key("192.0.2.2"));
    assert_true(key("::ffff:192.0.2.1") == key("192.0.2.1"));
    assert_true(key("2001:db8::1") == key("2001:db8::ffff:1"));
    assert_true(key("2001:db8:0:1::1") != key("2001:db8::1"));
    assert_true(key("::2") != key("0.0.0.2"));
}

static void this_machine_is_not_counted(void **state)
{
    static const char *const local[] = {"127.0.0.1", "127.255.0.9", "::1", "::ffff:127.0.0.1"};
    struct peer nobody = peer_of(NULL);
    uint64_t ret;

    (void)state;
    for (size_t i = 0; i < sizeof local / sizeof *local; i++) {
        struct peer it = peer(local[i]);

        assert_true(peer_is_loopback(&it));
        assert_false(peer_key(&it, &ret));
    }
    assert_false(peer_is_loopback(&nobody));
    assert_false(peer_key(&nobody, &ret));
}

/* Against plain counters, with keys that often share a place. */
static void counts_what_was_added(void **state)
{
    enum { KEYS = 40, STEPS = 20000 };
    unsigned counts[KEYS] = {0}, in_use = 0, seed = 7;
    struct tally tally;

    (void)state;
    tally_init(&tally, KEYS / 2);
    for (unsigned step = 0; step < STEPS; step++) {
        unsigned i;

        seed = seed * 1664525 + 1013904223;
        i = seed >> 16 & 0xffff;
        if (i % 2 && counts[i % KEYS] > 0) {
            tally_remove(&tally, i % KEYS);
            in_use -= --counts[i % KEYS] == 0;
        } else if (counts[i % KEYS] > 0 || in_use < KEYS / 2) {
            tally_add(&tally, i % KEYS);
            in_use += counts[i % KEYS]++ == 0;
        }
        for (unsigned k = 0; k < KEYS; k++)
            assert_int_equal(tally_count(&tally, k), counts[k]);
    }
    tally_release(&tally);
}

static void refuses_beyond_the_limits_until_one_leaves(void **state)
{
    struct limits limits = {.connections = 4, .per_address = 2};
    struct peer one = peer("192.0.2.1"), two = peer("2001:db8::1"), same = peer("2001:db8::2");
    struct peer local = peer("127.0.0.1");
    struct connections connections;

    (void)state;
    connections_init(&connections, &limits, 10);
    assert_int_equal(connections_reserve(&connections, &two, 5), ADMITTED);
    assert_int_equal(connections_reserve(&connections, &same, 5), ADMITTED);
    assert_int_equal(connections_reserve(&connections, &two, 5), REFUSED_ADDRESS);
    assert_int_equal(connections_reserve(&connections, &one, 5), ADMITTED);
    connections_unreserve(&connections, &same);
    assert_int_equal(connections_reserve(&connections, &two, 5), ADMITTED);
    assert_int_equal(connections_reserve(&connections, &local, 5), ADMITTED);
    assert_int_equal(connections_reserve(&connections, &local, 5), REFUSED_FULL);
    assert_int_equal(connections_reserve(&connections, &local, 10), REFUSED_DESCRIPTORS);
    assert_int_equal(connections.admissions[REFUSED_DESCRIPTORS], 1);
    assert_int_equal(connections.admissions[ADMITTED], 5);
    assert_int_equal(connections.admissions[REFUSED_FULL], 1);
    assert_int_equal(connections.admissions[REFUSED_ADDRESS], 1);
    connections_unreserve(&connections, &one);
    connections_unreserve(&connections, &two);
    connections_unreserve(&connections, &two);
    connections_unreserve(&connections, &local);
    assert_int_equal(connections.count, 0);
    connections_release(&connections);
}

static void any_number_of_this_machine_may_come(void **state)
{
    struct limits limits = {.connections = 100, .per_address = 1};
    struct peer local = peer("::1"), nobody = peer_of(NULL);
    struct connections connections;

    (void)state;
    connections_init(&connections, &limits, 10);
    for (int i = 0; i < 50; i++) {
        assert_int_equal(connections_reserve(&connections, &local, 5), ADMITTED);
        assert_int_equal(connections_reserve(&connections, &nobody, 5), ADMITTED);
    }
    assert_int_equal(connections_reserve(&connections, &nobody, 5), REFUSED_FULL);
    connections_release(&connections);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(keys_tell_addresses_and_networks_apart),
        cmocka_unit_test(this_machine_is_not_counted),
        cmocka_unit_test(counts_what_was_added),
        cmocka_unit_test(refuses_beyond_the_limits_until_one_leaves),
        cmocka_unit_test(any_number_of_this_machine_may_come),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
