#include "site/catalog.h"

#include "base/mem.h"
#include "base/utf8.h"
#include "conf/stem.h"
#include "site/url.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

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

/* The group that the stem belongs to, made where there is none; NULL where it is empty. */
static struct catalog_group *group_for(struct catalog_groups *groups, enum catalog_kind kind,
                                       struct span name, struct span shown)
{
    struct strbuf stem = STRBUF_INIT;
    struct catalog_group *group = NULL;

    if (stem_append(&stem, name))
        group = map_get(&groups->by_stem, strbuf_span(&stem));
    if (!group && stem.len > 0) {
        struct span trimmed = span_trim(shown);

        group = mem_zero(1, sizeof *group);
        group->name = mem_copy(trimmed.data, trimmed.len);
        group->path = mem_format("%s%s/", catalog_kind_path(kind), stem.data);
        vec_push(&groups->list, group);
        map_put(&groups->by_stem, strbuf_span(&stem), group);
    }
    strbuf_release(&stem);
    return group;
}

/* A talk that says a name twice is listed once. NULL where the name is empty. */
static struct catalog_group *add_talk(struct catalog *catalog, enum catalog_kind kind,
                                      struct span name, struct span shown, const struct talk *talk)
{
    struct catalog_group *group = group_for(&catalog->kinds[kind], kind, name, shown);

    if (group && (group->talks.talks.count == 0 || *vec_last(&group->talks.talks) != talk))
        vec_push(&group->talks.talks, talk);
    return group;
}

/* Lets a person be found by name, where no key and nobody before is called so. */
static void add_name(struct catalog_groups *groups, struct catalog_group *group)
{
    struct strbuf stem = STRBUF_INIT;
    bool means_it = true;

    if (stem_append(&stem, span_of(group->name))) {
        if (!map_get(&groups->by_stem, strbuf_span(&stem)))
            map_put(&groups->by_stem, strbuf_span(&stem), group);
        means_it = map_get(&groups->by_stem, strbuf_span(&stem)) == group;
    }
    if (!means_it)
        group->key = mem_copy_text(group->person->key);
    strbuf_release(&stem);
}

/* All who are configured have a page, with talks or without. */
static void add_people(struct catalog_groups *groups, const struct people *people)
{
    vec_each (&people->settings->list, person) {
        struct catalog_group *group =
            group_for(groups, CATALOG_PEOPLE, span_of(person->key), span_of(person->name));

        if (!group || group->person)
            continue;
        group->person = person;
        group->url = url_is_web(person->url) ? mem_copy_text(person->url) : NULL;
    }
    vec_each (&groups->list, group)
        add_name(groups, *group);
}

static void add_speakers(struct catalog *catalog, const struct talk *talk,
                         const struct people *people)
{
    vec_each (&talk_deck(talk)->settings.speakers, speaker) {
        struct span name = span_of(speaker->name);
        struct catalog_group *group = add_talk(catalog, CATALOG_PEOPLE, people_key(people, name),
                                               people_name(people, name), talk);

        if (group && !group->person && !group->url && url_is_web(speaker->url))
            group->url = mem_copy_text(speaker->url);
    }
}

static void add_text(struct catalog *catalog, enum catalog_kind kind, const char *text,
                     const struct talk *talk)
{
    add_talk(catalog, kind, span_of(text), span_of(text), talk);
}

static void add_to_groups(struct catalog *catalog, const struct talk *talk,
                          const struct people *people)
{
    const struct deck_settings *settings = &talk_deck(talk)->settings;
    struct span year = span_cut(span_of(talk_date(talk)), 0, 4);

    add_talk(catalog, CATALOG_YEARS, year, year, talk);
    add_speakers(catalog, talk, people);
    vec_each (&settings->tags.list, tag)
        add_text(catalog, CATALOG_TAGS, *tag, talk);
    add_text(catalog, CATALOG_VENUES, settings->event, talk);
    add_text(catalog, CATALOG_VENUES, settings->venue, talk);
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
        map_init(&catalog->kinds[kind].by_stem);
    add_people(&catalog->kinds[CATALOG_PEOPLE], people);
    vec_each (&catalog->talks.talks, talk)
        add_to_groups(catalog, *talk, people);
    for (int kind = 0; kind < CATALOG_KIND_COUNT; kind++) {
        struct catalog_groups *groups = &catalog->kinds[kind];

        sort(groups->list.items, groups->list.count,
             kind == CATALOG_YEARS ? compare_years : compare_names);
    }
}

static void groups_release(struct catalog_groups *groups)
{
    vec_each (&groups->list, group) {
        vec_release(&(*group)->talks.talks);
        free((*group)->name);
        free((*group)->path);
        free((*group)->key);
        free((*group)->url);
        free(*group);
    }
    vec_release(&groups->list);
    map_release(&groups->by_stem);
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
    struct strbuf stem = STRBUF_INIT;
    const struct catalog_group *group = NULL;

    if (stem_append(&stem, name))
        group = map_get(&catalog->kinds[kind].by_stem, strbuf_span(&stem));
    strbuf_release(&stem);
    return group;
}

struct byline catalog_byline(const struct catalog *catalog, const struct speaker *speaker)
{
    struct span name = span_of(speaker->name);
    const struct catalog_group *person = catalog_find(catalog, CATALOG_PEOPLE, name);

    if (!person)
        return (struct byline){name, url_is_web(speaker->url) ? speaker->url : NULL, NULL};
    return (struct byline){span_of(person->name), person->url, person->path};
}

const char *catalog_group_word(const struct catalog_group *group)
{
    return group->key ? group->key : group->name;
}

static void note_spelling(struct map *seen, const struct talk *talk, struct span spelled,
                          const char *known, struct err_list *errs)
{
    const struct setting_origin *origin =
        deck_settings_origin(&talk_deck(talk)->settings, "speakers");

    if (map_put(seen, spelled, seen))
        return;
    err_add(errs, SEVERITY_NOTE, origin ? origin->file : talk->file, origin ? origin->line : 0, 0,
            "`%.*s` is the person whom another deck calls `%s`, and is listed as that",
            (int)spelled.len, spelled.data, known);
}

void catalog_note_spellings(const struct catalog *catalog, struct err_list *errs)
{
    struct map seen;

    map_init(&seen);
    vec_each (&catalog->talks.talks, talk) {
        vec_each (&talk_deck(*talk)->settings.speakers, speaker) {
            struct span spelled = span_trim(span_of(speaker->name));
            const struct catalog_group *person = catalog_find(catalog, CATALOG_PEOPLE, spelled);

            if (person && !person->person && !span_is(spelled, person->name))
                note_spelling(&seen, *talk, spelled, person->name, errs);
        }
    }
    map_release(&seen);
}
