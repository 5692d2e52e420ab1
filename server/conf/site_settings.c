#include "conf/site_settings.h"

#include "base/mem.h"
#include "conf/nearest.h"
#include "conf/site_address.h"
#include "conf/site_value.h"

#include <stdlib.h>
#include <string.h>

#define DECK_DEFAULTS "deck"

#define FIELD(field) offsetof(struct site_settings, field)

const struct site_key site_keys[] = {
    {"root", read_string, FIELD(root), "a directory", "decks", "DECKSD_ROOT", "root", 'r', "DIR",
     "directory of the decks"},
    {"port", read_port, FIELD(port), "a number from 0 (any free port) to 65535", "8080",
     "DECKSD_PORT", "port", 'p', "N", "TCP port to listen on; 0 takes a free one"},
    {"bind", read_string, FIELD(bind), "an address or a host name", NULL, "DECKSD_BIND", "bind",
     'b', "ADDR", "address to listen on; without it, all"},
    {"basePath", read_base_path, FIELD(base_path), "a path such as `/talks`", NULL,
     "DECKSD_BASE_PATH", "base-path", 0, "PATH", "path of the site, in front of all its URLs"},
    {"url", read_site_address, FIELD(url), "an address such as `https://decks.example.org`", NULL,
     "DECKSD_URL", "url", 0, "URL", "address of the site as visitors have it"},
    {"trustedProxies", read_proxies, FIELD(proxies),
     "addresses, networks such as `10.0.0.0/8`, or `unix`", NULL, "DECKSD_TRUSTED_PROXIES",
     "trusted-proxies", 0, "LIST", "proxies to believe what they say of clients"},
    {"hsts", read_age, FIELD(hsts), "an age such as `180d` or `1y`", "0", "DECKSD_HSTS", "hsts", 0,
     "AGE", "how long browsers shall come by HTTPS only"},
    {"threads", read_threads, FIELD(threads), "a number from 0 (one per core) to 1024", "0",
     "DECKSD_THREADS", "threads", 't', "N", "threads that answer requests; 0 is one per core"},
    {"title", read_string, FIELD(title), "text", "Decks", "DECKSD_TITLE", "title", 0, "TEXT",
     "title of the index page"},
    {"description", read_string, FIELD(description), "text", NULL, "DECKSD_DESCRIPTION", NULL, 0,
     NULL, "what the site is, in a sentence"},
    {"logo", read_string, FIELD(logo), "the path of a picture below the root", NULL, "DECKSD_LOGO",
     NULL, 0, NULL, "picture beside the site's name"},
    {"footer", read_string, FIELD(footer), "text", NULL, "DECKSD_FOOTER", NULL, 0, NULL,
     "foot of the site's pages, in Markdown"},
    {"head", read_string, FIELD(head), "HTML", NULL, "DECKSD_HEAD", NULL, 0, NULL,
     "more elements for the head of every page"},
    {"customCss", read_string, FIELD(custom_css), "the path of a style sheet below the root", NULL,
     "DECKSD_CUSTOM_CSS", NULL, 0, NULL, "style sheet for the site's pages"},
    {"templates", read_string, FIELD(templates), "a directory", NULL, "DECKSD_TEMPLATES",
     "templates", 0, "DIR", "directory with page shells to use instead of ours"},
    {"deckLimit", read_size, FIELD(deck_limit), "a size such as `4 MiB`", "4 MiB",
     "DECKSD_DECK_LIMIT", "deck-limit", 0, "SIZE", "largest source that a deck may have"},
    {"connectionLimit", read_connections, FIELD(limits.connections), "a number from 16 to 1000000",
     "12000", "DECKSD_CONNECTION_LIMIT", NULL, 0, NULL, "connections at a time, in all"},
    {"addressLimit", read_count, FIELD(limits.per_address), "a number, or 0 (no limit)", "4096",
     "DECKSD_ADDRESS_LIMIT", NULL, 0, NULL, "connections at a time from one address"},
    {"headerLimit", read_header_size, FIELD(limits.header), "a size from 3 KiB to 1 MiB", "10 KiB",
     "DECKSD_HEADER_LIMIT", NULL, 0, NULL, "largest header of a request"},
    {"bodyLimit", read_size, FIELD(limits.body), "a size such as `64 KiB`", "64 KiB",
     "DECKSD_BODY_LIMIT", NULL, 0, NULL, "largest body of a request"},
    {"headerTimeout", read_seconds, FIELD(limits.header_seconds), "seconds from 1 to 86400", "20",
     "DECKSD_HEADER_TIMEOUT", NULL, 0, NULL, "seconds for a whole request to come"},
    {"idleTimeout", read_seconds, FIELD(limits.idle_seconds), "seconds from 1 to 86400", "65",
     "DECKSD_IDLE_TIMEOUT", NULL, 0, NULL, "seconds between two requests"},
    {"sendRate", read_count, FIELD(limits.send_rate), "bytes a second, or 0 (no limit)", "500",
     "DECKSD_SEND_RATE", NULL, 0, NULL, "bytes a second that a client must take"},
    {"sendTimeout", read_seconds, FIELD(limits.send_seconds), "seconds from 1 to 86400", "20",
     "DECKSD_SEND_TIMEOUT", NULL, 0, NULL, "seconds over which sendRate is measured"},
    {"stopTimeout", read_seconds, FIELD(limits.stop_seconds), "seconds from 1 to 86400", "10",
     "DECKSD_STOP_TIMEOUT", NULL, 0, NULL, "seconds to finish when told to end"},
    {"accessLog", read_string, FIELD(access_log), "a file, or `-` for standard output", NULL,
     "DECKSD_ACCESS_LOG", "access-log", 0, "FILE",
     "file for a line a request; - is standard output"},
    {"accessLogFormat", read_log_format, FIELD(access_log_format), "`combined` or `json`",
     "combined", "DECKSD_ACCESS_LOG_FORMAT", NULL, 0, NULL, "what such a line looks like"},
    {"metrics", read_audience, FIELD(metrics), "`loopback`, `all` or `off`", "loopback",
     "DECKSD_METRICS", NULL, 0, NULL, "who gets /_/metrics"},
    {"serverTiming", read_switch, FIELD(server_timing), "`true` or `false`", "false",
     "DECKSD_SERVER_TIMING", NULL, 0, NULL, "whether answers say how long they took"},
    {"chromium", read_string, FIELD(chromium), "a program", NULL, "DECKSD_CHROMIUM", "chromium", 0,
     "PROGRAM", "pdf: the browser that prints, a Chromium"},
    {"user", read_string, FIELD(user), "a user", NULL, "DECKSD_USER", "user", 0, "NAME",
     "whom to serve as when started by root"},
    {"group", read_string, FIELD(group), "a group", NULL, "DECKSD_GROUP", NULL, 0, NULL,
     "and as which group"},
    {"sandbox", read_switch, FIELD(sandbox), "`true` or `false`", "true", "DECKSD_SANDBOX", NULL, 0,
     NULL, "whether rights that are not needed are given up"},
    {"logFormat", read_log_style, FIELD(log_style), "`auto`, `text`, `logfmt` or `json`", "auto",
     "DECKSD_LOG_FORMAT", "log-format", 0, "FORMAT", "lines on standard error: text, logfmt, json"},
    {"verbosity", read_verbosity, FIELD(verbosity), "`quiet`, `normal` or `verbose`", "normal",
     "DECKSD_VERBOSITY", NULL, 0, NULL, "how much is said on standard error"},
};
const size_t site_key_count = sizeof site_keys / sizeof *site_keys;

