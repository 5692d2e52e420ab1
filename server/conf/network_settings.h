/*
 * network_settings: readers for what the server's surroundings need: proxies, a base path, HSTS.
 */
#pragma once

#include "base/ip.h"
#include "base/vec.h"

#include <stdbool.h>

struct proxy_list {
    VEC(struct ip_network) networks;
    bool unix_sockets; /* whoever connects through one is trusted */
};

void proxy_list_release(struct proxy_list *proxies); /* empty again */

/* Readers for rows of the table (site_settings.h): true if the text is such a value. */

/* Addresses, networks and `unix`, with commas or blanks between, into a struct proxy_list. */
bool read_proxies(void *place, const char *text);

/* "/talks", as char *; a slash at the end is dropped, and "/" is the empty path. */
bool read_base_path(void *place, const char *text);

/* "180d", "1y", "3600": seconds, as unsigned. */
bool read_age(void *place, const char *text);
