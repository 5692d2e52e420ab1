#include "conf/deck_settings.h"

#include "base/escape.h"
#include "base/mem.h"
#include "conf/deck_dialect.h"
#include "conf/deck_key.h"
#include "conf/nearest.h"

#include <stdlib.h>
#include <string.h>

const char *const deck_settings_files[] = {
    "mkslides.yml", "mkslides.yaml", "reveal.json", "reveal-md.json", "deck.yml", "deck.yaml", NULL,
};

void deck_settings_init(struct deck_settings *settings)
{
    *settings = (struct deck_settings){
        .theme = mem_copy_text("black"),
        .highlight_theme = mem_copy_text("monokai"),
        .mermaid = true,
        .embed = true,
    };
}

void deck_settings_release(struct deck_settings *settings)
{
    for (size_t i = 0; i < deck_key_count; i++)
        if (deck_keys[i].type->release)
            deck_keys[i].type->release((char *)settings + deck_keys[i].place);
    vec_each (&settings->origins, origin)
        free(origin->file);
    vec_release(&settings->origins);
}

static void report_unknown(const char *key, const struct node *value, struct err_list *errs)
{
    struct nearest nearest;

    /* reveal.js has some of them as attributes, such as `data-separator-notes` */
    nearest_init(&nearest, strncmp(key, "data-", 5) == 0 ? key + 5 : key);
    for (size_t i = 0; i < deck_key_count; i++)
        nearest_offer(&nearest, deck_keys[i].name);
    deck_dialect_offer(&nearest);
    if (nearest.best)
        err_add(errs, SEVERITY_WARNING, value->file, value->key_line, value->key_column,
                "`%s`: did you mean `%s`?", key, nearest.best);
    else
        err_add(errs, SEVERITY_WARNING, value->file, value->key_line, value->key_column,
                "`%s` is no setting of a deck: remove it", key);
}

static bool file_is(const struct node *layer, const char *name)
{
    const char *slash = strrchr(layer->file, '/');

    return strcmp(slash ? slash + 1 : layer->file, name) == 0;
}

/* mkslides knows no vertical slides unless it is told their separator. */
static void switch_vertical_off(struct deck_settings *settings, const struct node *layer,
                                struct err_list *errs)
{
    struct node *off = node_new(NODE_BOOL, layer, "false");

    deck_key_set(deck_key_find("verticalSeparator"), settings, off, errs);
    node_free(off);
}

void deck_settings_read(struct deck_settings *settings, const struct node *layer,
                        struct err_list *errs)
{
    if (!layer || layer->kind == NODE_NULL)
        return;
    if (layer->kind != NODE_MAP) {
        err_add(errs, SEVERITY_WARNING, layer->file, layer->line, layer->column,
                "settings are lines of `key: value`, not %s", node_kind_name(layer->kind));
        return;
    }
    if (file_is(layer, "reveal.json")) {
        deck_key_set(deck_key_find("revealOptions"), settings, layer, errs);
        return;
    }
    if (file_is(layer, "mkslides.yml") || file_is(layer, "mkslides.yaml"))
        switch_vertical_off(settings, layer, errs);
    for (size_t i = 0; i < layer->count; i++) {
        const struct deck_key *key = deck_key_find(layer->keys[i]);
        const struct node *value = layer->items[i];
        if (key)
            deck_key_set(key, settings, value, errs);
        else if (!deck_dialect_read(settings, layer->keys[i], value, errs))
            report_unknown(layer->keys[i], value, errs);
    }
}

/* Options come from several layers at once: each of them has its own place. */
static void explain_options(struct strbuf *out, const struct node *options)
{
    strbuf_append_text(out, "revealOptions:\n");
    for (size_t i = 0; i < options->count; i++) {
        const struct node *option = options->items[i];
        strbuf_append_text(out, "  ");
        line_text(out, span_of(options->keys[i]));
        strbuf_append_text(out, ": ");
        node_append_json(out, option);
        strbuf_append_text(out, "  # ");
        line_text(out, span_of(option->file));
        strbuf_append_format(out, ":%u\n", option->key_line ? option->key_line : option->line);
    }
}

static const char *built_in_pattern(const struct deck_settings *settings, const char *key)
{
    if (strcmp(key, "separator") == 0 && !settings->separator)
        return DECK_SEPARATOR;
    if (strcmp(key, "verticalSeparator") == 0 && !settings->no_vertical &&
        !settings->vertical_separator)
        return DECK_VERTICAL_SEPARATOR;
    if (strcmp(key, "notesSeparator") == 0 && !settings->notes_separator)
        return DECK_NOTES_SEPARATOR;
    return NULL;
}

void deck_settings_explain(struct strbuf *out, const struct deck_settings *settings)
{
    for (size_t i = 0; i < deck_key_count; i++) {
        const struct deck_key *key = &deck_keys[i];
        if (key->type == &value_options && settings->reveal_options) {
            explain_options(out, settings->reveal_options);
            continue;
        }
        const char *pattern = built_in_pattern(settings, key->name);
        strbuf_append_format(out, "%s: ", key->name);
        if (pattern)
            json_text(out, span_of(pattern));
        else
            key->type->append(out, (const char *)settings + key->place);
        strbuf_append_text(out, "  # ");
        deck_settings_append_origin(out, settings, key->name);
        strbuf_append_char(out, '\n');
    }
}
