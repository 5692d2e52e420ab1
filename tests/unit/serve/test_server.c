/* The server over real sockets, with a site that needs no decks: what it answers, publishes, ends.
 */
#include "fake_site.inc"

#include "base/clock.h"
#include "serve/server.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <poll.h>
#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/socket.h>

#include <cmocka.h>

struct fixture {
    char root[32];
    struct site_settings settings;
    struct server *server;
    unsigned port;
};

static struct server *started(struct fixture *fixture)
{
    struct err_list errs;

    err_list_init(&errs);
    assert_int_equal(server_new(&fixture->settings, &errs, &fixture->server), 0);
    assert_int_equal(server_start(fixture->server, fake_site_new('a', fixture->root), &errs), 0);
    assert_int_equal(errs.list.count, 0);
    err_list_release(&errs);
    assert_int_equal(sscanf(server_url(fixture->server), "http://localhost:%u/", &fixture->port),
                     1);
    return fixture->server;
}

static void write_file(const struct fixture *fixture, size_t size)
{
    char path[64], *data = mem_alloc(size);
    FILE *file;

    snprintf(path, sizeof path, "%s/file.bin", fixture->root);
    file = fopen(path, "we");
    assert_non_null(file);
    for (size_t i = 0; i < size; i++)
        data[i] = (char)('a' + i % 26);
    assert_int_equal(fwrite(data, 1, size, file), size);
    assert_int_equal(fclose(file), 0);
    free(data);
}

static int set_up(void **state)
{
    struct fixture *fixture = mem_zero(1, sizeof *fixture);

    strcpy(fixture->root, "/tmp/decksd-server-XXXXXX");
    assert_non_null(mkdtemp(fixture->root));
    write_file(fixture, FAKE_FILE_SIZE);
    site_settings_init(&fixture->settings);
    fixture->settings.bind = mem_copy_text("127.0.0.1");
    fixture->settings.port = 0;
    fixture->settings.threads = 2;
    started(fixture);
    *state = fixture;
    return 0;
}

static int tear_down(void **state)
{
    struct fixture *fixture = *state;
    char path[64];

    server_free(fixture->server);
    assert_int_equal(fake_site_count(), 0);
    snprintf(path, sizeof path, "%s/file.bin", fixture->root);
    unlink(path);
    assert_int_equal(rmdir(fixture->root), 0);
    site_settings_release(&fixture->settings);
    free(fixture);
    return 0;
}

