/* Where to listen, and what surrounds the server. */
#include "base/mem.h"
#include "conf/site_address.h"
#include "conf/site_settings.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

struct fixture {
    struct site_settings settings;
    struct err_list errs;
};

static int set_up(void **state)
{
    struct fixture *fixture = calloc(1, sizeof *fixture);

    site_settings_init(&fixture->settings);
    err_list_init(&fixture->errs);
    *state = fixture;
    return 0;
}

static int tear_down(void **state)
{
    struct fixture *fixture = *state;

    site_settings_release(&fixture->settings);
    err_list_release(&fixture->errs);
    free(fixture);
    return 0;
}

static void read_text(struct fixture *fixture, const char *text)
{
    struct node *config = node_parse(span_of(text), "c.yaml", 1, &fixture->errs);

    site_settings_read(&fixture->settings, config, &fixture->errs);
    node_free(config);
}

static void reads_listeners(void **state)
{
    struct fixture *fixture = *state;
    const struct listen_settings *entry;

    read_text(fixture, "listen:\n"
                       "  - port: 443\n"
                       "    bind: 192.0.2.1\n"
                       "    tls: {certificate: c.pem, key: k.pem}\n"
                       "  - {port: 80, redirect: https}\n"
                       "  - {port: 81, redirect: 8443}\n"
                       "  - {unix: /run/d.sock, mode: 0640}\n"
                       "  - unix: d.sock\n"
                       "  - port: 0\n");
    assert_int_equal(fixture->errs.list.count, 0);
    assert_int_equal(fixture->settings.listens.list.count, 6);
    entry = fixture->settings.listens.list.items;
    assert_int_equal(entry->port, 443);
    assert_string_equal(entry->bind, "192.0.2.1");
    assert_string_equal(entry->certificate, "c.pem");
    assert_string_equal(entry->key, "k.pem");
    assert_false(entry->redirect);
    entry++;
    assert_int_equal(entry->port, 80);
    assert_true(entry->redirect);
    assert_int_equal(entry->redirect_port, 0);
    assert_null(entry->certificate);
    entry++;
    assert_int_equal(entry->redirect_port, 8443);
    entry++;
    assert_string_equal(entry->unix_path, "/run/d.sock");
    assert_int_equal(entry->mode, 0640);
    assert_int_equal(entry[1].mode, 0666);
    assert_int_equal(entry[2].port, 0);
    assert_null(entry[2].unix_path);
}

static void says_what_is_wrong_with_listeners(void **state)
{
    static const struct {
        const char *listen, *problem;
    } rows[] = {
        {"8080",
         "`listen` is a list of listeners: begin each with `- port:`, `- unix:` or `- socket:`"},
        {"[]",
         "`listen` is a list of listeners: begin each with `- port:`, `- unix:` or `- socket:`"},
        {"[8080]", "a listener is a map such as `{port: 8080}`"},
        {"[{}]", "a listener needs `port`, `unix` or `socket`: give one"},
        {"[{bind: \"::1\"}]", "a listener needs `port`, `unix` or `socket`: give one"},
        {"[{socket: a, bind: b}]",
         "where systemd's socket listens is said in decksd.socket: remove `bind`"},
        {"[{socket: a, port: 1}]",
         "`port`, `unix` and `socket` are several listeners: make an entry of each"},
        {"[{port: 1, unix: a}]",
         "`port`, `unix` and `socket` are several listeners: make an entry of each"},
        {"[{port: 65536}]", "`port` must be a number from 0 (any free port) to 65535, not `65536`"},
        {"[{port: 0x50}]", "`port` must be a number from 0 (any free port) to 65535, not `0x50`"},
        {"[{prot: 80}]", "`prot`: did you mean `port`?"},
        {"[{port: 80, zzzzzz: 1}]", "`zzzzzz` means nothing in `listen`: remove it"},
        {"[{port: 80, tls: {cert: a}}]", "`cert` means nothing in `listen`: remove it"},
        {"[{port: 80, tls: {certificate: a}}]", "`tls` needs `certificate` and `key`: give both"},
        {"[{port: 80, tls: {}}]", "`tls` needs `certificate` and `key`: give both"},
        {"[{port: 80, tls: yes}]", "`tls` must be a map of `certificate:` and `key:`, not `yes`"},
        {"[{port: 80, redirect: http}]",
         "`redirect` must be `https`, or the port that https:// has, not `http`"},
        {"[{port: 80, redirect: https, tls: {certificate: a, key: b}}]",
         "a listener that speaks TLS is where redirections lead: remove `redirect` or `tls`"},
        {"[{unix: a, bind: b}]", "a unix socket has no address: remove `bind`"},
        {"[{unix: a, mode: 888}]", "`mode` must be permissions such as 660, not `888`"},
        {"[{unix: a, mode: 1777}]", "`mode` must be permissions such as 660, not `1777`"},
        {"[{port: 1, mode: 600}]", "only a unix socket has permissions: remove `mode`"},
        {"[{unix: "
         "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
         "aaaaaaaaaaaaaaaaaaaa}]",
         "`unix` must be the path of a socket, of 107 bytes at most, not "
         "`aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
         "aaaaaaaaaaaaaaaaaaaaa`"},
    };
    struct fixture *fixture = *state;

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct strbuf text = STRBUF_INIT;

        strbuf_append_format(&text, "listen: %s\n", rows[i].listen);
        read_text(fixture, text.data);
        strbuf_release(&text);
        assert_int_equal(fixture->errs.list.count, 1);
        assert_string_equal(fixture->errs.list.items[0].text, rows[i].problem);
        assert_int_equal(fixture->errs.list.items[0].line, 1);
        assert_int_equal(fixture->settings.listens.list.count, 0);
        err_list_release(&fixture->errs);
    }
}

