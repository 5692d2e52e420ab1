#include "site/catalog.h"

#include "base/mem.h"
#include "base/utf8.h"
#include "deck/slug.h"
#include "site/url.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

static const char *const kind_paths[CATALOG_KIND_COUNT] = {
    [CATALOG_YEARS] = "",
    [CATALOG_PEOPLE] = "people/",
    [CATALOG_TAGS] = "tags/",
    [CATALOG_VENUES] = "venues/",
};

const char *catalog_kind_path(enum catalog_kind kind)
{
    return kind_paths[kind];
}

const char *talk_date(const struct talk *talk)
{
    const char *date = talk_deck(talk)->settings.date;

    return date && strlen(date) >= 4 ? date : "";
}

static int compare_talks(const void *a, const void *b)
{
    const struct talk *left = *(const struct talk *const *)a;
    const struct talk *right = *(const struct talk *const *)b;
    int order = strcmp(talk_date(right), talk_date(left)); /* newest first, undated last */

    if (!order)
        order = strcasecmp(talk_deck(left)->settings.title, talk_deck(right)->settings.title);
    return order ? order : strcmp(left->path, right->path);
}

static int compare_years(const void *a, const void *b)
{
    const struct catalog_group *const *left = a, *const *right = b;

    return strcmp((*right)->name, (*left)->name);
}

/* By letters first, then by case and accents. */
static int compare_names(const void *a, const void *b)
{
    const struct catalog_group *const *left = a, *const *right = b;
    struct strbuf one = STRBUF_INIT, other = STRBUF_INIT;
    int order;

    utf8_append_folded(&one, span_of((*left)->name), true);
    utf8_append_folded(&other, span_of((*right)->name), true);
    order = strcmp(one.data, other.data);
    strbuf_release(&one);
    strbuf_release(&other);
    return order ? order : strcmp((*left)->name, (*right)->name);
}

/* The group of that name, made where there is none; `name` may be borrowed. */
static struct catalog_group *group_for(struct catalog_groups *groups, struct span name)
{
    struct strbuf folded = STRBUF_INIT;
    struct catalog_group *group;

    utf8_append_folded(&folded, name, false);
    group = map_get(&groups->by_name, strbuf_span(&folded));
    if (!group && folded.len > 0) {
        struct span trimmed = span_trim(name);

        group = mem_zero(1, sizeof *group);
        group->name = mem_copy(trimmed.data, trimmed.len);
        vec_push(&groups->list, group);
        map_put(&groups->by_name, strbuf_span(&folded), group);
    }
    strbuf_release(&folded);
    return group;
}

/* A talk that says a name twice is listed once. NULL where the name is empty. */
static struct catalog_group *add_talk(struct catalog_groups *groups, struct span name,
                                      const struct talk *talk)
{
    struct catalog_group *group = group_for(groups, name);

    if (group && (group->talks.talks.count == 0 || *vec_last(&group->talks.talks) != talk))
        vec_push(&group->talks.talks, talk);
    return group;
}

/* All who are configured have a page, with talks or without. */
static void add_people(struct catalog_groups *groups, const struct people *people)
{
    vec_each (&people->settings->list, person) {
        struct catalog_group *group = group_for(groups, span_of(person->name));
        struct strbuf key = STRBUF_INIT;

        if (group && !group->person) {
            group->person = person;
            group->url = url_is_web(person->url) ? mem_copy_text(person->url) : NULL;
        }
        utf8_append_folded(&key, span_of(person->key), false);
        if (group && !map_get(&groups->by_name, strbuf_span(&key)))
            map_put(&groups->by_name, strbuf_span(&key), group);
        strbuf_release(&key);
    }
}

/* One deck cannot fill the site with pages. */
enum { NAMES_MAX = 64 };

static void add_speakers(struct catalog_groups *groups, const struct talk *talk,
                         const struct people *people)
{
    const struct deck_settings *settings = &talk_deck(talk)->settings;

    for (size_t i = 0; i < settings->speakers.count && i < NAMES_MAX; i++) {
        const struct speaker *speaker = &settings->speakers.items[i];
        struct catalog_group *group =
            add_talk(groups, people_name(people, span_of(speaker->name)), talk);

        if (group && !group->person && !group->url && url_is_web(speaker->url))
            group->url = mem_copy_text(speaker->url);
    }
}

static void add_to_groups(struct catalog *catalog, const struct talk *talk,
                          const struct people *people)
{
    const struct deck_settings *settings = &talk_deck(talk)->settings;

    add_talk(&catalog->kinds[CATALOG_YEARS], span_cut(span_of(talk_date(talk)), 0, 4), talk);
    add_speakers(&catalog->kinds[CATALOG_PEOPLE], talk, people);
    for (size_t i = 0; i < settings->tags.list.count && i < NAMES_MAX; i++)
        add_talk(&catalog->kinds[CATALOG_TAGS], span_of(settings->tags.list.items[i]), talk);
    add_talk(&catalog->kinds[CATALOG_VENUES], span_of(settings->event), talk);
    add_talk(&catalog->kinds[CATALOG_VENUES], span_of(settings->venue), talk);
}

/* What the address of a group is made from. */
static struct span stem_of(const struct catalog_group *group)
{
    return span_of(group->person ? group->person->key : group->name);
}

void catalog_append_path(struct strbuf *out, enum catalog_kind kind, struct span name)
{
    size_t stem;

    strbuf_append_text(out, kind_paths[kind]);
    stem = out->len;
    slug_append(out, name);
    if (out->len == stem)
        strbuf_append_char(out, '-'); /* of signs only */
    strbuf_append_char(out, '/');
}

/*
 * The group's own path: that of its name, or the next number's. `taken` has paths, those of names
 * with their last number.
 */
