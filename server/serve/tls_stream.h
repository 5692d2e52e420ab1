/*
 * tls_stream: what a connection through TLS has beyond libmicrohttpd's care.
 *
 * Clients that come back resume their session (RFC 8446 §4.6.1, RFC 5077) and are told by ALPN
 * which protocol this is. And fewer calls of the kernel are made: the header of an answer waits
 * for the body right behind it, for libmicrohttpd hands them to GnuTLS one after the other, and a
 * short record is received as a whole.
 */
#pragma once

#include <gnutls/gnutls.h>

struct tls_stream;

/*
 * For a session that has not shaken hands yet. `ticket_key` is the door's and is copied. The stream
 * must outlive what the session sends.
 */
struct tls_stream *tls_stream_new(gnutls_session_t session, int socket,
                                  const gnutls_datum_t *ticket_key);
void tls_stream_free(struct tls_stream *stream); /* NULL is fine */

/* What is sent next is followed by more at once, whatever happens. */
void tls_stream_join(struct tls_stream *stream);