static int client_open(const struct fixture *fixture)
{
    struct sockaddr_in address = {.sin_family = AF_INET,
                                  .sin_port = htons((uint16_t)fixture->port),
                                  .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    struct timeval patience = {.tv_sec = 5};
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

    assert_true(fd >= 0);
    setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    if (connect(fd, (struct sockaddr *)&address, sizeof address) < 0) {
        close(fd);
        return -errno;
    }
    return fd;
}

static void client_send(int fd, struct span bytes)
{
    assert_int_equal(send(fd, bytes.data, bytes.len, MSG_NOSIGNAL), bytes.len);
}

/* Everything up to the end of the connection. */
static void client_read_all(int fd, struct strbuf *out)
{
    char chunk[16384];
    ssize_t count;

    while ((count = recv(fd, chunk, sizeof chunk, 0)) > 0)
        strbuf_append(out, chunk, (size_t)count);
    assert_true(count == 0 || errno == ECONNRESET);
}

/* One answer to a GET on a connection that is kept: its header and body. */
static void client_read_answer(int fd, struct strbuf *out)
{
    char chunk[16384];
    size_t end = SIZE_MAX;

    while (out->len < end) {
        ssize_t count = recv(fd, chunk, sizeof chunk, 0);
        const char *length, *body;

        assert_true(count > 0);
        strbuf_append(out, chunk, (size_t)count);
        body = strstr(out->data, "\r\n\r\n");
        if (!body || end != SIZE_MAX)
            continue;
        length = strstr(out->data, "Content-Length: ");
        assert_non_null(length);
        end = (size_t)(body + 4 - out->data) + (size_t)strtoul(length + 16, NULL, 10);
    }
}

static void exchange(const struct fixture *fixture, struct span request, struct strbuf *out)
{
    int fd = client_open(fixture);

    assert_true(fd >= 0);
    client_send(fd, request);
    client_read_all(fd, out);
    close(fd);
}

struct row {
    const char *request; /* its lines; Host and Connection: close are added unless it ends in \n */
    unsigned status;
    const char *has[4]; /* in the answer */
    const char *lacks;
};

static const struct row rows[] = {
    {"GET / HTTP/1.1",
     200,
     {"Content-Length: 4000", "ETag: \"a-0\"", "Vary: Accept-Encoding", "nosniff"},
     "Content-Encoding"},
    {"GET / HTTP/1.1", 200, {"Cache-Control: no-cache", "Accept-Ranges: bytes"}, NULL},
    {"GET / HTTP/1.1\r\nAccept-Encoding: gzip",
     200,
     {"Content-Encoding: gzip", "ETag: \"a-1\"", "Content-Length: 400"},
     NULL},
    {"GET / HTTP/1.1\r\nAccept-Encoding: identity;q=0, gzip;q=0, br;q=0", 406, {NULL}, NULL},
    {"HEAD / HTTP/1.1", 200, {"Content-Length: 4000"}, "aaa"},
    {"GET / HTTP/1.1\r\nIf-None-Match: \"a-0\"",
     304,
     {"ETag: \"a-0\"", "Vary: ", "Cache-Control: ", "Date: "},
     "aaa"},
    {"GET / HTTP/1.1\r\nIf-Match: \"b\"", 412, {NULL}, "ETag"},
    {"GET / HTTP/1.1\r\nRange: bytes=10-19",
     206,
     {"Content-Range: bytes 10-19/4000", "Content-Length: 10"},
     NULL},
    {"GET / HTTP/1.1\r\nRange: bytes=5000-", 416, {"Content-Range: bytes */4000"}, NULL},
    {"GET / HTTP/1.1\r\nRange: bytes=0-0,-1",
     206,
     {"multipart/byteranges; boundary=", "Content-Range: bytes 3999-3999/4000"},
     NULL},
    {"GET /same HTTP/1.1", 200, {"immutable"}, "Vary"},
    {"GET /deck?a=1&b=2+3 HTTP/1.1", 308, {"Location: deck/?a=1&b=2+3\r\n"}, NULL},
    {"GET //x/../%64eck/ HTTP/1.1", 200, {NULL}, NULL},
    {"GET /deck//?a=1 HTTP/1.1", 308, {"Location: ../?a=1\r\n"}, NULL},
    {"GET /%64eck// HTTP/1.1", 308, {"Location: ../../deck/\r\n"}, NULL},
    {"GET http://other/deck/ HTTP/1.1", 200, {NULL}, NULL},
    {"GET /none HTTP/1.1", 404, {"text/html", "hhhh", "Vary: Accept"}, "ETag"},
    {"GET /none HTTP/1.1\r\nAccept: text/plain", 404, {"text/plain", "tttt"}, NULL},
    {"GET /%2e%2e/ HTTP/1.1", 400, {NULL}, NULL},
    {"POST / HTTP/1.1\r\nContent-Length: 0", 405, {"Allow: GET, HEAD, OPTIONS"}, NULL},
    {"BREW / HTTP/1.1", 501, {NULL}, NULL},
    {"OPTIONS * HTTP/1.1", 204, {"Allow: GET, HEAD, OPTIONS"}, NULL},
    {"GET /deck/file.bin HTTP/1.1",
     200,
     {"Content-Length: 100000", "ETag: \"file\"", "no-cache"},
     NULL},
    {"GET /deck/file.bin HTTP/1.1\r\nRange: bytes=26-28",
     206,
     {"\r\n\r\nabc", "Content-Length: 3"},
     "abcd"},
    {"GET /computed?repeat=+%C3%A9 HTTP/1.1",
     200,
     {"\r\n\r\n \xc3\xa9", "Content-Length: 3\r\n", "ETag: \"", "Cache-Control: no-cache"},
     "Vary"},
    {"GET /computed?times=2000&repeat=ab HTTP/1.1\r\nAccept-Encoding: gzip, br",
     200,
     {"Content-Encoding: gzip", "Vary: Accept-Encoding", "-gz\"", "nosniff"},
     "abab"},
    {"GET /computed?times=2000&repeat=ab HTTP/1.1",
     200,
     {"Content-Length: 4000\r\n", "Vary: Accept-Encoding", "abab", "ETag: \""},
     "Content-Encoding"},
    {"GET /computed?repeat=a HTTP/1.1", 200, {"ETag: \""}, "Last-Modified"},
    {"GET /computed?repeat=ab HTTP/1.1\r\nAccept-Encoding: gzip",
     200,
     {"\r\n\r\nab"},
     "Content-Encoding"},
    {"GET /computed?repeat=ab HTTP/1.1\r\nAccept-Encoding: identity;q=0, gzip",
     406,
     {"hhhh"},
     NULL},
    {"HEAD /computed?times=2000&repeat=ab HTTP/1.1", 200, {"Content-Length: 4000"}, "abab"},
    {"GET /computed?repeat=ab HTTP/1.1\r\nIf-None-Match: *", 304, {"ETag: \""}, "\r\n\r\nab"},
    {"GET /computed?repeat=ab HTTP/1.1\r\nIf-Match: \"x\"", 412, {"hhhh"}, NULL},
    {"GET /computed?repeat=abcd HTTP/1.1\r\nRange: bytes=1-2",
     206,
     {"\r\n\r\nbc", "Content-Range: bytes 1-2/4"},
     "bcd"},
    {"GET /computed?fail HTTP/1.1", 422, {"hhhh"}, "ETag"},
    {"GET /computed?fail=so HTTP/1.1\r\nIf-None-Match: *", 422, {"\r\n\r\nso"}, "ETag"},
    {"GET /computed?other HTTP/1.1", 404, {"hhhh"}, NULL},
    {"GET /computed HTTP/1.1", 404, {"hhhh"}, NULL},
    {"GET /?repeat=ab HTTP/1.1", 200, {"\r\n\r\nab"}, "Content-Length: 4000"},
    {"GET /?utm_source=x HTTP/1.1", 200, {"ETag: \"a-0\"", "Content-Length: 4000"}, NULL},
    {"GET /_/health HTTP/1.1", 200, {"\r\n\r\nok\n"}, NULL},
    {"GET / HTTP/1.1\r\nConnection: close\r\n\r\n", 400, {"Connection: close"}, NULL},
    {"GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", 400, {"Connection: close"}, NULL},
    {"GET / HTTP/1.0\r\n\r\n", 200, {"Connection: close"}, NULL},
};

static void test_rows(void **state)
{
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const struct row *row = &rows[i];
        struct strbuf request = STRBUF_INIT, answer = STRBUF_INIT;
        char status[32];

        strbuf_append_text(&request, row->request);
        if (request.data[request.len - 1] != '\n')
            strbuf_append_text(&request, "\r\nHost: here\r\nConnection: close\r\n\r\n");
        snprintf(status, sizeof status, "HTTP/1.1 %u ", row->status);
        exchange(*state, strbuf_span(&request), &answer);
        if (strncmp(answer.data, status, strlen(status)) != 0)
            fail_msg("%s\nwants %u, got\n%s", row->request, row->status, answer.data);
        for (size_t j = 0; j < 4 && row->has[j]; j++)
            if (!strstr(answer.data, row->has[j]))
                fail_msg("%s\nwants %s, got\n%s", row->request, row->has[j], answer.data);
        if (row->lacks && strstr(answer.data, row->lacks))
            fail_msg("%s\nwants no %s, got\n%s", row->request, row->lacks, answer.data);
        strbuf_release(&request);
        strbuf_release(&answer);
    }
}