static void set_path(struct map *taken, struct catalog_group *group, enum catalog_kind kind)
{
    struct strbuf path = STRBUF_INIT;
    uintptr_t number;
    size_t stem;

    catalog_append_path(&path, kind, stem_of(group));
    strbuf_truncate(&path, path.len - 1);
    stem = path.len;
    number = (uintptr_t)map_get(taken, strbuf_span(&path));
    while (number > 0 && map_get(taken, strbuf_span(&path))) {
        map_put(taken, span_cut(strbuf_span(&path), 0, stem), (void *)++number);
        strbuf_truncate(&path, stem);
        strbuf_append_format(&path, "-%zu", (size_t)number);
    }
    map_put(taken, strbuf_span(&path), (void *)1);
    strbuf_append_char(&path, '/');
    group->path = strbuf_detach(&path, NULL);
}

/* A name that has nothing which its address does not show. */
static bool is_plain(const struct catalog_group *group)
{
    struct strbuf slug = STRBUF_INIT, folded = STRBUF_INIT;
    bool plain;

    slug_append(&slug, stem_of(group));
    utf8_append_folded(&folded, stem_of(group), false);
    for (size_t i = 0; i < folded.len; i++)
        if (folded.data[i] == ' ')
            folded.data[i] = '-';
    plain = span_equal(strbuf_span(&slug), strbuf_span(&folded));
    strbuf_release(&slug);
    strbuf_release(&folded);
    return plain;
}

static void set_paths(struct catalog_groups *groups, enum catalog_kind kind)
{
    struct map taken;

    map_init(&taken);
    vec_each (&groups->list, group)
        if (is_plain(*group))
            set_path(&taken, *group, kind);
    vec_each (&groups->list, group)
        if (!(*group)->path)
            set_path(&taken, *group, kind);
    map_release(&taken);
}

static void sort(void *items, size_t count, int (*compare)(const void *, const void *))
{
    if (count > 0)
        qsort(items, count, sizeof(void *), compare);
}

/* What one may look for in a list of talks. */
static char *text_of(const struct talk *talk, const struct people *people)
{
    const struct deck_settings *settings = &talk_deck(talk)->settings;
    const char *const parts[] = {settings->title, settings->subtitle, settings->event,
                                 settings->venue, settings->location, settings->date};
    struct strbuf text = STRBUF_INIT, folded = STRBUF_INIT;

    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        if (parts[i])
            strbuf_append_format(&text, "%s\n", parts[i]);
    talk_append_speakers(&text, talk, people);
    vec_each (&settings->tags.list, tag)
        strbuf_append_format(&text, "\n%s", *tag);
    utf8_append_folded(&folded, strbuf_span(&text), true);
    strbuf_release(&text);
    return strbuf_detach(&folded, NULL);
}

static void add_texts(struct catalog *catalog, const struct people *people)
{
    size_t count = catalog->talks.talks.count;

    catalog->texts = mem_zero(count + 1, sizeof *catalog->texts);
    catalog->ranks = mem_zero(catalog->source->count + 1, sizeof *catalog->ranks);
    for (size_t i = 0; i < count; i++) {
        const struct talk *talk = catalog->talks.talks.items[i];

        catalog->texts[i] = text_of(talk, people);
        catalog->ranks[talk - catalog->source->list] = i;
    }
}

size_t catalog_rank(const struct catalog *catalog, const struct talk *talk)
{
    return catalog->ranks[talk - catalog->source->list];
}

void catalog_init(struct catalog *catalog, const struct talks *talks, const struct people *people)
{
    *catalog = (struct catalog){.source = talks};
    for (size_t i = 0; i < talks->count; i++)
        if (!talk_deck(&talks->list[i])->settings.draft)
            vec_push(&catalog->talks.talks, &talks->list[i]);
    sort(catalog->talks.talks.items, catalog->talks.talks.count, compare_talks);
    add_texts(catalog, people);

    for (int kind = 0; kind < CATALOG_KIND_COUNT; kind++)
        map_init(&catalog->kinds[kind].by_name);
    add_people(&catalog->kinds[CATALOG_PEOPLE], people);
    vec_each (&catalog->talks.talks, talk)
        add_to_groups(catalog, *talk, people);
    for (int kind = 0; kind < CATALOG_KIND_COUNT; kind++) {
        struct catalog_groups *groups = &catalog->kinds[kind];

        sort(groups->list.items, groups->list.count,
             kind == CATALOG_YEARS ? compare_years : compare_names);
        set_paths(groups, (enum catalog_kind)kind);
    }
}

static void groups_release(struct catalog_groups *groups)
{
    vec_each (&groups->list, group) {
        vec_release(&(*group)->talks.talks);
        free((*group)->name);
        free((*group)->path);
        free((*group)->url);
        free(*group);
    }
    vec_release(&groups->list);
    map_release(&groups->by_name);
}

void catalog_release(struct catalog *catalog)
{
    for (size_t i = 0; i < catalog->talks.talks.count; i++)
        free(catalog->texts[i]);
    free(catalog->texts);
    free(catalog->ranks);
    vec_release(&catalog->talks.talks);
    for (int kind = 0; kind < CATALOG_KIND_COUNT; kind++)
        groups_release(&catalog->kinds[kind]);
}

void catalog_settle(struct catalog *catalog)
{
    vec_each (&catalog->kinds[CATALOG_PEOPLE].list, group)
        (*group)->person = NULL;
}

const struct catalog_group *catalog_find(const struct catalog *catalog, enum catalog_kind kind,
                                         struct span name)
{
    struct strbuf folded = STRBUF_INIT;
    const struct catalog_group *group;

    utf8_append_folded(&folded, name, false);
    group = map_get(&catalog->kinds[kind].by_name, strbuf_span(&folded));
    strbuf_release(&folded);
    return group;
}
