#include "conf/listen_settings.h"

#include "base/mem.h"
#include "conf/nearest.h"

#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <sys/un.h>

enum { MODE_STANDARD = 0666, PORT_MAX = 65535 };

static void entry_release(struct listen_settings *entry)
{
    free(entry->unix_path);
    free(entry->socket_name);
    free(entry->bind);
    free(entry->certificate);
    free(entry->key);
}

void listen_list_release(struct listen_list *listens)
{
    vec_each (&listens->list, entry)
        entry_release(entry);
    vec_release(&listens->list);
}

static bool read_text(char **field, const struct node *value)
{
    if (!value->text || !*value->text)
        return false;
    free(*field);
    *field = mem_copy_text(value->text);
    return true;
}

/* The whole text as a number in this base, without sign or space. */
static bool read_number(unsigned *field, const char *text, int base, unsigned long most)
{
    char *end;

    if (!text || *text < '0' || *text > '9' || strlen(text) > 9)
        return false;
    unsigned long number = strtoul(text, &end, base);
    if (*end || number > most)
        return false;
    *field = (unsigned)number;
    return true;
}

static bool read_port(struct listen_settings *entry, const struct node *value)
{
    return read_number(&entry->port, value->text, 10, PORT_MAX);
}

static bool read_bind(struct listen_settings *entry, const struct node *value)
{
    return read_text(&entry->bind, value);
}

static bool read_unix(struct listen_settings *entry, const struct node *value)
{
    struct sockaddr_un address;

    return read_text(&entry->unix_path, value) &&
           strlen(entry->unix_path) < sizeof address.sun_path;
}

static bool read_socket(struct listen_settings *entry, const struct node *value)
{
    return read_text(&entry->socket_name, value);
}

static bool read_mode(struct listen_settings *entry, const struct node *value)
{
    return read_number(&entry->mode, value->text, 8, 0777);
}

static bool read_redirect(struct listen_settings *entry, const struct node *value)
{
    entry->redirect = true;
    return (value->text && strcmp(value->text, "https") == 0) ||
           (read_number(&entry->redirect_port, value->text, 10, PORT_MAX) && entry->redirect_port);
}

/* `credential:NAME` is a file of the directory that systemd names to us (systemd.exec(5)). */
static bool read_pem(char **field, const struct node *value)
{
    static const char prefix[] = "credential:";
    const char *directory = getenv("CREDENTIALS_DIRECTORY");

    if (!read_text(field, value))
        return false;
    if (strncmp(*field, prefix, sizeof prefix - 1) == 0 && directory) {
        char *path = mem_format("%s/%s", directory, *field + sizeof prefix - 1);

        free(*field);
        *field = path;
    }
    return true;
}

static bool read_certificate(struct listen_settings *entry, const struct node *value)
{
    return read_pem(&entry->certificate, value);
}

static bool read_key(struct listen_settings *entry, const struct node *value)
{
    return read_pem(&entry->key, value);
}

struct entry_key {
    const char *name;
    bool (*read)(struct listen_settings *entry, const struct node *value); /* NULL: a map */
    const char *expects;
};

static const struct entry_key entry_keys[] = {
    {"port", read_port, "a number from 0 (any free port) to 65535"},
    {"bind", read_bind, "an address or a host name"},
    {"unix", read_unix, "the path of a socket, of 107 bytes at most"},
    {"socket", read_socket, "the name of a socket from systemd"},
    {"mode", read_mode, "permissions such as 660"},
    {"redirect", read_redirect, "`https`, or the port that https:// has"},
    {"tls", NULL, "a map of `certificate:` and `key:`"},
    {NULL, NULL, NULL},
};

static const struct entry_key tls_keys[] = {
    {"certificate", read_certificate, "a file in PEM, or `credential:NAME`"},
    {"key", read_key, "a file in PEM, or `credential:NAME`"},
    {NULL, NULL, NULL},
};

static void report_unknown(const struct entry_key *keys, const char *name, const struct node *value,
                           struct err_list *errs)
{
    struct nearest nearest;

