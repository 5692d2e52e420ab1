#include "serve/listener.h"

#include "base/mem.h"
#include "serve/sd.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum { BACKLOG = 4096 }; /* the kernel lowers it to net.core.somaxconn */

union address {
    struct sockaddr any;
    struct sockaddr_in in;
    struct sockaddr_in6 in6;
    struct sockaddr_storage storage;
};

void listeners_init(struct listeners *listeners)
{
    *listeners = (struct listeners){.inherited = false};
}

void listeners_close(struct listeners *listeners)
{
    vec_each (&listeners->sockets, socket)
        close(*socket);
    vec_release(&listeners->sockets);
}

void listeners_release(struct listeners *listeners)
{
    listeners_close(listeners);
    free(listeners->url);
    listeners_init(listeners);
}

static void add_problem(struct err_list *errs, int err, const struct site_settings *settings,
                        unsigned port)
{
    const char *address = settings->bind ? settings->bind : "any address";

    switch (-err) {
    case EADDRINUSE:
        err_add(errs, SEVERITY_ERROR, NULL, 0, 0,
                "port %u is in use by another program: end that one, or choose another port with "
                "--port",
                port);
        break;
    case EACCES:
        err_add(errs, SEVERITY_ERROR, NULL, 0, 0,
                "no permission to listen on port %u: choose one above 1023 with --port, or let "
                "systemd open it (decksd.socket)",
                port);
        break;
    case EADDRNOTAVAIL:
        err_add(errs, SEVERITY_ERROR, NULL, 0, 0,
                "this machine has no address %s: give --bind one that `ip address` shows, or leave "
                "it out",
                address);
        break;
    default:
        err_add(errs, SEVERITY_ERROR, NULL, 0, 0, "cannot listen on %s, port %u: %s", address, port,
                strerror(-err));
    }
}

static int open_socket(const struct sockaddr *address, socklen_t len, int *ret_socket)
{
    int on = 1, off = 0, err;
    int fd = socket(address->sa_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);

    if (fd < 0)
        return -errno;
    /* One socket for IPv6 and IPv4 where it is the wildcard; for others it changes nothing. */
    if (setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on) < 0 ||
        (address->sa_family == AF_INET6 &&
         setsockopt(fd, IPPROTO_IPV6, IPV6_V6ONLY, &off, sizeof off) < 0) ||
        bind(fd, address, len) < 0) {
        err = -errno;
        close(fd);
        return err;
    }
    *ret_socket = fd;
    return 0;
}

static unsigned address_port(const union address *address)
{
    return ntohs(address->any.sa_family == AF_INET6 ? address->in6.sin6_port
                                                    : address->in.sin_port);
}

/* Whether a browser on this machine gets there by the name localhost. */
static bool is_local(const union address *address)
{
    if (address->any.sa_family == AF_INET)
        return address->in.sin_addr.s_addr == htonl(INADDR_ANY) ||
               address->in.sin_addr.s_addr == htonl(INADDR_LOOPBACK);
    return IN6_IS_ADDR_UNSPECIFIED(&address->in6.sin6_addr) ||
           IN6_IS_ADDR_LOOPBACK(&address->in6.sin6_addr);
}

static char *url_build(int socket)
{
    union address address = {.any.sa_family = AF_UNSPEC};
    socklen_t len = sizeof address;
    char host[INET6_ADDRSTRLEN + 2] = "localhost", port[16] = "";
    bool is_inet6;

    if (getsockname(socket, &address.any, &len) < 0 ||
        (address.any.sa_family != AF_INET && address.any.sa_family != AF_INET6))
        return mem_copy_text("http://localhost/"); /* a unix socket: some proxy knows better */
    is_inet6 = address.any.sa_family == AF_INET6;
    if (!is_local(&address)) {
        char text[INET6_ADDRSTRLEN] = "";

        inet_ntop(address.any.sa_family,
                  is_inet6 ? (const void *)&address.in6.sin6_addr
                           : (const void *)&address.in.sin_addr,
                  text, sizeof text);
        snprintf(host, sizeof host, is_inet6 ? "[%s]" : "%s", text);
    }
    if (address_port(&address) != 80)
        snprintf(port, sizeof port, ":%u", address_port(&address));
    return mem_format("http://%s%s/", host, port);
}

