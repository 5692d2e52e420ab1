/*
 * sd: what systemd is told, and what it hands over.
 *
 * All calls do nothing where the process does not run under systemd (sd_notify(3)); libsystemd is
 * used here and nowhere else.
 */
#pragma once

#include <stddef.h>

/* Serving; ends starting and reloading alike. */
void sd_ready(void);

/* Reloading begins: with the time that systemd wants to order this against its signal. */
void sd_reloading(void);

void sd_stopping(void);

/* The line that `systemctl status` shows. */
void sd_status(const char *format, ...) __attribute__((format(printf, 1, 2)));

/*
 * Sockets passed by a socket unit (LISTEN_FDS), as the first and the number of descriptors; 0 or
 * negative errno. They become close-on-exec, and the environment is cleared of them: a second call
 * finds none.
 */
int sd_inherited_sockets(int *ret_first, size_t *ret_count);
