#include "serve/sd.h"

#include "base/clock.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <systemd/sd-daemon.h>

/* A status line that nobody reads is no reason to fail: errors of notification end here. */

void sd_ready(void)
{
    sd_notify(0, "READY=1");
}

void sd_reloading(void)
{
    sd_notifyf(0, "RELOADING=1\nMONOTONIC_USEC=%ju", (uintmax_t)(clock_monotonic_ns() / 1000));
}

void sd_stopping(void)
{
    sd_notify(0, "STOPPING=1");
}

void sd_status(const char *format, ...)
{
    char text[256]; /* longer ones are cut */
    va_list args;

    va_start(args, format);
    vsnprintf(text, sizeof text, format, args);
    va_end(args);
    sd_notifyf(0, "STATUS=%s", text);
}

int sd_inherited_sockets(int *ret_first, size_t *ret_count)
{
    int count = sd_listen_fds(1);

    if (count < 0)
        return count;
    *ret_first = SD_LISTEN_FDS_START;
    *ret_count = (size_t)count;
    return 0;
}
