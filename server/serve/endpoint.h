/*
 * endpoint: opens the socket of an entry of `listen:`, and says where a socket is.
 *
 * Sockets are bound and not blocking; nobody listens yet.
 */
#pragma once

#include "base/err.h"
#include "base/strbuf.h"
#include "base/vec.h"
#include "conf/listen_settings.h"

#include <stdbool.h>

struct sockets {
    VEC(int) list;
};

/*
 * One socket or, for a host name with several addresses, more. A unix socket that somebody left
 * behind is replaced. Negative errno with a line in `errs` that says the mend; what was opened
 * until then is in the list.
 */
int endpoint_open(struct sockets *sockets, const struct listen_settings *entry,
                  struct err_list *errs);

unsigned endpoint_port(int socket); /* 0 for what has none */
char *endpoint_path(int socket);    /* of a unix socket; NULL for others; the caller frees it */

/* "http://localhost:8080/", "https://192.0.2.1/talks/", "unix:/run/d.sock". */
void endpoint_append_url(struct strbuf *out, int socket, bool tls, const char *base_path);