/* All addresses: IPv6 with IPv4 in it, or IPv4 alone on a machine without the former. */
static int bind_all(struct listeners *listeners, unsigned port)
{
    struct sockaddr_in6 in6 = {
        .sin6_family = AF_INET6, .sin6_port = htons((uint16_t)port), .sin6_addr = IN6ADDR_ANY_INIT};
    struct sockaddr_in in = {.sin_family = AF_INET,
                             .sin_port = htons((uint16_t)port),
                             .sin_addr.s_addr = htonl(INADDR_ANY)};
    int fd = -1, err = open_socket((struct sockaddr *)&in6, sizeof in6, &fd);

    if (err == -EAFNOSUPPORT || err == -EADDRNOTAVAIL)
        err = open_socket((struct sockaddr *)&in, sizeof in, &fd);
    if (err)
        return err;
    vec_push(&listeners->sockets, fd);
    return 0;
}

/* Every address of a name; with port 0 all of them get the port that the first one got. */
static int bind_list(struct listeners *listeners, const struct addrinfo *list)
{
    unsigned port = 0;

    for (const struct addrinfo *info = list; info; info = info->ai_next) {
        union address address = {.any.sa_family = AF_UNSPEC};
        socklen_t len = info->ai_addrlen;
        int fd = -1, err;

        memcpy(&address, info->ai_addr, len);
        if (port != 0 && info->ai_family == AF_INET6)
            address.in6.sin6_port = htons((uint16_t)port);
        else if (port != 0)
            address.in.sin_port = htons((uint16_t)port);
        err = open_socket(&address.any, len, &fd);
        /* localhost may have an address of a family that this machine does not have. */
        if ((err == -EAFNOSUPPORT || err == -EADDRNOTAVAIL) &&
            (info->ai_next || listeners->sockets.count > 0))
            continue;
        if (err)
            return err;
        vec_push(&listeners->sockets, fd);
        len = sizeof address;
        if (getsockname(fd, &address.any, &len) < 0)
            return -errno;
        port = address_port(&address);
    }
    return 0;
}

static int bind_named(struct listeners *listeners, const struct site_settings *settings,
                      struct err_list *errs)
{
    struct addrinfo hints = {.ai_socktype = SOCK_STREAM, .ai_flags = AI_PASSIVE}, *list;
    char *name = mem_copy_text(settings->bind), service[16];
    size_t len = strlen(name);
    int err;

    if (len > 2 && name[0] == '[' && name[len - 1] == ']') { /* as in URLs */
        memmove(name, name + 1, len - 2);
        name[len - 2] = '\0';
    }
    snprintf(service, sizeof service, "%u", settings->port);
    err = getaddrinfo(name, service, &hints, &list);
    free(name);
    if (err) {
        err_add(errs, SEVERITY_ERROR, NULL, 0, 0,
                "--bind %s is no address of this machine (%s): give one that `ip address` shows, "
                "or leave it out",
                settings->bind, gai_strerror(err));
        return -EINVAL;
    }
    err = bind_list(listeners, list);
    freeaddrinfo(list);
    if (err)
        add_problem(errs, err, settings, settings->port);
    return err;
}

static int take_inherited(struct listeners *listeners, struct err_list *errs)
{
    size_t count = 0;
    int first, err = sd_inherited_sockets(&first, &count);

    for (size_t i = 0; !err && i < count; i++) {
        int fd = first + (int)i, is_listening = 0;
        socklen_t len = sizeof is_listening;

        if (getsockopt(fd, SOL_SOCKET, SO_ACCEPTCONN, &is_listening, &len) < 0 || !is_listening)
            err = -ENOTSOCK;
        else if (fcntl(fd, F_SETFL, O_NONBLOCK) < 0)
            err = -errno;
        else
            vec_push(&listeners->sockets, fd);
    }
    listeners->inherited = count > 0;
    if (err)
        err_add(errs, SEVERITY_ERROR, NULL, 0, 0,
                "what systemd passed is no listening stream socket (%s): decksd.socket needs "
                "ListenStream=, and Accept=no",
                strerror(-err));
    return err;
}

int listeners_bind(struct listeners *listeners, const struct site_settings *settings,
                   struct err_list *errs)
{
    int err = take_inherited(listeners, errs);

    if (!err && !listeners->inherited && settings->bind) {
        err = bind_named(listeners, settings, errs);
    } else if (!err && !listeners->inherited) {
        err = bind_all(listeners, settings->port);
        if (err)
            add_problem(errs, err, settings, settings->port);
    }
    if (!err)
        listeners->url = url_build(listeners->sockets.items[0]);
    return err;
}

int listeners_listen(struct listeners *listeners, struct err_list *errs)
{
    vec_each (&listeners->sockets, fd) {
        if (listeners->inherited)
            continue; /* systemd listens */
        if (listen(*fd, BACKLOG) < 0) {
            int err = -errno;

            err_add(errs, SEVERITY_ERROR, NULL, 0, 0,
                    "cannot listen as %s: %s; end the program that took the port meanwhile, or "
                    "choose another with --port",
                    listeners->url, strerror(-err));
            return err;
        }
    }
    return 0;
}
