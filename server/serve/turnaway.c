#include "serve/turnaway.h"

#include "base/clock.h"

#include <sys/socket.h>
#include <unistd.h>

static const uint64_t moment_ns = 1000000000;

static const char answer[] = "HTTP/1.1 503 Service Unavailable\r\n"
                             "Content-Type: text/plain; charset=utf-8\r\n"
                             "Content-Length: 48\r\n"
                             "Retry-After: 5\r\n"
                             "Cache-Control: no-store\r\n"
                             "Connection: close\r\n"
                             "\r\n"
                             "Too many connections. Please try again shortly.\n";

static void close_first(struct turnaway *turnaway)
{
    close(turnaway->kept[turnaway->first].socket);
    turnaway->first = (turnaway->first + 1) % TURNAWAY_MAX;
    turnaway->count--;
}

void turnaway_client(struct turnaway *turnaway, int socket, bool plain)
{
    size_t place;

    if (!plain) {
        close(socket);
        return;
    }
    /* Its buffers are new and empty: if even this does not fit, nothing will. */
    if (send(socket, answer, sizeof answer - 1, MSG_NOSIGNAL | MSG_DONTWAIT) < 0 ||
        shutdown(socket, SHUT_WR) < 0) {
        close(socket);
        return;
    }
    if (turnaway->count == TURNAWAY_MAX)
        close_first(turnaway);
    place = (turnaway->first + turnaway->count++) % TURNAWAY_MAX;
    turnaway->kept[place].socket = socket;
    turnaway->kept[place].since = clock_monotonic_ns();
}

void turnaway_tick(struct turnaway *turnaway)
{
    uint64_t now = clock_monotonic_ns();

    while (turnaway->count > 0 && now - turnaway->kept[turnaway->first].since >= moment_ns)
        close_first(turnaway);
}

void turnaway_release(struct turnaway *turnaway)
{
    while (turnaway->count > 0)
        close_first(turnaway);
}
