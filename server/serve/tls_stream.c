#include "serve/tls_stream.h"

#include "base/log.h"
#include "base/mem.h"

#include <errno.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/uio.h>

enum {
    HELD_MAX = 4096, /* larger than a header usually is; what is larger does not wait */
    PIECES_MAX = 16,
    AHEAD_MAX = 1024, /* most requests are shorter */
};

struct tls_stream {
    int socket;
    bool join;
    size_t held_len;
    char *held; /* records that wait; NULL: none do */
    size_t ahead_start, ahead_end;
    char ahead[AHEAD_MAX]; /* received before GnuTLS asked for it */
};

static void hold(struct tls_stream *stream, const giovec_t *pieces, int count, size_t size)
{
    stream->held = mem_alloc(size);
    stream->held_len = 0;
    for (int i = 0; i < count; i++) {
        memcpy(stream->held + stream->held_len, pieces[i].iov_base, pieces[i].iov_len);
        stream->held_len += pieces[i].iov_len;
    }
}

/* What went out of the held part is forgotten; returns how much of the rest did. */
static size_t let_go(struct tls_stream *stream, size_t sent)
{
    size_t held = sent < stream->held_len ? sent : stream->held_len;

    if (stream->held)
        memmove(stream->held, stream->held + held, stream->held_len - held);
    stream->held_len -= held;
    if (stream->held_len == 0) {
        free(stream->held);
        stream->held = NULL;
    }
    return sent - held;
}

static ssize_t push(gnutls_transport_ptr_t context, const giovec_t *pieces, int count)
{
    struct tls_stream *stream = context;
    struct iovec all[1 + PIECES_MAX] = {{stream->held, stream->held_len}};
    struct msghdr message = {.msg_iov = all};
    bool join = stream->join;
    size_t size = 0;
    ssize_t sent;

    count = count < PIECES_MAX ? count : PIECES_MAX;
    for (int i = 0; i < count; i++) {
        all[1 + i] = (struct iovec){pieces[i].iov_base, pieces[i].iov_len};
        size += pieces[i].iov_len;
    }
    stream->join = false;
    if (join && !stream->held && size > 0 && size <= HELD_MAX) {
        hold(stream, pieces, count, size);
        return (ssize_t)size;
    }
    message.msg_iovlen = (size_t)count + 1;
    sent = sendmsg(stream->socket, &message, MSG_NOSIGNAL);
    if (sent < 0)
        return -1;
    size = let_go(stream, (size_t)sent);
    if (size == 0) {
        errno = EAGAIN;
        return -1;
    }
    return (ssize_t)size;
}

/* GnuTLS asks for five bytes, and then for the record that they announce: both come at once. */
static ssize_t pull(gnutls_transport_ptr_t context, void *data, size_t size)
{
    struct tls_stream *stream = context;
    struct iovec places[] = {{data, size}, {stream->ahead, AHEAD_MAX}};
    struct msghdr message = {.msg_iov = places, .msg_iovlen = size < AHEAD_MAX ? 2 : 1};
    size_t waiting = stream->ahead_end - stream->ahead_start;
    ssize_t received;

    if (waiting > 0) {
        size = size < waiting ? size : waiting;
        memcpy(data, stream->ahead + stream->ahead_start, size);
        stream->ahead_start += size;
        return (ssize_t)size;
    }
    received = recvmsg(stream->socket, &message, 0);
    if (received <= (ssize_t)size)
        return received;
    stream->ahead_start = 0;
    stream->ahead_end = (size_t)received - size;
    return (ssize_t)size;
}

static int pull_timeout(gnutls_transport_ptr_t context, unsigned milliseconds)
{
    struct tls_stream *stream = context;

    if (stream->ahead_end > stream->ahead_start)
        return 1;
    return gnutls_system_recv_timeout((gnutls_transport_ptr_t)(intptr_t)stream->socket,
                                      milliseconds);
}

struct tls_stream *tls_stream_new(gnutls_session_t session, int socket,
                                  const gnutls_datum_t *ticket_key)
{
    const gnutls_datum_t protocol = {(unsigned char *)(uintptr_t) "http/1.1", 8};
    struct tls_stream *stream = mem_zero(1, sizeof *stream);
    int code = gnutls_session_ticket_enable_server(session, ticket_key);

    if (code == 0)
        code = gnutls_alpn_set_protocols(session, &protocol, 1, 0);
    if (code < 0)
        log_warning("a TLS session goes without resumption or ALPN: %s", gnutls_strerror(code));
    stream->socket = socket;
    gnutls_transport_set_ptr(session, stream);
    gnutls_transport_set_vec_push_function(session, push);
    gnutls_transport_set_pull_function(session, pull);
    gnutls_transport_set_pull_timeout_function(session, pull_timeout);
    return stream;
}

void tls_stream_free(struct tls_stream *stream)
{
    if (!stream)
        return;
    free(stream->held);
    free(stream);
}

void tls_stream_join(struct tls_stream *stream)
{
    stream->join = true;
}
