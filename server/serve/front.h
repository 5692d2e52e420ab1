/*
 * front: what stands between the server and its clients, and what clients call the site.
 *
 * Proxies that are trusted speak for others: limits do not count them as one client, and what they
 * say of their clients is believed (http/forwarded.h).
 */
#pragma once

#include "base/strbuf.h"
#include "conf/site_settings.h"
#include "serve/peer.h"

#include <stdbool.h>

struct connection;

struct front {
    struct proxy_list proxies;
    char *base_path; /* "/talks"; "" for none */
    char *hsts;      /* the value of Strict-Transport-Security; NULL: it is not sent */
};

/* Who asks: across proxies, where they are trusted. Valid as long as the request. */
struct client {
    struct peer peer;
    bool secure;      /* by HTTPS */
    struct span host; /* that it asks for, a valid one; empty in HTTP/1.0 without Host */
};

void front_init(struct front *front, const struct site_settings *settings); /* copies */
void front_release(struct front *front);

/* Who is at the other end of a socket; NULL for one without addresses. */
struct peer front_peer(const struct front *front, const struct sockaddr *address);

/* For the request that the connection is at; its fields are there. */
struct client front_client(const struct front *front, const struct connection *connection);

/* The https:// URL of what the request asks for, up to its query: the door is one that redirects.
 */
void front_append_secure(struct strbuf *out, const struct connection *connection);

/* What the client calls the site, without a slash at the end; nothing if it did not say. */
void front_append_address(struct strbuf *out, const struct front *front,
                          const struct client *client);

/* The part of a canonical path that is the site's own; false for one that is outside of it. */
bool front_strip(const struct front *front, struct span path, struct span *ret_path);