static void takes_each_place_once(void **state)
{
    struct fixture *fixture = *state;

    read_text(fixture, "listen:\n"
                       "  - port: 80\n"
                       "  - {port: 80, bind: \"::1\"}\n"
                       "  - {port: 0}\n"
                       "  - {port: 0}\n"
                       "  - {unix: a}\n"
                       "  - {port: 80, redirect: https}\n"
                       "  - {unix: a, mode: 600}\n");
    assert_int_equal(fixture->settings.listens.list.count, 5);
    assert_int_equal(fixture->errs.list.count, 2);
    for (size_t i = 0; i < 2; i++) {
        assert_string_equal(fixture->errs.list.items[i].text,
                            "an entry above listens there already: remove one of them");
        assert_int_equal(fixture->errs.list.items[i].line, 7 + i);
    }
}

static const struct site_key *key_of(const char *name)
{
    for (size_t i = 0; i < site_key_count; i++)
        if (strcmp(site_keys[i].name, name) == 0)
            return &site_keys[i];
    return NULL;
}

static void lets_a_port_said_elsewhere_replace_the_list(void **state)
{
    struct fixture *fixture = *state;

    read_text(fixture, "port: 81\nlisten: [{port: 80}]\n");
    assert_int_equal(fixture->settings.listens.list.count, 1);
    assert_true(
        site_settings_set(&fixture->settings, key_of("port"), "8080", "--port", &fixture->errs));
    assert_int_equal(fixture->settings.listens.list.count, 0);
    assert_int_equal(fixture->settings.port, 8080);
}

static void reads_base_paths(void **state)
{
    static const struct {
        const char *text, *path; /* NULL: none */
    } rows[] = {
        {"/talks", "/talks"},
        {"/talks/", "/talks"},
        {"/", ""},
        {"//", ""},
        {"/a/b-c_d.e~f", "/a/b-c_d.e~f"},
        {"", NULL},
        {"talks", NULL},
        {"/a//b", NULL},
        {"/a/../b", NULL},
        {"/./a", NULL},
        {"/a b", NULL},
        {"/a%20b", NULL},
        {"/a?b", NULL},
        {"//evil", NULL},
        {"/a\\b", NULL},
    };

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char *path = NULL;

        assert_int_equal(read_base_path(&path, rows[i].text), rows[i].path != NULL);
        if (rows[i].path)
            assert_string_equal(path, rows[i].path);
        free(path);
    }
}

