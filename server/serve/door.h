/*
 * door: what clients get who come in by one kind of listener, and the libmicrohttpd daemon that
 * serves them.
 *
 * Listeners that do the same share a door: all plain ones, those with the same certificate, those
 * that redirect to the same port. Each door has threads of its own, and each thread a lane of its
 * own (current.h); edition, connections and limits are the service's and common to all.
 */
#pragma once

#include "base/err.h"
#include "base/vec.h"
#include "conf/site_settings.h"
#include "serve/tls.h"

#include <microhttpd.h>
#include <stdbool.h>

struct service;

struct door {
    struct service *service;
    struct tls *tls;        /* NULL: plain */
    bool redirect;          /* to https:// */
    unsigned redirect_port; /* set when the listeners are bound */
    unsigned first_lane, threads;
    struct MHD_Daemon *daemon; /* once started */
    const struct listen_settings
        *as; /* an entry that it serves; borrowed while the server starts */
};

struct doors {
    VEC(struct door *) list; /* pointers, for others keep them */
};

/*
 * The door for an entry, a new one if none does the same. NULL, with a line in `errs`, where its
 * certificate cannot be used. The service is borrowed for good, the entry until the server starts.
 */
struct door *doors_for(struct doors *doors, struct service *service, unsigned threads,
                       const struct listen_settings *entry, struct err_list *errs);

/* Reads all certificates again; what cannot be used is a line in `errs` and replaces nothing. */
void doors_renew(struct doors *doors, struct err_list *errs);

/* All must be stopped. */
void doors_release(struct doors *doors);

/* How many lanes they need. */
unsigned doors_lanes(const struct doors *doors);

/* What a connection has for its request and the header of its answer. */
size_t door_memory(const struct limits *limits);

/* Begins to serve whoever is added to its daemon. 0 or negative errno. */
int door_start(struct door *door);
void door_stop(struct door *door); /* closes all connections that are left */

/* The lane of the thread to which libmicrohttpd gives a socket. */
unsigned door_lane(const struct door *door, int socket);

/* MHD_OPTION_HTTPS_CERT_CALLBACK2's, for the daemons of doors with TLS. */
gnutls_certificate_retrieve_function3 door_certificate;