void site_settings_init(struct site_settings *settings)
{
    *settings = (struct site_settings){0};
    for (size_t i = 0; i < site_key_count; i++)
        if (site_keys[i].standard)
            site_keys[i].read((char *)settings + site_keys[i].place, site_keys[i].standard);
}

void site_settings_release(struct site_settings *settings)
{
    free(settings->root);
    free(settings->bind);
    listen_list_release(&settings->listens);
    free(settings->base_path);
    free(settings->url);
    proxy_list_release(&settings->proxies);
    free(settings->title);
    free(settings->description);
    free(settings->logo);
    free(settings->footer);
    free(settings->head);
    free(settings->custom_css);
    free(settings->templates);
    free(settings->access_log);
    free(settings->chromium);
    free(settings->user);
    free(settings->group);
    people_settings_release(&settings->people);
    security_settings_release(&settings->security);
    node_free(settings->deck_defaults);
    *settings = (struct site_settings){0};
}

bool site_settings_set(struct site_settings *settings, const struct site_key *key, const char *text,
                       const char *where, struct err_list *errs)
{
    /* Said in a stronger place than the file, they are the listener. */
    if (key->place == FIELD(port) || key->place == FIELD(bind))
        listen_list_release(&settings->listens);
    if (key->read((char *)settings + key->place, text))
        return true;
    err_add(errs, SEVERITY_ERROR, NULL, 0, 0, "%s must be %s, not `%s`", where, key->expects, text);
    return false;
}

/* Kept as it is for the decks to read; read here too, so that what is wrong is said at once. */
static void read_deck_defaults(struct site_settings *settings, const struct node *value,
                               struct err_list *errs)
{
    struct deck_settings trial;

