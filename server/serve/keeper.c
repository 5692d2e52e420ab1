#include "serve/keeper.h"

#include "base/clock.h"

#include <linux/tcp.h>
#include <netinet/in.h>
#include <sched.h>
#include <stddef.h>
#include <sys/socket.h>
#include <sys/stat.h>

enum {
    BATCH = 64,           /* connections looked at while the lock is held */
    CROWDED_PERCENT = 90, /* of the limit: then nobody waits for long */
    CROWDED_SECONDS = 2,
};

static const uint64_t second_ns = 1000000000;

/* What of its answers the client has taken; false unless some more waits to be taken. */
static bool waiting_bytes(int socket, uint64_t *ret_taken)
{
    struct tcp_info info = {0};
    socklen_t len = sizeof info;

    if (getsockopt(socket, IPPROTO_TCP, TCP_INFO, &info, &len) < 0 ||
        len < offsetof(struct tcp_info, tcpi_notsent_bytes) + sizeof info.tcpi_notsent_bytes)
        return false; /* a unix socket: whoever has it is one of us */
    *ret_taken = info.tcpi_bytes_acked;
    return info.tcpi_unacked > 0 || info.tcpi_notsent_bytes > 0;
}

/* Less than was asked for during a time in which there was always something to take. */
static bool is_slow(const struct limits *limits, struct connection *connection, uint64_t now)
{
    bool slow = false;
    uint64_t taken;

    if (limits->send_rate == 0 || !waiting_bytes(connection->socket, &taken)) {
        connection->slow_since = 0;
        return false;
    }
    if (connection->slow_since > 0) {
        if (now - connection->slow_since < limits->send_seconds * second_ns)
            return false;
        slow = taken - connection->taken_bytes < (uint64_t)limits->send_rate * limits->send_seconds;
    }
    connection->slow_since = now;
    connection->taken_bytes = taken;
    return slow;
}

/*
 * A client that closed while we wait for its request. libmicrohttpd 0.9.75 reads what comes with
 * the end of the stream in one packet, but not the end. Seen twice, so that a request which is
 * just being read is not taken for none.
 */
static bool is_gone(struct connection *connection)
{
    bool before = connection->ended;
    char byte;

    connection->ended = recv(connection->socket, &byte, 1, MSG_PEEK | MSG_DONTWAIT) == 0;
    return connection->ended && before;
}

static bool is_cut(const struct connection *connection)
{
    struct stat st;

    return connection->file >= 0 && fstat(connection->file, &st) == 0 &&
           st.st_size < connection->file_end;
}

/* Who only waits for a next request makes room when many want in. */
static uint64_t deadline(const struct connections *connections, uint64_t due)
{
    const struct limits *limits = &connections->limits;
    bool crowded = connections->count * 100 >= (size_t)limits->connections * CROWDED_PERCENT;

    if (due % 2 == 0 || !crowded || limits->idle_seconds <= CROWDED_SECONDS)
        return due;
    return due - (limits->idle_seconds - CROWDED_SECONDS) * second_ns;
}

static enum shutting reason(const struct connections *connections, struct connection *connection,
                            uint64_t now)
{
    uint64_t due = atomic_load_explicit(&connection->due, memory_order_relaxed);

    if (due == 0) {
        connection->ended = false;
        return is_cut(connection)                               ? SHUT_FILE
               : is_slow(&connections->limits, connection, now) ? SHUT_SLOW
                                                                : SHUT_NOT;
    }
    connection->slow_since = 0;
    return deadline(connections, due) <= now ? SHUT_LATE
           : is_gone(connection)             ? SHUT_GONE
                                             : SHUT_NOT;
}

void keeper_check(struct connections *connections)
{
    uint64_t now = clock_monotonic_ns();
    struct connection *connection;

    pthread_mutex_lock(&connections->lock);
    connections->cursor = connections->first;
    for (unsigned i = 1; (connection = connections->cursor); i++) {
        enum shutting shutting = reason(connections, connection, now);

        connections->cursor = connection->next;
        if (shutting != SHUT_NOT) {
            connections->shuttings[shutting]++;
            shutdown(connection->socket, SHUT_RDWR);
        }
        if (i % BATCH == 0) {
            pthread_mutex_unlock(&connections->lock);
            sched_yield();
            pthread_mutex_lock(&connections->lock);
        }
    }
    pthread_mutex_unlock(&connections->lock);
}
