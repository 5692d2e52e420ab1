#include "conf/people_settings.h"

#include "base/map.h"
#include "base/mem.h"
#include "conf/nearest.h"
#include "conf/stem.h"

#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#define FIELD(field) offsetof(struct person_settings, field)

static const struct person_key {
    const char *name;
    size_t place;
    bool is_switch;
} person_keys[] = {
    {"name", FIELD(name), false},       {"url", FIELD(url), false},
    {"email", FIELD(email), false},     {"showEmail", FIELD(show_email), true},
    {"picture", FIELD(picture), false}, {"bio", FIELD(bio), false},
};
enum { PERSON_KEY_COUNT = sizeof person_keys / sizeof *person_keys };

static const struct person_key *find_key(const char *name)
{
    for (size_t i = 0; i < PERSON_KEY_COUNT; i++)
        if (strcmp(person_keys[i].name, name) == 0)
            return &person_keys[i];
    return NULL;
}

static void report_unknown(const char *name, const struct node *value, struct err_list *errs)
{
    struct nearest nearest;

    nearest_init(&nearest, name);
    for (size_t i = 0; i < PERSON_KEY_COUNT; i++)
        nearest_offer(&nearest, person_keys[i].name);
    if (nearest.best)
        err_add(errs, SEVERITY_ERROR, value->file, value->key_line, value->key_column,
                "`%s`: did you mean `%s`?", name, nearest.best);
    else
        err_add(errs, SEVERITY_ERROR, value->file, value->key_line, value->key_column,
                "`%s` is nothing that a person has: use name, url, email, showEmail, picture, bio",
                name);
}

static void read_value(struct person_settings *person, const struct person_key *key,
                       const struct node *value, struct err_list *errs)
{
    char *place = (char *)person + key->place;

    if (value->kind == NODE_NULL)
        return;
    if (key->is_switch && value->kind == NODE_BOOL) {
        *(bool *)place = value->boolean;
    } else if (!key->is_switch && (value->kind == NODE_STRING || value->kind == NODE_NUMBER)) {
        char **text = (char **)place;

        free(*text);
        *text = *value->text ? mem_copy_text(value->text) : NULL;
    } else {
        err_add(errs, SEVERITY_ERROR, value->file, value->line, value->column,
                "`%s` must be %s, not %s", key->name, key->is_switch ? "`true` or `false`" : "text",
                node_kind_name(value->kind));
    }
}

static void read_person(struct people_settings *people, const char *name, const struct node *value,
                        struct err_list *errs)
{
    struct person_settings person = {.key = mem_copy_text(name)};

    if (value->kind == NODE_STRING) /* `anil: Anil Madhavapeddy` */
        person.name = *value->text ? mem_copy_text(value->text) : NULL;
    else if (value->kind != NODE_MAP && value->kind != NODE_NULL)
        err_add(errs, SEVERITY_ERROR, value->file, value->line, value->column,
                "`%s` must be a name, or a map with `name`, `url`, `bio` and the like, not %s",
                name, node_kind_name(value->kind));
    for (size_t i = 0; value->kind == NODE_MAP && i < value->count; i++) {
        const struct person_key *key = find_key(value->keys[i]);

        if (key)
            read_value(&person, key, value->items[i], errs);
        else
            report_unknown(value->keys[i], value->items[i], errs);
    }
    if (!person.name)
        person.name = mem_copy_text(name);
    vec_push(&people->list, person);
}

/* Keys with one stem would share a page, and the second never be found. */
static void check_key(struct map *by_stem, const char *key, const struct node *value,
                      struct err_list *errs)
{
    struct strbuf stem = STRBUF_INIT;
    const struct node *first = NULL;

    if (!stem_append(&stem, span_of(key)))
        err_add(errs, SEVERITY_ERROR, value->file, value->key_line, value->key_column,
                "a key of `people` makes the address of a page, and cannot be empty");
    else
        first = map_get(by_stem, strbuf_span(&stem));
    if (first)
        err_add(errs, SEVERITY_ERROR, value->file, value->key_line, value->key_column,
                "`%s` has the same address as the key on line %u, /people/%s/: rename one of them",
                key, first->key_line, stem.data);
    else if (stem.len > 0)
        map_put(by_stem, strbuf_span(&stem), (void *)value);
    strbuf_release(&stem);
}

void people_settings_read(struct people_settings *people, const struct node *value,
                          struct err_list *errs)
{
    struct map by_stem;

    people_settings_release(people);
    if (value->kind == NODE_NULL)
        return;
    if (value->kind != NODE_MAP) {
        err_add(errs, SEVERITY_ERROR, value->file, value->line, value->column,
                "`people` must be a map from keys to people, not %s", node_kind_name(value->kind));
        return;
    }
    map_init(&by_stem);
    for (size_t i = 0; i < value->count; i++) {
        check_key(&by_stem, value->keys[i], value->items[i], errs);
        read_person(people, value->keys[i], value->items[i], errs);
    }
    map_release(&by_stem);
}

void people_settings_release(struct people_settings *people)
{
    vec_each (&people->list, person) {
        free(person->key);
        free(person->name);
        free(person->url);
        free(person->email);
        free(person->picture);
        free(person->bio);
    }
    vec_release(&people->list);
}