static void test_file_that_changed(void **state)
{
    struct strbuf answer = STRBUF_INIT;

    write_file(*state, 10);
    exchange(*state, SPAN("GET /deck/file.bin HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"),
             &answer);
    assert_non_null(strstr(answer.data, "Content-Length: 10\r\n"));
    assert_null(strstr(answer.data, "\"file\""));
    assert_non_null(strstr(answer.data, "\r\n\r\nabcdefghij"));
    strbuf_release(&answer);
}

static void test_digest_in_query(void **state)
{
    struct strbuf request = STRBUF_INIT, answer = STRBUF_INIT;
    struct digest digest = digest_bytes(SPAN("file"));

    strbuf_append_format(
        &request,
        "HEAD /deck/file.bin?v=%s HTTP/1.1\r\nHost: x\r\n\r\n"
        "HEAD /deck/file.bin?v=%sx HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
        digest.text, digest.text);
    exchange(*state, strbuf_span(&request), &answer);
    assert_non_null(strstr(answer.data, "immutable"));
    assert_non_null(strstr(strstr(answer.data, "immutable"), "no-cache"));
    strbuf_release(&request);
    strbuf_release(&answer);
}

/* Each coding of a computed answer has its own tag, which stays as long as the answer does. */
static void test_tags_of_computed(void **state)
{
    struct strbuf request = STRBUF_INIT, first = STRBUF_INIT, second = STRBUF_INIT;
    const char *tag;

    exchange(*state,
             SPAN("GET /computed?repeat=a&times=3000 HTTP/1.1\r\nHost: x\r\n"
                  "Accept-Encoding: gzip\r\nConnection: close\r\n\r\n"),
             &first);
    tag = strstr(first.data, "ETag: ");
    assert_non_null(tag);
    tag += strlen("ETag: ");
    for (size_t i = 0; i < 2; i++) {
        const char *coding = i == 0 ? "gzip" : "identity";

        strbuf_reset(&request);
        strbuf_reset(&second);
        strbuf_append_format(&request,
                             "GET /computed?repeat=a&times=3000 HTTP/1.1\r\nHost: x\r\n"
                             "If-None-Match: %.*s\r\nAccept-Encoding: %s\r\n"
                             "Connection: close\r\n\r\n",
                             (int)strcspn(tag, "\r"), tag, coding);
        exchange(*state, strbuf_span(&request), &second);
        assert_int_equal(strncmp(second.data, i == 0 ? "HTTP/1.1 304 " : "HTTP/1.1 200 ", 13), 0);
        assert_null(strstr(second.data, "Content-Length: 0\r"));
    }
    strbuf_release(&request);
    strbuf_release(&first);
    strbuf_release(&second);
}

