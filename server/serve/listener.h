/*
 * listener: the sockets that clients connect to.
 *
 * Bound first and set listening later, so that an address that cannot be had is known before the
 * decks are loaded. Sockets that systemd passed take the place of those in the settings; they are
 * listening already, and are never shut down, so that clients wait in them while we restart.
 */
#pragma once

#include "base/err.h"
#include "base/vec.h"
#include "conf/site_settings.h"

#include <stdbool.h>

struct listeners {
    VEC(int) sockets;
    bool inherited;
    char *url; /* how a browser on this machine reaches the first one */
};

void listeners_init(struct listeners *listeners);
void listeners_close(struct listeners *listeners); /* the sockets; the URL stays */
void listeners_release(struct listeners *listeners);

/* Negative errno, with a line in `errs` that says the mend, when an address cannot be had. */
int listeners_bind(struct listeners *listeners, const struct site_settings *settings,
                   struct err_list *errs);

int listeners_listen(struct listeners *listeners, struct err_list *errs);