static void reads_ages(void **state)
{
    static const struct {
        const char *text;
        int seconds; /* -1: none */
    } rows[] = {{"0", 0},           {"3600", 3600},      {"90s", 90},      {"2h", 7200},
                {"180d", 15552000}, {"1w", 604800},      {"1y", 31536000}, {"69y", -1},
                {"", -1},           {"y", -1},           {"-1", -1},       {"1m", -1},
                {"1 y", -1},        {"999999999999", -1}};

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        unsigned seconds = 7;

        assert_int_equal(read_age(&seconds, rows[i].text), rows[i].seconds >= 0);
        assert_int_equal(seconds, rows[i].seconds >= 0 ? rows[i].seconds : 7);
    }
}

static void reads_proxies(void **state)
{
    struct fixture *fixture = *state;
    struct proxy_list *proxies = &fixture->settings.proxies;

    read_text(fixture, "trustedProxies: [127.0.0.1, \"::1\", 10.0.0.0/8, unix]\n");
    assert_int_equal(fixture->errs.list.count, 0);
    assert_int_equal(proxies->networks.count, 3);
    assert_true(proxies->unix_sockets);
    assert_true(read_proxies(proxies, " 192.0.2.1,2001:db8::/32 "));
    assert_int_equal(proxies->networks.count, 2);
    assert_false(proxies->unix_sockets);
    assert_false(read_proxies(proxies, "192.0.2.1, proxy.example"));
    assert_int_equal(proxies->networks.count, 2);
    read_text(fixture, "trustedProxies: [127.0.0.1, 10.0.0.0/99]\n");
    assert_string_equal(fixture->errs.list.items[0].text,
                        "`trustedProxies` must be addresses, networks such as `10.0.0.0/8`, or "
                        "`unix`, not `127.0.0.1, 10.0.0.0/99`");
    read_text(fixture, "trustedProxies: [[a]]\n");
    assert_string_equal(fixture->errs.list.items[1].text,
                        "`trustedProxies` must be addresses, networks such as `10.0.0.0/8`, or "
                        "`unix`, not a list");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

static void reads_addresses_of_sites(void **state)
{
    static const struct {
        const char *written, *meant; /* NULL: none */
    } rows[] = {
        {"https://decks.example.org", "https://decks.example.org"},
        {"https://decks.example.org/", "https://decks.example.org"},
        {"HTTP://Decks.Example.ORG:80/Talks/", "http://decks.example.org/Talks"},
        {"https://decks.example.org:443", "https://decks.example.org"},
        {"https://decks.example.org:80/a/b", "https://decks.example.org:80/a/b"},
        {"http://192.0.2.1:8080", "http://192.0.2.1:8080"},
        {"http://[2001:DB8::1]:8080/", "http://[2001:db8::1]:8080"},
        {"http://localhost", "http://localhost"},
        {"", NULL},
        {"decks.example.org", NULL},
        {"//decks.example.org", NULL},
        {"ftp://decks.example.org", NULL},
        {"https:/decks.example.org", NULL},
        {"https://", NULL},
        {"https:///talks", NULL},
        {"https://:80/", NULL},
        {"https://a..b", NULL},
        {"https://example.org.", NULL},
        {"https://-a.example", NULL},
        {"https://a_b.example", NULL},
        {"https://b\xc3\xbc.example", NULL},
        {"https://user@example.org", NULL},
        {"https://user:80@example.org", NULL},
        {"https://example.org:", NULL},
        {"https://example.org:0", NULL},
        {"https://example.org:65536", NULL},
        {"https://example.org:80x", NULL},
        {"https://[::1", NULL},
        {"https://[::1]x", NULL},
        {"https://[]", NULL},
        {"https://[192.0.2.1x]", NULL},
        {"https://example.org/?a", NULL},
        {"https://example.org?a", NULL},
        {"https://example.org#a", NULL},
        {"https://example.org//a", NULL},
        {"https://example.org/../a", NULL},
        {"https://example.org/a b", NULL},
        {"https://example.org/\"><script>", NULL},
        {" https://example.org", NULL},
    };

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char *address = NULL;

        if (read_site_address(&address, rows[i].written) != (rows[i].meant != NULL))
            fail_msg("%s", rows[i].written);
        if (rows[i].meant)
            assert_string_equal(address, rows[i].meant);
        free(address);
    }
}

