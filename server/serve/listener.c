#include "serve/listener.h"

#include "base/mem.h"
#include "serve/endpoint.h"
#include "serve/sd.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

enum { BACKLOG = 4096, HTTPS_PORT = 443 }; /* the kernel lowers it to net.core.somaxconn */

void listeners_init(struct listeners *listeners)
{
    *listeners = (struct listeners){{NULL, 0, 0}};
}

/* Unless another server has put its own there meanwhile. */
static void remove_file(const struct listener *listener)
{
    struct stat st;

    if (listener->unix_path && lstat(listener->unix_path, &st) == 0 &&
        st.st_ino == listener->inode && st.st_dev == listener->device)
        unlink(listener->unix_path);
}

void listeners_release(struct listeners *listeners)
{
    vec_each (&listeners->list, listener) {
        remove_file(listener);
        close(listener->socket);
        free(listener->unix_path);
    }
    vec_release(&listeners->list);
}

static void add(struct listeners *listeners, int socket, const struct listen_settings *entry)
{
    struct listener listener = {.socket = socket, .entry = entry};
    struct stat st;

    if (entry->unix_path && lstat(entry->unix_path, &st) == 0) {
        listener.unix_path = mem_copy_text(entry->unix_path);
        listener.inode = st.st_ino;
        listener.device = st.st_dev;
    }
    vec_push(&listeners->list, listener);
}

static int bind_entry(struct listeners *listeners, const struct listen_settings *entry,
                      struct err_list *errs)
{
    struct sockets sockets = {{NULL, 0, 0}};
    int err = endpoint_open(&sockets, entry, errs);

    vec_each (&sockets.list, socket)
        add(listeners, *socket, entry);
    vec_release(&sockets.list);
    return err;
}

/* The entry that an inherited socket stands for: by its name, or its place; NULL: there is none. */
static const struct listen_settings *find_entry(const struct listen_list *entries, int socket,
                                                const char *name)
{
    const struct listen_settings *found = NULL;
    char *path = endpoint_path(socket);
    unsigned port = endpoint_port(socket);

    vec_each (&entries->list, entry)
        if (!found && entry->socket_name && strcmp(entry->socket_name, name) == 0)
            found = entry;
    vec_each (&entries->list, entry)
        if (!found && !entry->socket_name &&
            (path ? entry->unix_path && strcmp(entry->unix_path, path) == 0
                  : !entry->unix_path && entry->port == port))
            found = entry;
    free(path);
    return found;
}

static int take_socket(struct listeners *listeners, const struct listen_list *entries,
                       const struct listen_settings *short_form, int socket, const char *name,
                       struct err_list *errs)
{
    struct listener listener = {.socket = socket, .entry = short_form, .inherited = true};
    int is_listening = 0;
    socklen_t len = sizeof is_listening;

    if (getsockopt(socket, SOL_SOCKET, SO_ACCEPTCONN, &is_listening, &len) < 0 || !is_listening ||
        fcntl(socket, F_SETFL, O_NONBLOCK) < 0) {
        err_add(errs, SEVERITY_ERROR, NULL, 0, 0,
                "what systemd passed is no listening stream socket: decksd.socket needs "
                "ListenStream=, and Accept=no");
        return -ENOTSOCK;
    }
    if (entries->list.count > 0)
        listener.entry = find_entry(entries, socket, name);
    if (!listener.entry) {
        struct strbuf where = STRBUF_INIT;

        endpoint_append_url(&where, socket, false, NULL);
        err_add(errs, SEVERITY_ERROR, NULL, 0, 0,
                "systemd passed a socket at %s, which no entry of `listen` has: add one with its "
                "port, path or name, or remove it from decksd.socket",
                where.data);
        strbuf_release(&where);
        return -ENOENT;
    }
    vec_push(&listeners->list, listener);
    return 0;
}

static int take_inherited(struct listeners *listeners, const struct listen_list *entries,
                          const struct listen_settings *short_form, struct err_list *errs)
{
    size_t count = 0;
    char **names = NULL;
    int first = 0, err = sd_inherited_sockets(&first, &count, &names);

    if (err)
        err_add(errs, SEVERITY_ERROR, NULL, 0, 0,
                "the sockets that systemd passed cannot be taken (%s): start decksd without "
                "LISTEN_FDS in its environment",
                strerror(-err));
    for (size_t i = 0; !err && i < count; i++)
        err = take_socket(listeners, entries, short_form, first + (int)i, names[i], errs);
    for (size_t i = 0; i < count; i++)
        free(names[i]);
    free(names);
    return err;
}

static bool has_listener(const struct listeners *listeners, const struct listen_settings *entry)
{
    vec_each (&listeners->list, listener)
        if (listener->entry == entry)
            return true;
    return false;
}

static int lack_socket(const struct listen_settings *entry, struct err_list *errs)
{
    err_add(errs, SEVERITY_ERROR, NULL, 0, 0,
            "systemd passed no socket with the name %s: add FileDescriptorName=%s to its unit, or "
            "give the entry of `listen` a `port`",
            entry->socket_name, entry->socket_name);
    return -ENOENT;
}

int listeners_bind(struct listeners *listeners, const struct listen_list *entries,
                   const struct listen_settings *short_form, struct err_list *errs)
{
    int err = take_inherited(listeners, entries, short_form, errs);

    if (!err && entries->list.count == 0 && listeners->list.count == 0)
        err = bind_entry(listeners, short_form, errs);
    vec_each (&entries->list, entry)
        if (!err && !has_listener(listeners, entry))
            err =
                entry->socket_name ? lack_socket(entry, errs) : bind_entry(listeners, entry, errs);
    return err;
}

int listeners_listen(struct listeners *listeners, struct err_list *errs)
{
    vec_each (&listeners->list, listener) {
        if (listener->inherited)
            continue; /* systemd listens */
        if (listen(listener->socket, BACKLOG) < 0) {
            int err = -errno;
            struct strbuf where = STRBUF_INIT;

            endpoint_append_url(&where, listener->socket, false, NULL);
            err_add(errs, SEVERITY_ERROR, NULL, 0, 0,
                    "cannot listen at %s: %s; end the program that took the port meanwhile, or "
                    "choose another",
                    where.data, strerror(-err));
            strbuf_release(&where);
            return err;
        }
    }
    return 0;
}

unsigned listeners_tls_port(const struct listeners *listeners)
{
    vec_each (&listeners->list, listener)
        if (listener->entry->certificate && endpoint_port(listener->socket) > 0)
            return endpoint_port(listener->socket);
    return HTTPS_PORT;
}

char *listeners_describe(const struct listeners *listeners, const char *base_path)
{
    struct strbuf text = STRBUF_INIT;

    vec_each (&listeners->list, listener) {
        if (listener->entry->redirect)
            continue;
        strbuf_append_text(&text, text.len > 0 ? " and " : "");
        endpoint_append_url(&text, listener->socket, listener->entry->certificate, base_path);
    }
    if (text.len == 0)
        endpoint_append_url(&text, listeners->list.items[0].socket, false, base_path);
    return strbuf_detach(&text, NULL);
}