    nearest_init(&nearest, name);
    for (const struct entry_key *key = keys; key->name; key++)
        nearest_offer(&nearest, key->name);
    if (nearest.best)
        err_add(errs, SEVERITY_ERROR, value->file, value->key_line, value->key_column,
                "`%s`: did you mean `%s`?", name, nearest.best);
    else
        err_add(errs, SEVERITY_ERROR, value->file, value->key_line, value->key_column,
                "`%s` means nothing in `listen`: remove it", name);
}

static void complain(const struct node *at, struct err_list *errs, const char *text)
{
    err_add(errs, SEVERITY_ERROR, at->file, at->line, at->column, "%s", text);
}

static void read_map(struct listen_settings *entry, const struct entry_key *keys,
                     const struct node *map, struct err_list *errs)
{
    for (size_t i = 0; i < map->count; i++) {
        const struct node *value = map->items[i];
        const struct entry_key *key = keys;

        while (key->name && strcmp(key->name, map->keys[i]) != 0)
            key++;
        if (!key->name)
            report_unknown(keys, map->keys[i], value, errs);
        else if (!key->read && value->kind == NODE_MAP)
            read_map(entry, tls_keys, value, errs);
        else if (value->kind != NODE_NULL && (!key->read || !key->read(entry, value)))
            err_add(errs, SEVERITY_ERROR, value->file, value->line, value->column,
                    "`%s` must be %s, not %s%s%s", key->name, key->expects, value->text ? "`" : "",
                    value->text ? value->text : node_kind_name(value->kind),
                    value->text ? "`" : "");
    }
}

/* What does not go together, or NULL. */
static const char *find_contradiction(const struct listen_settings *entry, const struct node *map)
{
    int places = !!node_get(map, "port") + !!entry->unix_path + !!entry->socket_name;

    if (places > 1)
        return "`port`, `unix` and `socket` are several listeners: make an entry of each";
    if (places == 0)
        return "a listener needs `port`, `unix` or `socket`: give one";
    if (entry->unix_path && entry->bind)
        return "a unix socket has no address: remove `bind`";
    if (entry->socket_name && entry->bind)
        return "where systemd's socket listens is said in decksd.socket: remove `bind`";
    if (!entry->unix_path && node_get(map, "mode"))
        return "only a unix socket has permissions: remove `mode`";
    if (!entry->certificate != !entry->key || (node_get(map, "tls") && !entry->certificate))
        return "`tls` needs `certificate` and `key`: give both";
    if (entry->certificate && entry->redirect)
        return "a listener that speaks TLS is where redirections lead: remove `redirect` or `tls`";
    return NULL;
}

static bool same_text(const char *a, const char *b)
{
    return a == b || (a && b && strcmp(a, b) == 0);
}

/* Ports that are left to the kernel are different ones. */
static bool is_taken(const struct listen_list *listens, const struct listen_settings *entry)
{
    vec_each (&listens->list, other)
        if (same_text(other->unix_path, entry->unix_path) && other->port == entry->port &&
            same_text(other->socket_name, entry->socket_name) &&
            same_text(other->bind, entry->bind) &&
            (entry->unix_path || entry->socket_name || entry->port > 0))
            return true;
    return false;
}

static void read_entry(struct listen_list *listens, const struct node *map, struct err_list *errs)
{
    struct listen_settings entry = {.mode = MODE_STANDARD};
    size_t before = errs->list.count;
    const char *contradiction;

    if (map->kind != NODE_MAP) {
        complain(map, errs, "a listener is a map such as `{port: 8080}`");
        return;
    }
    read_map(&entry, entry_keys, map, errs);
    contradiction = errs->list.count == before ? find_contradiction(&entry, map) : NULL;
    if (!contradiction && is_taken(listens, &entry))
        contradiction = "an entry above listens there already: remove one of them";
    if (contradiction)
        complain(map, errs, contradiction);
    if (errs->list.count == before)
        vec_push(&listens->list, entry);
    else
        entry_release(&entry);
}

void listen_list_read(struct listen_list *listens, const struct node *value, struct err_list *errs)
{
    listen_list_release(listens);
    if (value->kind == NODE_NULL)
        return;
    if (value->kind != NODE_LIST || value->count == 0) {
        complain(
            value, errs,
            "`listen` is a list of listeners: begin each with `- port:`, `- unix:` or `- socket:`");
        return;
    }
    for (size_t i = 0; i < value->count; i++)
        read_entry(listens, value->items[i], errs);
}