/* Two requests at once, the second one behind the first one's answer. */
static void test_pipelining(void **state)
{
    struct strbuf answer = STRBUF_INIT;
    const char *second;

    exchange(*state,
             SPAN("GET /same HTTP/1.1\r\nHost: x\r\n\r\n"
                  "GET /none HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"),
             &answer);
    assert_int_equal(strncmp(answer.data, "HTTP/1.1 200 ", 13), 0);
    second = strstr(answer.data, "==========HTTP/1.1 404 ");
    assert_non_null(second);
    strbuf_release(&answer);
}

struct load {
    const struct fixture *fixture;
    atomic_bool over;
    atomic_uint answers, bad;
};

/* Keeps asking; every answer must be whole and of one edition, its tag and bytes agreeing. */
static void *ask_on(void *context)
{
    struct load *load = context;
    int fd = client_open(load->fixture);

    while (!load->over) {
        struct strbuf answer = STRBUF_INIT;
        const char *tag, *body;
        size_t same = 0;

        client_send(fd, SPAN("GET / HTTP/1.1\r\nHost: x\r\n\r\n"));
        client_read_answer(fd, &answer);
        tag = strstr(answer.data, "ETag: \"");
        body = strstr(answer.data, "\r\n\r\n") + 4;
        while (tag && body[same] == tag[7])
            same++;
        if (same != FAKE_PAGE_SIZE)
            load->bad++;
        load->answers++;
        strbuf_release(&answer);
    }
    close(fd);
    return NULL;
}

