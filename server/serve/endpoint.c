#include "serve/endpoint.h"

#include "base/mem.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netdb.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

union address {
    struct sockaddr any;
    struct sockaddr_in in;
    struct sockaddr_in6 in6;
    struct sockaddr_un path;
    struct sockaddr_storage storage;
};

static void add_tcp_problem(struct err_list *errs, int err, const struct listen_settings *entry)
{
    const char *address = entry->bind ? entry->bind : "any address";

    switch (-err) {
    case EADDRINUSE:
        err_add(errs, SEVERITY_ERROR, NULL, 0, 0,
                "port %u is in use by another program: end that one, or choose another port with "
                "--port or in "
                "`listen`",
                entry->port);
        break;
    case EACCES:
        err_add(errs, SEVERITY_ERROR, NULL, 0, 0,
                "no permission to listen on port %u: choose one above 1023, or let systemd open it "
                "(decksd.socket)",
                entry->port);
        break;
    case EADDRNOTAVAIL:
        err_add(errs, SEVERITY_ERROR, NULL, 0, 0,
                "this machine has no address %s: bind to one that `ip address` shows, or leave it "
                "out",
                address);
        break;
    case EAFNOSUPPORT:
        err_add(errs, SEVERITY_ERROR, NULL, 0, 0,
                "this process may open no port (RestrictAddressFamilies= of its unit): let systemd "
                "pass port %u, by ListenStream= of decksd.socket",
                entry->port);
        break;
    case EINVAL:
        break; /* said already */
    default:
        err_add(errs, SEVERITY_ERROR, NULL, 0, 0, "cannot listen on %s, port %u: %s", address,
                entry->port, strerror(-err));
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

/* All addresses: IPv6 with IPv4 in it, or IPv4 alone on a machine without the former. */
static int bind_all(struct sockets *sockets, unsigned port)
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
    vec_push(&sockets->list, fd);
    return 0;
}

/* Every address of a name; with port 0 all of them get the port that the first one got. */
static int bind_list(struct sockets *sockets, const struct addrinfo *list)
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
            (info->ai_next || sockets->list.count > 0))
            continue;
        if (err)
            return err;
        vec_push(&sockets->list, fd);
        port = endpoint_port(fd);
    }
    return 0;
}

static int bind_named(struct sockets *sockets, const struct listen_settings *entry,
                      struct err_list *errs)
{
    struct addrinfo hints = {.ai_socktype = SOCK_STREAM, .ai_flags = AI_PASSIVE}, *list;
    char *name = mem_copy_text(entry->bind), service[16];
    size_t len = strlen(name);
    int err;

    if (len > 2 && name[0] == '[' && name[len - 1] == ']') { /* as in URLs */
        memmove(name, name + 1, len - 2);
        name[len - 2] = '\0';
    }
    snprintf(service, sizeof service, "%u", entry->port);
    err = getaddrinfo(name, service, &hints, &list);
    free(name);
    if (err) {
        err_add(errs, SEVERITY_ERROR, NULL, 0, 0,
                "%s is no address of this machine (%s): bind to one that `ip address` shows, or "
                "leave it out",
                entry->bind, gai_strerror(err));
        return -EINVAL;
    }
    err = bind_list(sockets, list);
    freeaddrinfo(list);
    return err;
}

/* Whether nobody listens at the path any more: then whoever did has died. */
static bool is_stale(const union address *address)
{
    int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    bool stale =
        fd >= 0 && connect(fd, &address->any, sizeof address->path) < 0 && errno == ECONNREFUSED;

    if (fd >= 0)
        close(fd);
    return stale;
}

static int bind_unix(struct sockets *sockets, const struct listen_settings *entry)
{
    union address address = {.path = {.sun_family = AF_UNIX}};
    const char *path = entry->unix_path;
    struct stat st;
    int fd, err;

    memcpy(address.path.sun_path, path, strlen(path) + 1); /* conf/ made sure that it fits */
    if (lstat(path, &st) == 0) {
        if (!S_ISSOCK(st.st_mode))
            return -ENOTSOCK;
        if (!is_stale(&address))
            return -EADDRINUSE;
        if (unlink(path) < 0)
            return -errno;
    }
    fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (fd < 0)
        return -errno;
    if (bind(fd, &address.any, sizeof address.path) < 0) {
        err = -errno;
        close(fd);
        return err;
    }
    if (chmod(path, entry->mode) < 0) {
        err = -errno;
        unlink(path);
        close(fd);
        return err;
    }
    vec_push(&sockets->list, fd);
    return 0;
}

static void add_unix_problem(struct err_list *errs, int err, const char *path)
{
    const char *mend = "check that the directory is there and that decksd's user may write to it";

    if (err == -ENOTSOCK)
        mend = "something that is no socket stands there: remove it, or choose another path";
    else if (err == -EADDRINUSE)
        mend = "another program listens there: end that one, or choose another path";
    err_add(errs, SEVERITY_ERROR, NULL, 0, 0, "cannot listen on %s: %s: %s", path, strerror(-err),
            mend);
}

int endpoint_open(struct sockets *sockets, const struct listen_settings *entry,
                  struct err_list *errs)
{
    int err;

    if (entry->unix_path) {
        err = bind_unix(sockets, entry);
        if (err)
            add_unix_problem(errs, err, entry->unix_path);
        return err;
    }
    err = entry->bind ? bind_named(sockets, entry, errs) : bind_all(sockets, entry->port);
    if (err)
        add_tcp_problem(errs, err, entry);
    return err;
}

static bool get_name(int socket, union address *ret_address)
{
    socklen_t len = sizeof *ret_address;

    memset(ret_address, 0, sizeof *ret_address);
    return getsockname(socket, &ret_address->any, &len) == 0;
}

unsigned endpoint_port(int socket)
{
    union address address;

    if (!get_name(socket, &address))
        return 0;
    if (address.any.sa_family == AF_INET6)
        return ntohs(address.in6.sin6_port);
    return address.any.sa_family == AF_INET ? ntohs(address.in.sin_port) : 0;
}

char *endpoint_path(int socket)
{
    union address address;

    if (!get_name(socket, &address) || address.any.sa_family != AF_UNIX)
        return NULL;
    return mem_copy(address.path.sun_path,
                    strnlen(address.path.sun_path, sizeof address.path.sun_path));
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

void endpoint_append_url(struct strbuf *out, int socket, bool tls, const char *base_path)
{
    char *path = endpoint_path(socket), host[INET6_ADDRSTRLEN] = "";
    unsigned port = endpoint_port(socket);
    union address address;

    if (path || !get_name(socket, &address)) {
        strbuf_append_format(out, "unix:%s", path ? path : "");
        free(path);
        return;
    }
    strbuf_append_format(out, "http%s://", tls ? "s" : "");
    if (is_local(&address)) {
        strbuf_append_text(out, "localhost");
    } else if (address.any.sa_family == AF_INET6) {
        inet_ntop(AF_INET6, &address.in6.sin6_addr, host, sizeof host);
        strbuf_append_format(out, "[%s]", host);
    } else {
        inet_ntop(AF_INET, &address.in.sin_addr, host, sizeof host);
        strbuf_append_text(out, host);
    }
    if (port != (tls ? 443 : 80))
        strbuf_append_format(out, ":%u", port);
    strbuf_append_format(out, "%s/", base_path ? base_path : "");
}
