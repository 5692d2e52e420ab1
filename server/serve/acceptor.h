/*
 * acceptor: the thread that takes clients in.
 *
 * It accepts on all listeners, hands the sockets to libmicrohttpd's threads, turns away those
 * beyond the limit, and looks after the connections once a second. libmicrohttpd does not accept
 * itself, because it would shut down sockets that systemd lent us, and because a worker of
 * version 0.9.75 hangs when its own limit is reached.
 */
#pragma once

#include "serve/listener.h"
#include "serve/request.h"

#include <microhttpd.h>

struct acceptor;

/* The listeners' doors are open. Borrows both until acceptor_stop. 0 or negative errno. */
int acceptor_start(const struct listeners *listeners, struct service *service,
                   struct acceptor **ret_acceptor);

/* Takes in those who wait already, then nobody any more. Frees. */
void acceptor_stop(struct acceptor *acceptor);
