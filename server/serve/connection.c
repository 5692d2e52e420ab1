#include "serve/connection.h"

#include "base/clock.h"
#include "base/mem.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <time.h>

static const uint64_t second_ns = 1000000000;

static void set_due(struct connection *connection, unsigned seconds)
{
    uint64_t due = seconds > 0 ? clock_monotonic_ns() + seconds * second_ns : 0;

    atomic_store_explicit(&connection->due, due, memory_order_relaxed);
}

void connections_init(struct connections *connections, size_t limit)
{
    pthread_condattr_t attributes;

    *connections = (struct connections){.limit = limit};
    pthread_mutex_init(&connections->lock, NULL);
    pthread_condattr_init(&attributes);
    pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC);
    pthread_cond_init(&connections->changed, &attributes);
    pthread_condattr_destroy(&attributes);
}

void connections_release(struct connections *connections)
{
    pthread_cond_destroy(&connections->changed);
    pthread_mutex_destroy(&connections->lock);
}

bool connections_reserve(struct connections *connections)
{
    bool room;

    pthread_mutex_lock(&connections->lock);
    room = connections->count < connections->limit;
    if (room)
        connections->count++;
    pthread_mutex_unlock(&connections->lock);
    return room;
}

void connections_unreserve(struct connections *connections)
{
    pthread_mutex_lock(&connections->lock);
    connections->count--;
    pthread_cond_broadcast(&connections->changed);
    pthread_mutex_unlock(&connections->lock);
}

struct connection *connection_new(struct connections *connections, int socket, unsigned lane)
{
    struct connection *connection = mem_zero(1, sizeof *connection);

    connection->socket = socket;
    connection->lane = lane;
    connection->file = -1;
    set_due(connection, HEADER_SECONDS);
    pthread_mutex_lock(&connections->lock);
    connection->next = connections->first;
    if (connection->next)
        connection->next->previous = connection;
    connections->first = connection;
    pthread_mutex_unlock(&connections->lock);
    return connection;
}

void connection_free(struct connections *connections, struct connection *connection)
{
    pthread_mutex_lock(&connections->lock);
    if (connection->previous)
        connection->previous->next = connection->next;
    else
        connections->first = connection->next;
    if (connection->next)
        connection->next->previous = connection->previous;
    pthread_mutex_unlock(&connections->lock);
    free(connection);
    connections_unreserve(connections);
}

void connection_begin(struct connection *connection, char *target)
{
    struct span text = span_of(target);

    connection->target_text = text;
    connection->target_err = target_parse(text, &connection->target);
    connection->query_start = target ? strchr(target, '?') : NULL;
    if (connection->query_start) {
        connection->query_char = *++connection->query_start;
        *connection->query_start = '\0';
    }
    connection->begun = false;
    set_due(connection, HEADER_SECONDS);
}

void connection_reveal_query(struct connection *connection)
{
    if (connection->query_start)
        *connection->query_start = connection->query_char;
    connection->query_start = NULL;
}

void connection_answering(struct connection *connection)
{
    connection->begun = true;
    set_due(connection, 0);
}

void connection_watch_file(struct connections *connections, struct connection *connection, int file,
                           off_t end)
{
    pthread_mutex_lock(&connections->lock);
    connection->file = file;
    connection->file_end = end;
    pthread_mutex_unlock(&connections->lock);
}

void connection_end(struct connections *connections, struct connection *connection)
{
    if (connection->file >= 0)
        connection_watch_file(connections, connection, -1, 0);
    connection->query_start = NULL;
    connection->begun = false;
    set_due(connection, IDLE_SECONDS);
}

static bool is_over(const struct connection *connection, uint64_t now)
{
    uint64_t due = atomic_load_explicit(&connection->due, memory_order_relaxed);
    struct stat st;

    if (due > 0 && due <= now)
        return true;
    return connection->file >= 0 && fstat(connection->file, &st) == 0 &&
           st.st_size < connection->file_end;
}

/*
 * A client that closed while we wait for its request. libmicrohttpd 0.9.75 reads what comes with
 * the end of the stream in one packet, but not the end. Seen twice, so that a request which is
 * just being read is not taken for none.
 */
static bool is_abandoned(struct connection *connection)
{
    bool waiting = atomic_load_explicit(&connection->due, memory_order_relaxed) > 0;
    bool before = connection->ended;
    char byte;

    connection->ended = waiting && recv(connection->socket, &byte, 1, MSG_PEEK | MSG_DONTWAIT) == 0;
    return connection->ended && before;
}

void connections_check(struct connections *connections)
{
    uint64_t now = clock_monotonic_ns();

    pthread_mutex_lock(&connections->lock);
    for (struct connection *it = connections->first; it; it = it->next)
        if (is_over(it, now) || is_abandoned(it))
            shutdown(it->socket, SHUT_RDWR);
    pthread_mutex_unlock(&connections->lock);
}

void connections_shut_reading(struct connections *connections)
{
    pthread_mutex_lock(&connections->lock);
    for (struct connection *it = connections->first; it; it = it->next)
        shutdown(it->socket, SHUT_RD);
    pthread_mutex_unlock(&connections->lock);
}

bool connections_wait(struct connections *connections, unsigned milliseconds)
{
    struct timespec until;
    uint64_t due = clock_monotonic_ns() + milliseconds * (second_ns / 1000);
    int err = 0;
    bool none;

    until.tv_sec = (time_t)(due / second_ns);
    until.tv_nsec = (long)(due % second_ns);
    pthread_mutex_lock(&connections->lock);
    while (connections->count > 0 && err != ETIMEDOUT)
        err = pthread_cond_timedwait(&connections->changed, &connections->lock, &until);
    none = connections->count == 0;
    pthread_mutex_unlock(&connections->lock);
    return none;
}
