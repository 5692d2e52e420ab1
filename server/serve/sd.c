#include "serve/sd.h"

#include "base/clock.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <systemd/sd-daemon.h>
#include <unistd.h>

enum { STATUS_MAX = 240 };

/* "/run/systemd/notify", or "@name" in the abstract namespace; -1 where nobody listens there. */
static int open_socket(const char *name)
{
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    size_t len = name ? strlen(name) : 0;
    int fd;

    if (len < 2 || len >= sizeof address.sun_path || (*name != '/' && *name != '@'))
        return -1;
    memcpy(address.sun_path, name, len);
    if (*name == '@')
        address.sun_path[0] = '\0';
    fd = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    if (fd >= 0 && connect(fd, (struct sockaddr *)&address,
                           (socklen_t)(offsetof(struct sockaddr_un, sun_path) + len)) < 0) {
        close(fd);
        fd = -1;
    }
    return fd;
}

void sd_open(struct sd *sd)
{
    uint64_t microseconds = 0;

    sd->socket = open_socket(getenv("NOTIFY_SOCKET"));
    sd->watchdog_ns =
        sd->socket >= 0 && sd_watchdog_enabled(0, &microseconds) > 0 ? microseconds * 1000 : 0;
}

void sd_close(struct sd *sd)
{
    if (sd->socket >= 0)
        close(sd->socket);
    sd->socket = -1;
}

bool sd_listens(const struct sd *sd)
{
    return sd->socket >= 0;
}

/* A line that nobody reads is no reason to fail: errors of notification end here. */
static void tell(const struct sd *sd, const char *text)
{
    if (sd->socket >= 0)
        (void)send(sd->socket, text, strlen(text), MSG_NOSIGNAL);
}

void sd_ready(const struct sd *sd)
{
    tell(sd, "READY=1");
}

void sd_reloading(const struct sd *sd)
{
    char text[64];

    snprintf(text, sizeof text, "RELOADING=1\nMONOTONIC_USEC=%" PRIu64,
             clock_monotonic_ns() / 1000);
    tell(sd, text);
}

void sd_stopping(const struct sd *sd)
{
    tell(sd, "STOPPING=1");
}

void sd_alive(const struct sd *sd)
{
    tell(sd, "WATCHDOG=1");
}

void sd_status(const struct sd *sd, const char *text)
{
    char message[sizeof "STATUS=" + STATUS_MAX];

    snprintf(message, sizeof message, "STATUS=%s", text);
    tell(sd, message);
}

int sd_inherited_sockets(int *ret_first, size_t *ret_count, char ***ret_names)
{
    char **names = NULL;
    int count = sd_listen_fds_with_names(1, &names);

    if (count < 0)
        return count;
    *ret_first = SD_LISTEN_FDS_START;
    *ret_count = (size_t)count;
    *ret_names = names;
    return 0;
}
