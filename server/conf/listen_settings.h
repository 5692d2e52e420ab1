/*
 * listen_settings: `listen:` of the configuration, where to listen and what to do there.
 *
 * Each entry is a TCP port, a unix socket or what systemd passes by a name, that serves the site,
 * plainly or through TLS, or sends everybody on to where TLS is spoken. The settings own their
 * texts.
 */
#pragma once

#include "base/err.h"
#include "base/vec.h"
#include "conf/node.h"

#include <stdbool.h>

struct listen_settings {
    char *unix_path;   /* NULL: TCP, or passed */
    char *socket_name; /* of sockets that systemd passes, wherever they are; NULL: TCP or unix */
    unsigned mode;     /* of the unix socket; default 0666 */
    unsigned port;     /* TCP; 0 takes a free one */
    char *bind;        /* TCP; NULL: all addresses, IPv6 and IPv4 */

    /* Files in PEM, both or neither; NULL: no TLS. What systemd passes is a path already. */
    char *certificate, *key;
    bool redirect;          /* answers with a redirection to https:// only */
    unsigned redirect_port; /* there; 0: that of the first entry with TLS, else 443 */
};

struct listen_list {
    VEC(struct listen_settings) list;
};

void listen_list_release(struct listen_list *listens); /* empty again */

/* Replaces the list; what is wrong is an error in `errs`, and its entry is not in the list. */
void listen_list_read(struct listen_list *listens, const struct node *value, struct err_list *errs);
