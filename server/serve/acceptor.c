#include "serve/acceptor.h"

#include "base/clock.h"
#include "base/log.h"
#include "base/mem.h"
#include "serve/door.h"
#include "serve/keeper.h"
#include "serve/pulse.h"
#include "serve/turnaway.h"

#include <errno.h>
#include <netinet/in.h>
#include <poll.h>
#include <sched.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

enum {
    ROUND_MAX = 64,     /* taken from one listener before the others have their turn */
    CHECK_MS = 1000,    /* between two looks at the connections */
    QUIET_MS = 60000,   /* between two remarks about refusals of one kind */
    EXHAUSTED_MS = 100, /* rest when there are no descriptors */
};

struct acceptor {
    const struct listeners *listeners;
    struct service *service;
    struct pollfd *polls; /* the listeners', then the event's */
    int stop_event;
    pthread_t thread;
    struct turnaway turnaway;
    uint64_t quiet_until[ADMISSION_COUNT]; /* nothing is said before */
};

/* Says that clients are refused, once in a while. */
static void say_refused(struct acceptor *acceptor, const struct peer *peer,
                        enum admission admission)
{
    const struct limits *limits = &acceptor->service->connections.limits;
    char address[IP_TEXT_MAX] = "";
    uint64_t now = clock_monotonic_ns();

    if (now < acceptor->quiet_until[admission])
        return;
    acceptor->quiet_until[admission] = now + QUIET_MS * UINT64_C(1000000);
    if (peer->known)
        ip_build(&peer->address, address);
    if (admission == REFUSED_ADDRESS)
        log_warning("addressLimit=%u reached by %s: turning it away", limits->per_address, address);
    else if (admission == REFUSED_DESCRIPTORS)
        log_warning(
            "descriptors are used up: turning clients away; raise LimitNOFILE= of the unit, "
            "or ulimit -n");
    else
        log_warning("connectionLimit=%u reached: turning clients away", limits->connections);
}

static void take_in(struct acceptor *acceptor, const struct door *door, int client,
                    const struct sockaddr *address, socklen_t len)
{
    struct connections *connections = &acceptor->service->connections;
    struct peer peer = front_peer(&acceptor->service->front, len > 0 ? address : NULL);
    enum admission admission = connections_reserve(connections, &peer, client);

    if (admission != ADMITTED) {
        say_refused(acceptor, &peer, admission);
        turnaway_client(&acceptor->turnaway, client, !door->tls);
        return;
    }
    if (MHD_add_connection(door->daemon, client, address, len) == MHD_NO)
        connections_unreserve(connections, &peer); /* libmicrohttpd closed it */
}

/* Accepts up to `max` clients; false when there is no descriptor for another. */
static bool accept_round(struct acceptor *acceptor, const struct listener *listener, int max)
{
    for (int i = 0; i < max; i++) {
        struct sockaddr_storage address;
        socklen_t len = sizeof address;
        int client = accept4(listener->socket, (struct sockaddr *)&address, &len,
                             SOCK_NONBLOCK | SOCK_CLOEXEC);

        if (client >= 0)
            take_in(acceptor, listener->door, client, (struct sockaddr *)&address, len);
        else if (errno == EAGAIN)
            return true;
        else if (errno == EMFILE || errno == ENFILE || errno == ENOBUFS || errno == ENOMEM)
            return false;
        /* Others belong to the client that is gone already (accept(2)). */
    }
    return true;
}

/*
 * New clients do not interrupt answers: on a busy core they are taken in together when it has time,
 * which spares two switches between threads for each of them. On an idle one nothing waits.
 */
static void give_way(void)
{
    /* Where this is forbidden we only cost more. */
    (void)sched_setscheduler(0, SCHED_BATCH, &(struct sched_param){0});
}

static void *accept_loop(void *context)
{
    struct acceptor *acceptor = context;
    const struct listener *listeners = acceptor->listeners->list.items;
    size_t count = acceptor->listeners->list.count;
    struct pulse *pulse = acceptor->service->pulse;
    uint64_t check_due = clock_monotonic_ns();
    const int rest_ms = pulse_ms(pulse, CHECK_MS);
    bool exhausted = false;

    pthread_setname_np(pthread_self(), "acceptor");
    give_way();
    for (;;) {
        /* Without descriptors a waiting client would wake us again and again. */
        int ready = exhausted ? poll(acceptor->polls + count, 1, EXHAUSTED_MS)
                              : poll(acceptor->polls, count + 1, rest_ms);

        if (ready < 0 && errno != EINTR)
            log_error("poll error=\"%s\"", strerror(errno));
        if (ready > 0 && acceptor->polls[count].revents)
            break;
        exhausted = false;
        for (size_t i = 0; i < count; i++)
            exhausted |= !accept_round(acceptor, &listeners[i], ROUND_MAX);
        pulse_check(pulse, clock_monotonic_ns());
        if (clock_monotonic_ns() >= check_due) {
            keeper_check(&acceptor->service->connections);
            turnaway_tick(&acceptor->turnaway);
            check_due = clock_monotonic_ns() + CHECK_MS * UINT64_C(1000000);
        }
    }
    for (size_t i = 0; i < count; i++)
        accept_round(acceptor, &listeners[i], SOMAXCONN);
    turnaway_release(&acceptor->turnaway);
    return NULL;
}

static void acceptor_free(struct acceptor *acceptor)
{
    if (acceptor->stop_event >= 0)
        close(acceptor->stop_event);
    free(acceptor->polls);
    free(acceptor);
}

int acceptor_start(const struct listeners *listeners, struct service *service,
                   struct acceptor **ret_acceptor)
{
    struct acceptor *acceptor = mem_zero(1, sizeof *acceptor);
    size_t count = listeners->list.count;
    int err;

    acceptor->listeners = listeners;
    acceptor->service = service;
    acceptor->stop_event = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    if (acceptor->stop_event < 0) {
        err = -errno;
        acceptor_free(acceptor);
        return err;
    }
    acceptor->polls = mem_zero(count + 1, sizeof *acceptor->polls);
    for (size_t i = 0; i < count; i++)
        acceptor->polls[i] = (struct pollfd){listeners->list.items[i].socket, POLLIN, 0};
    acceptor->polls[count] = (struct pollfd){acceptor->stop_event, POLLIN, 0};
    err = -pthread_create(&acceptor->thread, NULL, accept_loop, acceptor);
    if (err) {
        acceptor_free(acceptor);
        return err;
    }
    *ret_acceptor = acceptor;
    return 0;
}

void acceptor_stop(struct acceptor *acceptor)
{
    eventfd_write(acceptor->stop_event, 1);
    pthread_join(acceptor->thread, NULL);
    acceptor_free(acceptor);
}
