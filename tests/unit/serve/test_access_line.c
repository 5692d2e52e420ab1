/* Lines of the access log, with what strangers may put into them. */
#include "serve/access_line.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static const struct access_time at = {.second = 1, .text = "TIME"};

static void assert_line(enum log_format format, const struct access_entry *entry,
                        const char *expected)
{
    struct strbuf line = STRBUF_INIT;

    access_line_append(&line, format, entry, &at);
    assert_string_equal(line.data, expected);
    strbuf_release(&line);
}

static struct access_entry plain(const struct peer *client)
{
    return (struct access_entry){
        .client = client,
        .method = SPAN("GET"),
        .target = SPAN("/a?b"),
        .version = SPAN("HTTP/1.1"),
        .outcome = {.status = 200, .coding = CODING_GZIP, .bytes = 5000000000},
        .complete = true,
        .referer = SPAN("https://x/"),
        .agent = SPAN("Agent 1.0"),
        .nanoseconds = 1002003999,
    };
}

static struct peer some_peer(void)
{
    struct sockaddr_in in = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(0xc0000201)};

    return peer_of((struct sockaddr *)&in);
}

static void writes_both_formats(void **state)
{
    struct peer peer = some_peer();
    struct access_entry entry = plain(&peer);

    (void)state;
    assert_line(LOG_FORMAT_COMBINED, &entry,
                "192.0.2.1 - - [TIME] \"GET /a?b HTTP/1.1\" 200 5000000000 \"https://x/\" "
                "\"Agent 1.0\"\n");
    assert_line(
        LOG_FORMAT_JSON, &entry,
        "{\"time\":\"TIME\",\"client\":\"192.0.2.1\",\"method\":\"GET\",\"target\":\"/a?b\","
        "\"version\":\"HTTP/1.1\",\"status\":200,\"complete\":true,\"bytes\":5000000000,"
        "\"encoding\":\"gzip\",\"seconds\":1.002003,\"referer\":\"https://x/\","
        "\"userAgent\":\"Agent 1.0\"}\n");
}

static void says_what_is_missing(void **state)
{
    struct peer nobody = peer_of(NULL);
    struct access_entry entry = plain(&nobody);

    (void)state;
    entry.complete = false;
    entry.referer = entry.agent = (struct span){NULL, 0};
    assert_line(LOG_FORMAT_COMBINED, &entry,
                "- - - [TIME] \"GET /a?b HTTP/1.1\" 200 - \"-\" \"-\"\n");
    assert_line(LOG_FORMAT_JSON, &entry,
                "{\"time\":\"TIME\",\"client\":\"-\",\"method\":\"GET\",\"target\":\"/a?b\","
                "\"version\":\"HTTP/1.1\",\"status\":200,\"complete\":false,\"bytes\":null,"
                "\"encoding\":\"gzip\",\"seconds\":1.002003}\n");
}

static void escapes_what_is_hostile(void **state)
{
    struct peer peer = some_peer();
    struct access_entry entry = plain(&peer);

    (void)state;
    entry.method = SPAN("G\"T");
    entry.target = SPAN("/\xff\x80\x1b[2J");
    entry.referer = SPAN("");
    entry.agent = SPAN("a\"b\\c\nd\x7f\xc3\xa9\xc2\x9b</script>");
    assert_line(LOG_FORMAT_COMBINED, &entry,
                "192.0.2.1 - - [TIME] \"G\\x22T /\\xff\\x80\\x1b[2J HTTP/1.1\" 200 5000000000 \"\" "
                "\"a\\x22b\\x5cc\\x0ad\\x7f\\xc3\\xa9\\xc2\\x9b</script>\"\n");
    assert_line(
        LOG_FORMAT_JSON, &entry,
        "{\"time\":\"TIME\",\"client\":\"192.0.2.1\",\"method\":\"G\\\"T\",\"target\":"
        "\"/\\\\xff\\\\x80\\\\x1b[2J\",\"version\":\"HTTP/1.1\",\"status\":200,\"complete\":"
        "true,\"bytes\":5000000000,\"encoding\":\"gzip\",\"seconds\":1.002003,\"referer\":"
        "\"\",\"userAgent\":\"a\\\"b\\\\c\\\\x0ad\\\\x7f\xc3\xa9\\\\xc2\\\\x9b"
        "\\u003c/script\\u003e\"}\n");
}

static void shows_the_time_of_each_format(void **state)
{
    struct access_time time = {.second = 0};

    (void)state;
    access_time_set(&time, LOG_FORMAT_JSON, 1700000000);
    assert_string_equal(time.text, "2023-11-14T22:13:20Z");
    access_time_set(&time, LOG_FORMAT_COMBINED, 1700000001);
    assert_int_equal(strlen(time.text), strlen("14/Nov/2023:22:13:21 +0000"));
    assert_int_equal(time.second, 1700000001);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(writes_both_formats),
        cmocka_unit_test(says_what_is_missing),
        cmocka_unit_test(escapes_what_is_hostile),
        cmocka_unit_test(shows_the_time_of_each_format),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