static void test_publish_under_load(void **state)
{
    const struct fixture *fixture = *state;
    struct load load = {.fixture = fixture};
    struct strbuf answer = STRBUF_INIT;
    pthread_t clients[4];

    for (size_t i = 0; i < 4; i++)
        assert_int_equal(pthread_create(&clients[i], NULL, ask_on, &load), 0);
    for (unsigned i = 0; i < 100; i++)
        server_publish(fixture->server, fake_site_new((char)('b' + i % 20), fixture->root));
    server_publish(fixture->server, fake_site_new('z', fixture->root));
    assert_int_equal(fake_site_count(), 1);
    while (load.answers < 200)
        usleep(1000);
    load.over = true;
    for (size_t i = 0; i < 4; i++)
        pthread_join(clients[i], NULL);
    assert_int_equal(load.bad, 0);
    exchange(fixture, SPAN("GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"), &answer);
    assert_non_null(strstr(answer.data, "ETag: \"z-0\""));
    strbuf_release(&answer);
}

enum { LARGE_SIZE = 4 << 20 };

/* Reads what comes after a while; not NULL if it was the whole large file. */
static void *read_late(void *context)
{
    int *fd = context;
    struct strbuf rest = STRBUF_INIT;
    bool whole;

    usleep(500000);
    client_read_all(*fd, &rest);
    whole = rest.len > LARGE_SIZE;
    strbuf_release(&rest);
    return whole ? context : NULL;
}

/* A slow client gets its whole file, an idle one is let go, a new one is refused. */
static void test_graceful_stop(void **state)
{
    struct fixture *fixture = *state;
    struct strbuf answer = STRBUF_INIT;
    int slow, idle, size = 65536;
    pthread_t reader;
    uint64_t start;
    void *whole;
    char byte;

    write_file(fixture, LARGE_SIZE);
    slow = client_open(fixture);
    setsockopt(slow, SOL_SOCKET, SO_RCVBUF, &size, sizeof size);
    client_send(slow, SPAN("GET /deck/file.bin HTTP/1.1\r\nHost: x\r\n\r\n"));
    assert_int_equal(recv(slow, &byte, 1, 0), 1);
    idle = client_open(fixture);
    client_send(idle, SPAN("GET /same HTTP/1.1\r\nHost: x\r\n\r\n"));
    client_read_answer(idle, &answer);
    strbuf_reset(&answer);

    assert_int_equal(pthread_create(&reader, NULL, read_late, &slow), 0);
    start = clock_monotonic_ns();
    server_stop(fixture->server);
    assert_true(clock_monotonic_ns() - start < UINT64_C(9000000000));
    pthread_join(reader, &whole);
    assert_non_null(whole);
    client_read_all(idle, &answer);
    assert_int_equal(answer.len, 0);
    assert_true(client_open(fixture) < 0);
    close(slow);
    close(idle);
    strbuf_release(&answer);
}

static void test_port_in_use(void **state)
{
    const struct fixture *fixture = *state;
    struct site_settings settings = fixture->settings;
    struct server *second = NULL;
    struct err_list errs;

    settings.port = fixture->port;
    err_list_init(&errs);
    assert_int_equal(server_new(&settings, &errs, &second), -EADDRINUSE);
    assert_null(second);
    assert_int_equal(errs.list.count, 1);
    assert_non_null(strstr(errs.list.items[0].text, "--port"));
    settings.bind = (char *)(uintptr_t) "192.0.2.1";
    assert_int_equal(server_new(&settings, &errs, &second), -EADDRNOTAVAIL);
    settings.bind = (char *)(uintptr_t) "no.such.host.invalid";
    assert_int_equal(server_new(&settings, &errs, &second), -EINVAL);
    assert_int_equal(errs.list.count, 3);
    err_list_release(&errs);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_rows, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_file_that_changed, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_digest_in_query, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_tags_of_computed, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_pipelining, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_publish_under_load, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_graceful_stop, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_port_in_use, set_up, tear_down),
    };

    return cmocka_run_group_tests_name("server", tests, NULL, NULL);
}
