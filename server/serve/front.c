#include "serve/front.h"

#include "base/mem.h"
#include "http/forwarded.h"
#include "http/host.h"
#include "serve/connection.h"
#include "serve/door.h"

#include <stdlib.h>

void front_init(struct front *front, const struct site_settings *settings)
{
    *front = (struct front){.base_path = mem_copy_text(settings->base_path)};
    if (!front->base_path)
        front->base_path = mem_copy_text("");
    if (settings->hsts > 0)
        front->hsts = mem_format("max-age=%u", settings->hsts);
    front->proxies.unix_sockets = settings->proxies.unix_sockets;
    vec_each (&settings->proxies.networks, network)
        vec_push(&front->proxies.networks, *network);
}

void front_release(struct front *front)
{
    proxy_list_release(&front->proxies);
    free(front->base_path);
    free(front->hsts);
    *front = (struct front){.base_path = NULL};
}

static bool is_proxy(const void *context, const struct ip_address *address)
{
    const struct front *front = context;

    vec_each (&front->proxies.networks, network)
        if (ip_network_has(network, address))
            return true;
    return false;
}

struct peer front_peer(const struct front *front, const struct sockaddr *address)
{
    struct peer peer = peer_of(address);

    peer.is_proxy = peer.known ? is_proxy(front, &peer.address) : front->proxies.unix_sockets;
    return peer;
}

struct client front_client(const struct front *front, const struct connection *connection)
{
    struct client client = {.peer = connection->peer, .secure = connection->door->tls};
    struct forwarded forwarded;

    if (connection->target.form == TARGET_ABSOLUTE) /* RFC 9112 §3.2.2 */
        client.host = connection->target.authority;
    else
        fields_single(connection->fields, FIELD_HOST, &client.host);
    if (!connection->peer.is_proxy)
        return client;
    forwarded_read(connection->fields, is_proxy, front, &forwarded);
    if (forwarded.has_client)
        client.peer = (struct peer){.known = true, .address = forwarded.client};
    if (forwarded.scheme != FORWARDED_SCHEME_UNKNOWN)
        client.secure = forwarded.scheme == FORWARDED_HTTPS;
    if (forwarded.host.len > 0)
        client.host = forwarded.host;
    return client;
}

void front_append_address(struct strbuf *out, const struct front *front,
                          const struct client *client)
{
    if (client->host.len == 0)
        return;
    strbuf_append_text(out, client->secure ? "https://" : "http://");
    strbuf_append_span(out, client->host);
    strbuf_append_text(out, front->base_path);
}

bool front_strip(const struct front *front, struct span path, struct span *ret_path)
{
    struct span base = span_of(front->base_path);

    if (!span_starts_with(path, base) || path.len == base.len || path.data[base.len] != '/')
        return false;
    *ret_path = span_from(path, base.len);
    return true;
}

/* Host and path are as they were sent: both were found to be well-formed. */
void front_append_secure(struct strbuf *out, const struct connection *connection)
{
    unsigned port = connection->door->redirect_port;

    strbuf_append_text(out, "https://");
    strbuf_append_span(out, host_name(connection->client.host));
    if (port != 443)
        strbuf_append_format(out, ":%u", port);
    if (connection->target.path.len == 0)
        strbuf_append_char(out, '/');
    strbuf_append_span(out, connection->target.path);
}
