#include "serve/connection.h"

#include "base/clock.h"
#include "base/mem.h"
#include "serve/tls_stream.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>

static const uint64_t second_ns = 1000000000;

/* Now. */
static uint64_t set_due(struct connection *connection, unsigned seconds, bool waits)
{
    uint64_t now = clock_monotonic_ns(), due = (now + seconds * second_ns) / 2 * 2 + waits;

    atomic_store_explicit(&connection->due, due, memory_order_relaxed);
    return now;
}

void connections_init(struct connections *connections, const struct limits *limits,
                      int descriptor_ceiling)
{
    pthread_condattr_t attributes;

    *connections =
        (struct connections){.limits = *limits, .descriptor_ceiling = descriptor_ceiling};
    tally_init(&connections->addresses, limits->connections);
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
    tally_release(&connections->addresses);
}

/* With the lock held. */
static enum admission admit(const struct connections *connections, bool counted, uint64_t key,
                            int socket)
{
    const struct limits *limits = &connections->limits;

    if (socket >= connections->descriptor_ceiling)
        return REFUSED_DESCRIPTORS;
    if (connections->count >= limits->connections)
        return REFUSED_FULL;
    if (counted && limits->per_address > 0 &&
        tally_count(&connections->addresses, key) >= limits->per_address)
        return REFUSED_ADDRESS;
    return ADMITTED;
}

enum admission connections_reserve(struct connections *connections, const struct peer *peer,
                                   int socket)
{
    enum admission admission;
    uint64_t key;
    bool counted = peer_key(peer, &key);

    pthread_mutex_lock(&connections->lock);
    admission = admit(connections, counted, key, socket);
    connections->admissions[admission]++;
    if (admission == ADMITTED) {
        connections->count++;
        if (counted)
            tally_add(&connections->addresses, key);
    }
    pthread_mutex_unlock(&connections->lock);
    return admission;
}

void connections_unreserve(struct connections *connections, const struct peer *peer)
{
    uint64_t key;
    bool counted = peer_key(peer, &key);

    pthread_mutex_lock(&connections->lock);
    connections->count--;
    if (counted)
        tally_remove(&connections->addresses, key);
    pthread_cond_broadcast(&connections->changed);
    pthread_mutex_unlock(&connections->lock);
}

struct connection *connection_new(struct connections *connections, int socket,
                                  const struct peer *peer, unsigned lane)
{
    struct connection *connection = mem_zero(1, sizeof *connection);

    connection->socket = socket;
    connection->peer = connection->client.peer = *peer;
    connection->lane = lane;
    connection->file = -1;
    set_due(connection, connections->limits.header_seconds, false);
    pthread_mutex_lock(&connections->lock);
    connection->next = connections->first;
    if (connection->next)
        connection->next->previous = connection;
    connections->first = connection;
    pthread_mutex_unlock(&connections->lock);
    return connection;
}

static void drop_fields(struct connection *connection)
{
    free(connection->fields);
    connection->fields = NULL;
}

void connection_free(struct connections *connections, struct connection *connection)
{
    struct peer peer = connection->peer;

    pthread_mutex_lock(&connections->lock);
    if (connection->previous)
        connection->previous->next = connection->next;
    else
        connections->first = connection->next;
    if (connection->next)
        connection->next->previous = connection->previous;
    if (connections->cursor == connection)
        connections->cursor = connection->next;
    pthread_mutex_unlock(&connections->lock);
    drop_fields(connection);
    tls_stream_free(connection->stream);
    free(connection);
    connections_unreserve(connections, &peer);
}

void connection_begin(const struct connections *connections, struct connection *connection,
                      char *target)
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
    connection->outcome = (struct outcome){.status = 0};
    connection->started = set_due(connection, connections->limits.header_seconds, false);
}

void connection_begin_fields(struct connection *connection)
{
    drop_fields(connection);
    connection->fields = mem_alloc(sizeof *connection->fields);
    fields_init(connection->fields);
    if (connection->query_start) {
        connection->query_start[-1] = '?'; /* libmicrohttpd ended the path there */
        *connection->query_start = connection->query_char;
    }
    connection->query_start = NULL;
}

const struct peer *connection_client(const struct connection *connection)
{
    return &connection->client.peer;
}

void connection_answering(struct connection *connection)
{
    atomic_store_explicit(&connection->due, 0, memory_order_relaxed);
}

void connection_watch_file(struct connections *connections, struct connection *connection, int file,
                           off_t end)
{
    pthread_mutex_lock(&connections->lock);
    connection->file = file;
    connection->file_end = end;
    pthread_mutex_unlock(&connections->lock);
}

uint64_t connection_end(struct connections *connections, struct connection *connection)
{
    if (connection->file >= 0)
        connection_watch_file(connections, connection, -1, 0);
    drop_fields(connection);
    connection->query_start = NULL;
    connection->begun = false;
    return set_due(connection, connections->limits.idle_seconds, true);
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
