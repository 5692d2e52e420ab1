/*
 * listener: the sockets that clients connect to.
 *
 * Bound first and set listening later, so that an address that cannot be had is known before the
 * decks are loaded. A socket that systemd passed takes the place of the entry with its name, port
 * or path; it is listening already and is never shut down, so that clients wait in it while we
 * restart. A unix socket's file is ours from the moment we bind it to the end.
 */
#pragma once

#include "base/err.h"
#include "base/vec.h"
#include "conf/listen_settings.h"

#include <stdbool.h>
#include <sys/types.h>

struct listener {
    int socket;
    const struct listen_settings *entry; /* borrowed while the server starts */
    struct door *door;                   /* set by the server */
    bool inherited;
    char *unix_path; /* to be removed at the end; NULL: nothing is */
    ino_t inode;     /* of that file, in case another has taken its place */
    dev_t device;
};

struct listeners {
    VEC(struct listener) list;
};

void listeners_init(struct listeners *listeners);
void listeners_release(struct listeners *listeners); /* closes, and removes unix sockets */

/*
 * One or more sockets for each entry of the settings' list or, if that is empty, for the short
 * form. In the latter case all sockets from systemd take its place; else each must fit an entry.
 * Negative errno, with a line in `errs` that says the mend, when an address cannot be had.
 */
int listeners_bind(struct listeners *listeners, const struct listen_list *entries,
                   const struct listen_settings *short_form, struct err_list *errs);

int listeners_listen(struct listeners *listeners, struct err_list *errs);

/* The TCP port of the first listener with TLS, or 443. */
unsigned listeners_tls_port(const struct listeners *listeners);

/* "https://localhost/ and unix:/run/d.sock"; those that only redirect are left out. */
char *listeners_describe(const struct listeners *listeners, const char *base_path);
