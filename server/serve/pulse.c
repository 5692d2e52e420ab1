#include "serve/pulse.h"

#include "base/mem.h"
#include "serve/door.h"
#include "serve/sd.h"

#include <fcntl.h>
#include <microhttpd.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

/* Rounds in the time that the watchdog waits, and looks in the time between two rounds. */
enum { ROUNDS = 4, LOOKS = 4 };

struct probe {
    struct door *door;
    int ours;          /* -1: the thread need not be asked */
    atomic_int theirs; /* -1: the thread has it */
};

struct pulse {
    const struct sd *sd;
    uint64_t due; /* clock_monotonic_ns of the next round */
    bool asking;
    unsigned count;
    struct probe probes[]; /* one a lane */
};

struct pulse *pulse_new(const struct doors *doors, const struct sd *sd)
{
    unsigned count = doors_lanes(doors);
    struct pulse *pulse;

    if (sd->watchdog_ns == 0)
        return NULL;
    pulse = mem_zero(1, sizeof *pulse + count * sizeof *pulse->probes);
    pulse->sd = sd;
    pulse->count = count;
    vec_each (&doors->list, door)
        for (unsigned i = 0; i < (*door)->threads; i++)
            pulse->probes[(*door)->first_lane + i].door = *door;
    for (unsigned lane = 0; lane < count; lane++) {
        pulse->probes[lane].ours = -1;
        atomic_init(&pulse->probes[lane].theirs, -1);
    }
    return pulse;
}

static void stop_asking(struct probe *probe)
{
    if (probe->ours >= 0)
        close(probe->ours);
    probe->ours = -1;
}

void pulse_free(struct pulse *pulse)
{
    for (unsigned lane = 0; pulse && lane < pulse->count; lane++)
        stop_asking(&pulse->probes[lane]);
    free(pulse);
}

/* The same socket with a number that brings it to the lane (door_lane); -1 where none is left. */
static int numbered(const struct door *door, unsigned lane, int socket)
{
    int wanted = (int)(lane - door->first_lane), threads = (int)door->threads;

    while (socket >= 0 && socket % threads != wanted) {
        int next = socket + (wanted - socket % threads + threads) % threads;
        int copy = fcntl(socket, F_DUPFD_CLOEXEC, next);

        close(socket);
        socket = copy;
    }
    return socket;
}

/* Where there are no descriptors a new start would not help: nobody is asked. */
static void ask(struct pulse *pulse, unsigned lane)
{
    struct sockaddr address = {.sa_family = AF_UNIX};
    struct probe *probe = &pulse->probes[lane];
    int pair[2], theirs;

    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0, pair) < 0)
        return;
    theirs = numbered(probe->door, lane, pair[1]);
    if (theirs < 0) {
        close(pair[0]);
        return;
    }
    probe->ours = pair[0];
    atomic_store(&probe->theirs, theirs);
    if (MHD_add_connection(probe->door->daemon, theirs, &address, sizeof address) == MHD_NO)
        atomic_store(&probe->theirs, -1); /* libmicrohttpd closed it */
}

bool pulse_takes(struct pulse *pulse, unsigned lane, int socket)
{
    int theirs = socket;

    return pulse && atomic_compare_exchange_strong(&pulse->probes[lane].theirs, &theirs, -1);
}

/* Whether all who were asked have answered. */
static bool is_answered(struct pulse *pulse)
{
    bool all = true;

    for (unsigned lane = 0; lane < pulse->count; lane++) {
        struct probe *probe = &pulse->probes[lane];

        if (probe->ours < 0)
            continue;
        if (atomic_load(&probe->theirs) < 0)
            stop_asking(probe);
        else
            all = false;
    }
    return all;
}

void pulse_check(struct pulse *pulse, uint64_t now)
{
    if (!pulse)
        return;
    if (pulse->asking && is_answered(pulse)) {
        pulse->asking = false;
        sd_alive(pulse->sd);
    }
    if (pulse->asking || now < pulse->due)
        return;
    for (unsigned lane = 0; lane < pulse->count; lane++)
        ask(pulse, lane);
    pulse->asking = true;
    pulse->due = now + pulse->sd->watchdog_ns / ROUNDS;
}

int pulse_ms(const struct pulse *pulse, int most)
{
    uint64_t look = pulse ? pulse->sd->watchdog_ns / ROUNDS / LOOKS / 1000000 : (uint64_t)most;

    return look < (uint64_t)most ? (int)look : most;
}
