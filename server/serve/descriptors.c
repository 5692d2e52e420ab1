#include "serve/descriptors.h"

#include <limits.h>
#include <sys/resource.h>

enum {
    SPARE = 128,           /* for everything that is no client */
    RESERVE = 64,          /* of those, above the ceiling */
    CONNECTIONS_MIN = 16,  /* fewer are no service: let descriptors run out instead */
    CONNECTIONS_A_FILE = 4 /* one in so many is expected to want a file */
};

static rlim_t raise_limit(rlim_t wanted)
{
    struct rlimit limit, raised;

    if (getrlimit(RLIMIT_NOFILE, &limit) < 0)
        return SPARE + CONNECTIONS_MIN;
    raised = limit;
    raised.rlim_cur = wanted < limit.rlim_max ? wanted : limit.rlim_max;
    if (raised.rlim_cur > limit.rlim_cur && setrlimit(RLIMIT_NOFILE, &raised) == 0)
        return raised.rlim_cur;
    return limit.rlim_cur;
}

unsigned descriptors_settle(unsigned connections, struct err_list *errs, int *ret_ceiling)
{
    rlim_t wanted = (rlim_t)connections + connections / CONNECTIONS_A_FILE + SPARE;
    rlim_t limit = raise_limit(wanted);
    rlim_t room =
        limit > SPARE ? (limit - SPARE) / (CONNECTIONS_A_FILE + 1) * CONNECTIONS_A_FILE : 0;

    *ret_ceiling = limit > INT_MAX ? INT_MAX : limit > RESERVE ? (int)(limit - RESERVE) : 0;
    if (limit >= wanted)
        return connections;
    if (room < CONNECTIONS_MIN)
        room = CONNECTIONS_MIN;
    err_add(errs, SEVERITY_WARNING, NULL, 0, 0,
            "room for %llu connections only: `connectionLimit: %u` needs %llu descriptors and the "
            "system allows %llu; raise that (LimitNOFILE= of the unit, or ulimit -n), or lower "
            "the other",
            (unsigned long long)room, connections, (unsigned long long)wanted,
            (unsigned long long)limit);
    return (unsigned)room;
}