static void the_address_has_a_path_of_its_own_or_the_base_path(void **state)
{
    static const struct {
        const char *config, *address;
    } rows[] = {
        {"title: x", ""},
        {"basePath: /talks", ""},
        {"url: https://a.example", "https://a.example"},
        {"{url: https://a.example, basePath: /talks/}", "https://a.example/talks"},
        {"{url: https://a.example, basePath: /}", "https://a.example"},
        {"{url: https://a.example/shown, basePath: /talks}", "https://a.example/shown"},
    };
    struct fixture *fixture = *state;

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct strbuf address = STRBUF_INIT;

        site_settings_release(&fixture->settings);
        site_settings_init(&fixture->settings);
        read_text(fixture, rows[i].config);
        assert_int_equal(fixture->errs.list.count, 0);
        site_address_append(&address, fixture->settings.url, fixture->settings.base_path);
        assert_string_equal(address.data, rows[i].address);
        strbuf_release(&address);
    }
}

static void reads_whom_to_tell_of_a_hole(void **state)
{
    struct fixture *fixture = *state;
    const struct security_settings *security = &fixture->settings.security;

    assert_false(security_settings_exist(security));
    read_text(fixture,
              "security:\n"
              "  contact: [ada@example.org, https://example.org/report, 'tel:+1-201-555']\n"
              "  expires: 2027-12-31T23:59:00Z\n"
              "  preferredLanguages: [en, pt-BR]\n"
              "  encryption: https://example.org/key.asc\n");
    assert_int_equal(fixture->errs.list.count, 0);
    assert_true(security_settings_exist(security));
    assert_int_equal(security->contact.list.count, 3);
    assert_string_equal(security->contact.list.items[0], "mailto:ada@example.org");
    assert_string_equal(security->contact.list.items[2], "tel:+1-201-555");
    assert_string_equal(security->expires, "2027-12-31");
    assert_string_equal(security->languages, "en, pt-BR");
    assert_string_equal(security->encryption.list.items[0], "https://example.org/key.asc");
}

static void says_what_is_wrong_with_whom_to_tell(void **state)
{
    static const char needs[] = "`security` needs `contact` and `expires`: give both",
                      uris[] = "must be an address such as `https://…` or `mailto:…`, or a list";
    static const struct {
        const char *security, *problem;
    } rows[] = {
        {"yes", "`security` must be a map of `contact:` and `expires:`"},
        {"{}", needs},
        {"{contact: a@b.example}", needs},
        {"{expires: 2027-12-31}", needs},
        {"{contact: nobody, expires: 2027-12-31}", uris},
        {"{contact: 'http://b.example/', expires: 2027-12-31}", uris},
        {"{contact: \"mailto:a@b\\nPolicy: x\", expires: 2027-12-31}", uris},
        {"{contact: [[a]], expires: 2027-12-31}", uris},
        {"{contact: a@b.example, expires: 2027}", "`expires` must be a day such as `2027-12-31`"},
        {"{contact: a@b.example, expires: never}", "`expires` must be a day such as"},
        {"{contact: a@b.example, expires: 2027-12-31, preferredLanguages: 'e:n'}",
         "`preferredLanguages` must be language tags"},
        {"{contact: a@b.example, expires: 2027-12-31, contcat: x}", "did you mean `contact`?"},
        {"{contact: a@b.example, expires: 2027-12-31, zzzzzzzzz: x}", "means nothing"},
    };
    struct fixture *fixture = *state;

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char *text = mem_format("security: %s", rows[i].security);

        read_text(fixture, text);
        if (fixture->errs.list.count != 1 ||
            !strstr(fixture->errs.list.items[0].text, rows[i].problem))
            fail_msg("%s: %s", text,
                     fixture->errs.list.count ? fixture->errs.list.items[0].text : "");
        err_list_release(&fixture->errs);
        err_list_init(&fixture->errs);
        free(text);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(reads_listeners),
        TEST(says_what_is_wrong_with_listeners),
        TEST(takes_each_place_once),
        TEST(lets_a_port_said_elsewhere_replace_the_list),
        TEST(reads_base_paths),
        TEST(reads_ages),
        TEST(reads_proxies),
        TEST(reads_addresses_of_sites),
        TEST(reads_whom_to_tell_of_a_hole),
        TEST(says_what_is_wrong_with_whom_to_tell),
        TEST(the_address_has_a_path_of_its_own_or_the_base_path),
    };

    return cmocka_run_group_tests_name("network settings", tests, NULL, NULL);
}
