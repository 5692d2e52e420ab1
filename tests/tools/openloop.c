/*
 * openloop: response times at a fixed rate.
 *
 * openloop PORT PATH RATE SECONDS [NAME: VALUE]... sends RATE requests a second over 64 connections
 * to 127.0.0.1, each at its planned time whether or not earlier ones were answered, and counts from
 * the planned time: a server that stalls is charged for everybody who had to wait. Prints
 * microseconds: `p50 p99 max answered/planned`.
 */
#include <arpa/inet.h>
#include <errno.h>
#include <inttypes.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { CONNECTIONS = 64, PATIENCE_NS = 2000000000 };

struct connection {
    int fd;
    size_t missing;   /* bytes of the response still to come; 0: idle */
    uint64_t planned; /* when its request should have gone out */
};

struct run {
    struct connection connections[CONNECTIONS];
    size_t idle[CONNECTIONS], idle_count;
    char *request;
    size_t request_len, response_len;
    uint64_t *latencies;
    size_t answered;
    int epoll;
};

static void must(int ok, const char *what)
{
    if (ok)
        return;
    perror(what);
    exit(1);
}

static uint64_t now_ns(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint64_t)now.tv_sec * 1000000000u + (uint64_t)now.tv_nsec;
}

static int connect_to(int port)
{
    struct sockaddr_in address = {.sin_family = AF_INET,
                                  .sin_port = htons((uint16_t)port),
                                  .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

    must(fd >= 0 && connect(fd, (struct sockaddr *)&address, sizeof address) == 0, "connect");
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &(int){1}, sizeof(int));
    return fd;
}

static void build_request(struct run *run, const char *path, int fields, char **field)
{
    FILE *out = open_memstream(&run->request, &run->request_len);

    must(out != NULL, "memory");
    fprintf(out, "GET %s HTTP/1.1\r\nHost: bench\r\n", path);
    for (int i = 0; i < fields; i++)
        fprintf(out, "%s\r\n", field[i]);
    fputs("\r\n", out);
    fclose(out);
}

/* Every response is as long as the first: header block and Content-Length. */
static size_t measure_response(const struct run *run, int fd)
{
    char head[8192], *end, *length;
    size_t got = 0, total;

    must(send(fd, run->request, run->request_len, 0) == (ssize_t)run->request_len, "send");
    do {
        ssize_t n = recv(fd, head + got, sizeof head - 1 - got, 0);

        must(n > 0, "no response");
        got += (size_t)n;
        head[got] = '\0';
        end = strstr(head, "\r\n\r\n");
    } while (!end && got < sizeof head - 1);
    length = strcasestr(head, "\r\ncontent-length:");
    must(end && strncmp(head, "HTTP/1.1 200", 12) == 0 && length, "not a 200 with a length");
    total = (size_t)(end + 4 - head) + strtoul(length + 17, NULL, 10);
    while (got < total) {
        ssize_t n = recv(fd, head, total - got < sizeof head ? total - got : sizeof head, 0);

        must(n > 0, "response cut short");
        got += (size_t)n;
    }
    return total;
}

static void receive(struct run *run, size_t index)
{
    struct connection *connection = &run->connections[index];
    char bytes[65536];
    ssize_t n = recv(connection->fd, bytes, sizeof bytes, MSG_DONTWAIT);

    if (n < 0 && errno == EAGAIN)
        return;
    must(n > 0 && (size_t)n <= connection->missing, "unexpected end or length of a response");
    connection->missing -= (size_t)n;
    if (connection->missing > 0)
        return;
    run->latencies[run->answered++] = now_ns() - connection->planned;
    run->idle[run->idle_count++] = index;
}

static void send_planned(struct run *run, uint64_t planned)
{
    size_t index = run->idle[--run->idle_count];
    struct connection *connection = &run->connections[index];

    connection->planned = planned;
    connection->missing = run->response_len;
    must(send(connection->fd, run->request, run->request_len, 0) == (ssize_t)run->request_len,
         "send");
}

static void drive(struct run *run, size_t planned, uint64_t interval)
{
    struct epoll_event events[CONNECTIONS];
    uint64_t start = now_ns();
    size_t sent = 0;

    while (run->answered < planned && now_ns() < start + planned * interval + PATIENCE_NS) {
        int ready;

        while (sent < planned && run->idle_count > 0 && now_ns() >= start + sent * interval) {
            send_planned(run, start + sent * interval);
            sent++;
        }
        ready = epoll_wait(run->epoll, events, CONNECTIONS, 0);
        for (int i = 0; i < ready; i++)
            receive(run, events[i].data.u64);
    }
}

static int by_size(const void *a, const void *b)
{
    const uint64_t *x = a, *y = b;

    return (*x > *y) - (*x < *y);
}

int main(int argc, char **argv)
{
    struct run run = {.epoll = epoll_create1(EPOLL_CLOEXEC)};
    size_t planned;
    int port;

    if (argc < 5) {
        fputs("usage: openloop PORT PATH RATE SECONDS [NAME: VALUE]...\n", stderr);
        return 2;
    }
    port = atoi(argv[1]);
    planned = strtoul(argv[3], NULL, 10) * strtoul(argv[4], NULL, 10);
    must(planned > 0, "rate and seconds");
    run.latencies = calloc(planned, sizeof *run.latencies);
    must(run.latencies != NULL, "memory");
    build_request(&run, argv[2], argc - 5, argv + 5);
    for (size_t i = 0; i < CONNECTIONS; i++) {
        struct epoll_event event = {.events = EPOLLIN, .data.u64 = i};

        run.connections[i].fd = connect_to(port);
        run.response_len = measure_response(&run, run.connections[i].fd);
        run.idle[run.idle_count++] = i;
        must(epoll_ctl(run.epoll, EPOLL_CTL_ADD, run.connections[i].fd, &event) == 0, "epoll_ctl");
    }
    drive(&run, planned, 1000000000u / strtoul(argv[3], NULL, 10));
    must(run.answered > 0, "nothing was answered");
    qsort(run.latencies, run.answered, sizeof *run.latencies, by_size);
    printf("%" PRIu64 " %" PRIu64 " %" PRIu64 " %zu/%zu\n", run.latencies[run.answered / 2] / 1000,
           run.latencies[run.answered * 99 / 100] / 1000, run.latencies[run.answered - 1] / 1000,
           run.answered, planned);
    return 0;
}
