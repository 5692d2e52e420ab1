#include "conf/effective.h"

#include "base/file.h"
#include "base/mem.h"
#include "conf/node.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* Whether YAML takes the text, as it is, for the text that it is, or for a number. */
static bool is_plain(const char *text)
{
    size_t len = strlen(text);

    if (len == 0 || !(isalnum((unsigned char)*text) || *text == '/') || text[len - 1] == ' ' ||
        strcasecmp(text, "null") == 0)
        return false;
    return strspn(text, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_./ -") ==
           len;
}

static void append_text(struct strbuf *out, const char *text)
{
    const struct node string = {.kind = NODE_STRING, .text = (char *)text};

    if (is_plain(text))
        strbuf_append_text(out, text);
    else
        node_append_json(out, &string);
}

static void append_node(struct strbuf *out, const struct node *value)
{
    if (value->kind == NODE_LIST || value->kind == NODE_MAP)
        node_append_json(out, value);
    else
        append_text(out, value->text);
}

static void append_place(struct strbuf *out, const struct node *value)
{
    strbuf_append_format(out, "  # %s:%u\n", value->file,
                         value->key_line ? value->key_line : value->line);
}

/* The last option that says it; those that stand for a value are named as it, or --no-KEY. */
static const char *find_option(const struct options *options, const struct site_key *key,
                               char **ret_where)
{
    const char *text = NULL;

    vec_each (&options->values, value)
        if (value->key == key)
            text = value->text;
    if (text && !key->option && strcmp(text, "false") == 0)
        *ret_where = mem_format("--no-%s", key->name);
    else if (text)
        *ret_where = mem_format("--%s", key->option ? key->option : text);
    return text;
}

/* Who says it wins over the file, with the place in `ret_where`; NULL: nobody does. */
static const char *find_stronger(const struct options *options, const struct site_key *key,
                                 char **ret_where)
{
    const char *text = find_option(options, key, ret_where);

    if (text)
        return text;
    text = getenv(key->environment);
    if (!text || !*text)
        return NULL;
    *ret_where = mem_copy_text(key->environment);
    return text;
}

static bool is_said(const struct node *value)
{
    return value && value->kind != NODE_NULL;
}

static void append_key(struct strbuf *out, const struct options *options, const struct node *config,
                       const struct site_key *key)
{
    const struct node *value = node_get(config, key->name);
    char *where = NULL;
    const char *text = find_stronger(options, key, &where);

    if (!text && !is_said(value) && !key->standard) {
        strbuf_append_format(out, "# %s is not set\n", key->name);
        return;
    }
    strbuf_append_format(out, "%s: ", key->name);
    if (text) {
        append_text(out, text);
        strbuf_append_format(out, "  # %s\n", where);
    } else if (is_said(value)) {
        append_node(out, value);
        append_place(out, value);
    } else {
        append_text(out, key->standard);
        strbuf_append_text(out, "  # built-in\n");
    }
    free(where);
}

/* A setting that stands in the file only: a list in one line, a map with a line for each of its. */
static void append_tree(struct strbuf *out, const char *name, const struct node *value)
{
    strbuf_append_format(out, "%s:", name);
    if (value->kind != NODE_MAP || value->count == 0) {
        strbuf_append_char(out, ' ');
        append_node(out, value);
        append_place(out, value);
        return;
    }
    append_place(out, value);
    for (size_t i = 0; i < value->count; i++) {
        const struct node *item = value->items[i];
        strbuf_append_text(out, "  ");
        append_text(out, value->keys[i]);
        strbuf_append_text(out, ": ");
        if (item->kind == NODE_LIST || item->kind == NODE_MAP || item->kind == NODE_STRING)
            node_append_json(out, item);
        else
            strbuf_append_text(out, item->text);
        append_place(out, item);
    }
}

static const struct site_key *find_key(const char *name)
{
    for (size_t i = 0; i < site_key_count; i++)
        if (strcmp(site_keys[i].name, name) == 0)
            return &site_keys[i];
    return NULL;
}

/* Said in a stronger place than the file, port or bind is the listener. */
static bool is_overridden(const struct options *options, const char *name)
{
    static const char *const short_forms[] = {"port", "bind"};
    bool overridden = false;

    for (size_t i = 0; strcmp(name, "listen") == 0 && i < 2; i++) {
        char *where = NULL;
        overridden |= find_stronger(options, find_key(short_forms[i]), &where) != NULL;
        free(where);
    }
    return overridden;
}

static struct node *read_config(const char *path)
{
    struct strbuf text = STRBUF_INIT;
    struct err_list ignored; /* there was nothing wrong a moment ago */
    struct node *config = NULL;

    err_list_init(&ignored);
    if (path && *path && file_read_path(path, CONFIG_LIMIT, &text) == 0)
        config = node_parse(strbuf_span(&text), path, 1, &ignored);
    err_list_release(&ignored);
    strbuf_release(&text);
    return config;
}

void effective_append(struct strbuf *out, const struct options *options)
{
    struct node *config = read_config(options_config(options));

    for (size_t i = 0; i < site_key_count; i++)
        append_key(out, options, config, &site_keys[i]);
    for (size_t i = 0; config && config->kind == NODE_MAP && i < config->count; i++)
        if (!find_key(config->keys[i]) && is_said(config->items[i]) &&
            !is_overridden(options, config->keys[i]))
            append_tree(out, config->keys[i], config->items[i]);
    node_free(config);
}
