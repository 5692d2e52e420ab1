/*
 * server: answers requests from the current edition of the site.
 *
 * Five steps, so that nothing is ever half-started: server_new binds (or inherits) the listening
 * sockets, which tells at once whether the address can be had; server_confine gives up the rights
 * that only this needed; then the caller loads the site;
 * server_start listens, and from then on clients are answered; server_publish replaces the site
 * while requests run. Each answer comes whole from one edition. After server_stop nothing is
 * answered any more; it may be called from any thread, as may server_publish, but not from both at
 * once.
 *
 * The server owns the sites it was given, its threads and its sockets. Threads that it starts have
 * all signals blocked: signals are main's business. It logs only what happens while it serves.
 */
#pragma once

#include "base/err.h"
#include "conf/site_settings.h"
#include "serve/sd.h"
#include "site/site.h"

#include <stdint.h>

struct server;

/* What of the settings cannot be used, or hardly, as far as that shows without serving: in `errs`.
 */
void server_check(const struct site_settings *settings, struct err_list *errs);

/*
 * Binds to what the settings ask for; sockets passed by systemd are taken in their place. Negative
 * errno where that cannot be, with a line in `errs` that names the address and the mend. The
 * settings are copied as far as they are needed.
 */
int server_new(const struct site_settings *settings, struct err_list *errs,
               struct server **ret_server);

/*
 * Becomes the user to serve as (identity.h), opens the access log, enters the sandbox (sandbox.h):
 * all for the whole process, which has one thread yet, and for good. Appends what it did. Negative
 * errno, with a line in `errs`; what the kernel lacks is a warning there.
 */
int server_confine(struct server *server, const struct site_settings *settings, struct strbuf *out,
                   struct err_list *errs);

/* Before the start: systemd's watchdog hears of the threads that serve (pulse.h). Borrowed. */
void server_watch(struct server *server, const struct sd *sd);

/*
 * Listens and answers, from `first` on, which is taken in every case. Negative errno, with a line
 * in `errs`, where another program took the address meanwhile or threads cannot be had.
 */
int server_start(struct server *server, struct site *first, struct err_list *errs);

/* Takes the site; requests that come after this call see it, and the one before is freed. */
void server_publish(struct server *server, struct site *site);

/* The access log goes on in the file that has its name now; for log rotation. */
void server_reopen_log(struct server *server);

/*
 * Reads the certificates again, for connections that come after this call; what cannot be used is
 * in `errs`, and what was used before it stays.
 */
void server_renew(struct server *server, struct err_list *errs);

/*
 * Accepts nobody any more, lets requests in flight finish (for the settings' time) and tells
 * their clients to close. Returns when all is still, with nothing left behind but memory, and the
 * site that was served; a second call does nothing.
 */
void server_stop(struct server *server);

void server_free(struct server *server); /* stops; NULL is fine */

uint64_t server_requests(const struct server *server); /* answered since the start */

/*
 * "http://localhost:8080/", with the port that the kernel chose for port 0; several have " and "
 * between. Borrowed.
 */
const char *server_url(const struct server *server);
