/*
 * Bytes of a client to the server itself: a small site, a real libmicrohttpd, a real socket. The
 * first byte says in how large pieces the others are sent. Whatever they are, answers are whole,
 * well-formed, not more than there can be requests, and hold nothing from outside of the site.
 */
#include "answers.h"
#include "place.h"

#include "base/log.h"
#include "conf/node.h"
#include "deck/deck.h"
#include "serve/server.h"

#include <errno.h>
#include <linux/sockios.h>
#include <sched.h>
#include <signal.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/un.h>

static const char secret[] = "Nobody shall read this";

static struct site_settings settings;
static struct server *server;

/* The first directory is the root; what is beside it, hidden or a setting is nobody's business. */
static void write_site(int place)
{
    char *film = mem_alloc(3000);

    memset(film, 'f', 3000);
    place_write(place, "secret.txt", span_of(secret));
    place_write(place, "root/.hidden", span_of(secret));
    place_write(place, "root/talk/deck.yaml", SPAN("theme: black\n# Nobody shall read this\n"));
    place_write(place, "root/talk/deck.md",
                SPAN("---\ntitle: Talk\nslug: said\naliases: [before]\n---\n# One\n\n![](dot.svg)\n"
                     "---\n# Two\n\n```c\nint x;\n```\nNote: spoken\n"));
    place_write(place, "root/talk/dot.svg", SPAN("<svg xmlns='http://www.w3.org/2000/svg'/>"));
    place_write(place, "root/talk/film.bin", (struct span){film, 3000});
    place_write(place, "root/broken/deck.md", SPAN("---\ntitle: [\n---\n# Never\n"));
    check(symlinkat("../../secret.txt", place, "root/talk/link.txt") == 0);
    check(symlinkat("../..", place, "root/talk/up") == 0);
    free(film);
}

static void read_settings(struct err_list *errs)
{
    char *text = mem_format("root: %s/root\n"
                            "listen: [{unix: %s/socket}]\n"
                            "trustedProxies: unix\n"
                            "hsts: 1d\n"
                            "metrics: all\n"
                            "threads: 1\n"
                            "headerTimeout: 86400\n"
                            "idleTimeout: 86400\n",
                            place_path, place_path);
    struct node *config = node_parse(span_of(text), "decksd.yaml", 1, errs);

    site_settings_init(&settings);
    site_settings_read(&settings, config, errs);
    node_free(config);
    free(text);
}

static void clean_up(void)
{
    server_free(server);
    site_settings_release(&settings);
    deck_teardown();
}

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
    struct err_list errs;
    struct site *site;

    (void)argc;
    (void)argv;
    err_list_init(&errs);
    signal(SIGPIPE, SIG_IGN);
    log_init(LOG_LEVEL_ERROR, LOG_STYLE_TEXT);
    write_site(place_make());
    read_settings(&errs);
    deck_setup();
    check(server_new(&settings, &errs, &server) == 0);
    check(site_load(&settings, NULL, NULL, NULL, &site) == 0);
    check(server_start(server, site, &errs) == 0 && errs.list.count == 0);
    err_list_release(&errs);
    atexit(clean_up);
    return 0;
}

static int connect_to_server(void)
{
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    int client = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);

    snprintf(address.sun_path, sizeof address.sun_path, "%s/socket", place_path);
    check(client >= 0 && connect(client, (struct sockaddr *)&address, sizeof address) == 0);
    return client;
}

struct client {
    int socket;
    bool ended; /* the server has closed the connection */
    struct strbuf received;
};

static void receive(struct client *client, int flags)
{
    char bytes[16384];
    ssize_t len;

    while ((len = recv(client->socket, bytes, sizeof bytes, flags)) > 0)
        strbuf_append(&client->received, bytes, (size_t)len);
    client->ended = len == 0 || errno != EAGAIN;
}

/*
 * Until the server has taken what was sent: so it sees the pieces one by one, and the end of the
 * stream behind them. Coming with the last bytes it shows to libmicrohttpd, which waits for edges,
 * only when the keeper looks for it.
 */
static void let_it_read(struct client *client)
{
    int waiting = 1;

    while (!client->ended && ioctl(client->socket, SIOCOUTQ, &waiting) == 0 && waiting > 0) {
        receive(client, MSG_DONTWAIT);
        sched_yield();
    }
}

static void send_in_pieces(struct client *client, struct span bytes, size_t piece)
{
    while (bytes.len > 0 && !client->ended) {
        size_t len = piece > 0 && piece < bytes.len ? piece : bytes.len;

        if (send(client->socket, bytes.data, len, 0) != (ssize_t)len)
            return; /* it has seen enough */
        bytes = span_from(bytes, len);
        let_it_read(client);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct client client = {.received = STRBUF_INIT};

    if (size == 0)
        return 0;
    struct span sent = {(const char *)data + 1, size - 1};
    client.socket = connect_to_server();
    send_in_pieces(&client, sent, (size_t)data[0] * 16);
    shutdown(client.socket, SHUT_WR);
    receive(&client, 0);
    close(client.socket);
    struct span received = strbuf_span(&client.received);
    answers_check(received, sent);
    check(span_find(sent, span_of(secret)) >= 0 || span_find(received, span_of(secret)) < 0);
    strbuf_release(&client.received);
    return 0;
}