    deck_settings_init(&trial);
    deck_settings_read(&trial, value, errs);
    deck_settings_release(&trial);

    node_free(settings->deck_defaults);
    settings->deck_defaults = value->kind == NODE_MAP ? node_copy(value) : NULL;
}

static void read_listens(struct site_settings *settings, const struct node *value,
                         struct err_list *errs)
{
    listen_list_read(&settings->listens, value, errs);
}

static void read_people(struct site_settings *settings, const struct node *value,
                        struct err_list *errs)
{
    people_settings_read(&settings->people, value, errs);
}

static void read_security(struct site_settings *settings, const struct node *value,
                          struct err_list *errs)
{
    security_settings_read(&settings->security, value, errs);
}

static void read_colours(struct site_settings *settings, const struct node *value,
                         struct err_list *errs)
{
    colour_settings_read(&settings->colours, value, errs);
}

/* Keys of the file only, whose values are more than a text. */
static const struct tree_key {
    const char *name;
    void (*read)(struct site_settings *settings, const struct node *value, struct err_list *errs);
} tree_keys[] = {
    {DECK_DEFAULTS, read_deck_defaults},
    {"colours", read_colours},
    {"listen", read_listens},
    {"people", read_people},
    {"security", read_security},
};
enum { TREE_KEY_COUNT = sizeof tree_keys / sizeof *tree_keys };

static const struct tree_key *find_tree_key(const char *name)
{
    for (size_t i = 0; i < TREE_KEY_COUNT; i++)
        if (strcmp(tree_keys[i].name, name) == 0)
            return &tree_keys[i];
    return NULL;
}

static const struct site_key *find_key(const char *name)
{
    for (size_t i = 0; i < site_key_count; i++)
        if (strcmp(site_keys[i].name, name) == 0)
            return &site_keys[i];
    return NULL;
}

static void report_unknown(const char *name, const struct node *value, struct err_list *errs)
{
    struct nearest nearest;

    nearest_init(&nearest, name);
    for (size_t i = 0; i < site_key_count; i++)
        nearest_offer(&nearest, site_keys[i].name);
    for (size_t i = 0; i < TREE_KEY_COUNT; i++)
        nearest_offer(&nearest, tree_keys[i].name);
    if (nearest.best)
        err_add(errs, SEVERITY_ERROR, value->file, value->key_line, value->key_column,
                "`%s`: did you mean `%s`?", name, nearest.best);
    else
        err_add(errs, SEVERITY_ERROR, value->file, value->key_line, value->key_column,
                "`%s` is no setting of the site: remove it, or put it below `" DECK_DEFAULTS
                ":` if it is one of a deck",
                name);
}

/* Whether a list means the same as its items with commas between. */
static bool takes_list(const struct site_key *key, const struct node *value)
{
    if (key->read != read_proxies || value->kind != NODE_LIST)
        return false;
    for (size_t i = 0; i < value->count; i++)
        if (!value->items[i]->text)
            return false;
    return true;
}

static void read_value(struct site_settings *settings, const struct site_key *key,
                       const struct node *value, struct err_list *errs)
{
    struct strbuf joined = STRBUF_INIT;
    const char *text = value->text;

    if (value->kind == NODE_NULL)
        return;
    if (takes_list(key, value)) {
        for (size_t i = 0; i < value->count; i++)
            strbuf_append_format(&joined, "%s%s", i ? ", " : "", value->items[i]->text);
        text = joined.data;
    }
    if (!text || !key->read((char *)settings + key->place, text))
        err_add(errs, SEVERITY_ERROR, value->file, value->line, value->column,
                "`%s` must be %s, not %s%s%s", key->name, key->expects, text ? "`" : "",
                text ? text : node_kind_name(value->kind), text ? "`" : "");
    strbuf_release(&joined);
}

void site_settings_read(struct site_settings *settings, const struct node *config,
                        struct err_list *errs)
{
    if (!config || config->kind == NODE_NULL)
        return;
    if (config->kind != NODE_MAP) {
        err_add(errs, SEVERITY_ERROR, config->file, config->line, config->column,
                "the configuration is lines of `key: value`, not %s", node_kind_name(config->kind));
        return;
    }
    for (size_t i = 0; i < config->count; i++) {
        const char *name = config->keys[i];
        const struct site_key *key = find_key(name);
        const struct tree_key *tree_key = find_tree_key(name);
        if (key)
            read_value(settings, key, config->items[i], errs);
        else if (tree_key)
            tree_key->read(settings, config->items[i], errs);
        else
            report_unknown(name, config->items[i], errs);
    }
}
