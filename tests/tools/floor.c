/*
 * floor: what HTTP over loopback costs at the least.
 *
 * One thread, one epoll, one fixed response for every request, whatever it asks. `make bench`
 * measures servers against it. floor FILE [NAME: VALUE…] serves the file's bytes with these header
 * fields on a free port, which it prints.
 */
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

struct response {
    char *bytes;
    size_t size;
};

static void must(int ok, const char *what)
{
    if (ok)
        return;
    perror(what);
    exit(1);
}

static struct response build(const char *path, int fields, char **field)
{
    struct response response = {0};
    struct stat st;
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    FILE *out = open_memstream(&response.bytes, &response.size);
    char *body;

    must(fd >= 0 && out && fstat(fd, &st) == 0, path);
    body = malloc((size_t)st.st_size + 1);
    must(body && read(fd, body, (size_t)st.st_size) == st.st_size, path);
    close(fd);
    fprintf(out, "HTTP/1.1 200 OK\r\nContent-Length: %lld\r\n", (long long)st.st_size);
    for (int i = 0; i < fields; i++)
        fprintf(out, "%s\r\n", field[i]);
    fputs("\r\n", out);
    fwrite(body, 1, (size_t)st.st_size, out);
    fclose(out);
    free(body);
    return response;
}

static int listen_on_free_port(void)
{
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t len = sizeof address;
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);

    must(fd >= 0 && bind(fd, (struct sockaddr *)&address, len) == 0 && listen(fd, 1024) == 0 &&
             getsockname(fd, (struct sockaddr *)&address, &len) == 0,
         "listen");
    printf("%d\n", ntohs(address.sin_port));
    fflush(stdout);
    return fd;
}

/* One read is one request: what the load generator sends never spans two. */
static void answer(int fd, const struct response *response)
{
    char request[4096];
    ssize_t got = recv(fd, request, sizeof request, 0);

    if (got < 0 && errno == EAGAIN)
        return;
    if (got <= 0 ||
        send(fd, response->bytes, response->size, MSG_NOSIGNAL) != (ssize_t)response->size)
        close(fd);
}

int main(int argc, char **argv)
{
    struct epoll_event events[256], add = {.events = EPOLLIN};
    struct response response;
    int epoll = epoll_create1(EPOLL_CLOEXEC), listener;

    if (argc < 2) {
        fputs("usage: floor FILE [NAME: VALUE]...\n", stderr);
        return 2;
    }
    response = build(argv[1], argc - 2, argv + 2);
    listener = listen_on_free_port();
    add.data.fd = listener;
    must(epoll_ctl(epoll, EPOLL_CTL_ADD, listener, &add) == 0, "epoll_ctl");
    for (;;) {
        int ready = epoll_wait(epoll, events, 256, -1);

        for (int i = 0; i < ready; i++) {
            if (events[i].data.fd != listener) {
                answer(events[i].data.fd, &response);
                continue;
            }
            add.data.fd = accept4(listener, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC);
            if (add.data.fd < 0)
                continue;
            setsockopt(add.data.fd, IPPROTO_TCP, TCP_NODELAY, &(int){1}, sizeof(int));
            must(epoll_ctl(epoll, EPOLL_CTL_ADD, add.data.fd, &add) == 0, "epoll_ctl");
        }
    }
}
