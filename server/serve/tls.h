/*
 * tls: a certificate and its key, as read from their files and read again.
 *
 * Handshakes are given copies of their own, so that a certificate may be replaced at any moment:
 * connections that are there stay as they are, new ones get the new certificate. Files that cannot
 * be used replace nothing. Safe from any thread.
 */
#pragma once

#include "base/err.h"

#include <gnutls/abstract.h>

struct tls;

/* TLS 1.3 and 1.2, key exchange with forward secrecy, authenticated encryption; our order. */
extern const char tls_priorities[];

/* Reads both files, in PEM. Negative errno, with a line in `errs` that says the mend. */
int tls_new(const char *certificate, const char *key, struct err_list *errs, struct tls **ret_tls);
void tls_free(struct tls *tls); /* NULL is fine */

/* What sessions are resumed by until the program ends; GnuTLS derives changing keys from it. */
const gnutls_datum_t *tls_ticket_key(const struct tls *tls);

/* Reads them again; where that fails, as for tls_new, what was read before stays. */
int tls_reload(struct tls *tls, struct err_list *errs);

/*
 * What gnutls_certificate_retrieve_function3 returns: fresh objects, which GnuTLS frees. 0 or -1.
 */
int tls_retrieve(struct tls *tls, gnutls_pcert_st **ret_chain, unsigned *ret_count,
                 gnutls_privkey_t *ret_key);
