#include "conf/site_address.h"

#include "base/ip.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "conf/network_settings.h"

#include <stdlib.h>
#include <string.h>

static const struct scheme {
    const char *prefix;
    const char *port;
} schemes[] = {{"https://", ":443"}, {"http://", ":80"}};
enum { SCHEME_COUNT = sizeof schemes / sizeof *schemes };

/* ASCII only: a name in another script has a form in ASCII, which is what stands in URLs. */
static bool is_name(struct span host)
{
    static const char allowed[] =
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-.";
    struct span rest = host, label;

    while (span_next_part(&rest, '.', &label)) {
        if (label.len == 0 || label.data[0] == '-' || label.data[label.len - 1] == '-')
            return false;
        for (size_t i = 0; i < label.len; i++)
            if (!span_set_has(allowed, label.data[i]))
                return false;
    }
    return host.len > 0 && host.data[host.len - 1] != '.';
}

static bool is_host(struct span host)
{
    struct ip_address address;

    if (host.len > 0 && host.data[0] == '[')
        return host.data[host.len - 1] == ']' && ip_parse(host, &address);
    return is_name(host);
}

/* ":8080" */
static bool is_port(struct span port)
{
    unsigned number = 0;

    if (port.len < 2 || port.len > 6)
        return false;
    for (size_t i = 1; i < port.len; i++) {
        if (port.data[i] < '0' || port.data[i] > '9')
            return false;
        number = number * 10 + (unsigned)(port.data[i] - '0');
    }
    return number > 0 && number <= 65535;
}

/* The end of the host in "host:port" or "[::1]:port". */
static size_t host_end(struct span authority)
{
    ptrdiff_t bracket = span_find_char(authority, ']');
    ptrdiff_t colon = span_find_char(authority, ':');

    if (bracket >= 0)
        return (size_t)bracket + 1;
    return colon >= 0 ? (size_t)colon : authority.len;
}

static bool append_authority(struct strbuf *out, const struct scheme *scheme, struct span authority)
{
    size_t end = host_end(authority);
    struct span host = span_cut(authority, 0, end), port = span_from(authority, end);

    if (!is_host(host) || (port.len > 0 && !is_port(port)))
        return false;
    strbuf_append_text(out, scheme->prefix);
    for (size_t i = 0; i < host.len; i++)
        utf8_append(out, utf8_lower((unsigned char)host.data[i]));
    if (!span_is(port, scheme->port))
        strbuf_append_span(out, port);
    return true;
}

/* Appends the whole address, or what could be read of it and false. */
static bool append_address(struct strbuf *out, struct span text)
{
    const struct scheme *scheme = NULL;
    char *path = NULL;
    ptrdiff_t slash;
    bool valid;

    for (size_t i = 0; !scheme && i < SCHEME_COUNT; i++) {
        struct span prefix = span_of(schemes[i].prefix);

        if (span_is_nocase(span_cut(text, 0, prefix.len < text.len ? prefix.len : text.len),
                           prefix.data))
            scheme = &schemes[i];
    }
    if (!scheme)
        return false;
    text = span_from(text, strlen(scheme->prefix));
    slash = span_find_char(text, '/');
    valid =
        append_authority(out, scheme, span_cut(text, 0, slash < 0 ? text.len : (size_t)slash)) &&
        (slash < 0 || read_base_path(&path, text.data + slash));
    if (valid && path)
        strbuf_append_text(out, path);
    free(path);
    return valid;
}

bool read_site_address(void *place, const char *text)
{
    struct strbuf address = STRBUF_INIT;
    char **field = place;
    bool valid = append_address(&address, span_of(text));

    if (valid) {
        free(*field);
        *field = strbuf_detach(&address, NULL);
    }
    strbuf_release(&address);
    return valid;
}

void site_address_append(struct strbuf *out, const char *url, const char *base_path)
{
    bool has_path;

    if (!url)
        return;
    has_path = strchr(strstr(url, "://") + 3, '/');
    strbuf_append_text(out, url);
    if (!has_path && base_path)
        strbuf_append_text(out, base_path);
}
