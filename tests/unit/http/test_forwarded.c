/* What proxies say of the client: who is believed, and who is not. */
#include "http/forwarded.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

/* The proxies of these tests stand in 10.0.0.0/8 and 2001:db8:f::/48. */
static bool trusts(const void *context, const struct ip_address *address)
{
    static const char *const networks[] = {"10.0.0.0/8", "2001:db8:f::/48"};

    (void)context;
    for (size_t i = 0; i < 2; i++) {
        struct ip_network network;

        assert_true(ip_network_parse(span_of(networks[i]), &network));
        if (ip_network_has(&network, address))
            return true;
    }
    return false;
}

#define F(value)                                                                                   \
    {                                                                                              \
        "Forwarded", value                                                                         \
    }
#define FOR(value)                                                                                 \
    {                                                                                              \
        "X-Forwarded-For", value                                                                   \
    }
#define PROTO(value)                                                                               \
    {                                                                                              \
        "X-Forwarded-Proto", value                                                                 \
    }
#define HOST(value)                                                                                \
    {                                                                                              \
        "X-Forwarded-Host", value                                                                  \
    }

static const struct row {
    const char *lines[4][2];
    const char *client; /* NULL: none that can be believed */
    enum forwarded_scheme scheme;
    const char *host;
} rows[] = {
    {{{NULL}}, NULL, FORWARDED_SCHEME_UNKNOWN, ""},
    {{FOR("192.0.2.1")}, "192.0.2.1", FORWARDED_SCHEME_UNKNOWN, ""},
    {{FOR("192.0.2.1:4711")}, "192.0.2.1", FORWARDED_SCHEME_UNKNOWN, ""},
    {{FOR("2001:db8::1")}, "2001:db8::1", FORWARDED_SCHEME_UNKNOWN, ""},
    {{FOR("[2001:db8::1]:80")}, "2001:db8::1", FORWARDED_SCHEME_UNKNOWN, ""},
    /* What the client wrote itself stands before what the proxy saw. */
    {{FOR("198.51.100.7, 192.0.2.1")}, "192.0.2.1", FORWARDED_SCHEME_UNKNOWN, ""},
    {{FOR("198.51.100.7, 192.0.2.1, 10.0.0.2")}, "192.0.2.1", FORWARDED_SCHEME_UNKNOWN, ""},
    {{FOR("10.9.9.9, 192.0.2.1, 10.0.0.2,10.0.0.3")}, "192.0.2.1", FORWARDED_SCHEME_UNKNOWN, ""},
    {{FOR("198.51.100.7"), FOR("192.0.2.1, 10.0.0.2")}, "192.0.2.1", FORWARDED_SCHEME_UNKNOWN, ""},
    {{FOR("10.0.0.1, 10.0.0.2")}, "10.0.0.1", FORWARDED_SCHEME_UNKNOWN, ""},
    {{FOR(" , ,192.0.2.1,, ")}, "192.0.2.1", FORWARDED_SCHEME_UNKNOWN, ""},
    {{FOR("192.0.2.1, nonsense, 10.0.0.2")}, NULL, FORWARDED_SCHEME_UNKNOWN, ""},
    {{FOR("nonsense, 192.0.2.1")}, "192.0.2.1", FORWARDED_SCHEME_UNKNOWN, ""},
    {{FOR("[2001:db8::1]x")}, NULL, FORWARDED_SCHEME_UNKNOWN, ""},
    {{FOR("[2001:db8::1")}, NULL, FORWARDED_SCHEME_UNKNOWN, ""},
    {{FOR("[")}, NULL, FORWARDED_SCHEME_UNKNOWN, ""},
    {{FOR(":80")}, NULL, FORWARDED_SCHEME_UNKNOWN, ""},
    {{FOR("192.0.2.1"), PROTO("HTTPS"), HOST("talks.example:8443")},
     "192.0.2.1",
     FORWARDED_HTTPS,
     "talks.example:8443"},
    {{PROTO("https, http")}, NULL, FORWARDED_HTTP, ""},
    {{PROTO("gopher"), HOST("evil/path")}, NULL, FORWARDED_SCHEME_UNKNOWN, ""},
    {{HOST("forged.example, talks.example")}, NULL, FORWARDED_SCHEME_UNKNOWN, "talks.example"},

    {{F("for=192.0.2.1")}, "192.0.2.1", FORWARDED_SCHEME_UNKNOWN, ""},
    {{F("For=\"[2001:db8:cafe::17]:4711\"")}, "2001:db8:cafe::17", FORWARDED_SCHEME_UNKNOWN, ""},
    {{F("for=192.0.2.60;proto=https;by=203.0.113.43;host=\"talks.example:8443\"")},
     "192.0.2.60",
     FORWARDED_HTTPS,
     "talks.example:8443"},
    /* Scheme and host of the hop that is believed, not of those before or behind. */
    {{F("for=198.51.100.7;proto=https;host=evil, for=192.0.2.1;proto=http;host=good, "
        "for=10.0.0.2;proto=https;host=inner")},
     "192.0.2.1",
     FORWARDED_HTTP,
     "good"},
    {{F("for=198.51.100.7;host=evil"), F("for=\"192.0.2.1:5\" ; host=good")},
     "192.0.2.1",
     FORWARDED_SCHEME_UNKNOWN,
     "good"},
    {{F("for=unknown")}, NULL, FORWARDED_SCHEME_UNKNOWN, ""},
    {{F("for=192.0.2.1, for=_hidden;proto=https")}, NULL, FORWARDED_HTTPS, ""},
    {{F("proto=https")}, NULL, FORWARDED_HTTPS, ""},
    {{F("for=\"192.0.2\\.1\"")}, NULL, FORWARDED_SCHEME_UNKNOWN, ""},
    {{F("for=\"192.0.2.1")}, NULL, FORWARDED_SCHEME_UNKNOWN, ""},
    {{F("for=192.0.2.1;x=\"a;host=evil\";proto=http")}, "192.0.2.1", FORWARDED_HTTP, ""},
    {{F("for=192.0.2.1;x=\"a, for=10.0.0.1\"")}, "192.0.2.1", FORWARDED_SCHEME_UNKNOWN, ""},
    {{F(";;=;for;for=192.0.2.1;;")}, "192.0.2.1", FORWARDED_SCHEME_UNKNOWN, ""},

    /* Both ways: only what they agree on. */
    {{F("for=192.0.2.1;proto=https;host=a"), FOR("192.0.2.1"), PROTO("https"), HOST("a")},
     "192.0.2.1",
     FORWARDED_HTTPS,
     "a"},
    {{F("for=192.0.2.1;proto=https;host=evil"), FOR("192.0.2.1"), PROTO("http"), HOST("a")},
     "192.0.2.1",
     FORWARDED_SCHEME_UNKNOWN,
     ""},
    {{F("for=198.51.100.7;proto=https"), FOR("192.0.2.1"), PROTO("https")},
     NULL,
     FORWARDED_SCHEME_UNKNOWN,
     ""},
    {{F("for=192.0.2.1"), PROTO("https")}, NULL, FORWARDED_SCHEME_UNKNOWN, ""},
};

static void believes_trusted_proxies_only(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const struct row *row = &rows[i];
        char text[IP_TEXT_MAX] = "";
        struct forwarded forwarded;
        struct fields fields;

        fields_init(&fields);
        for (size_t j = 0; j < 4 && row->lines[j][0]; j++)
            assert_int_equal(
                fields_add(&fields, span_of(row->lines[j][0]), span_of(row->lines[j][1])), 0);
        forwarded_read(&fields, trusts, NULL, &forwarded);
        if (forwarded.has_client)
            ip_build(&forwarded.client, text);
        if (strcmp(text, row->client ? row->client : "") != 0 || forwarded.scheme != row->scheme ||
            !span_is(forwarded.host, row->host))
            fail_msg("row %zu: client `%s`, scheme %d, host `%.*s`", i, text, forwarded.scheme,
                     (int)forwarded.host.len, forwarded.host.len ? forwarded.host.data : "");
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(believes_trusted_proxies_only),
    };

    return cmocka_run_group_tests_name("forwarded", tests, NULL, NULL);
}
