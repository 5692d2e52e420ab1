#include "base/map.h"
#include "base/mem.h"
#include "base/pool.h"
#include "site/search.h"
#include "site/search_tokenizer.h"

#include <pthread.h>
#include <string.h>

/* A new entry for each talk of the catalog, in its order, and what became of the old ones. */
struct building {
    const struct search *before;
    struct search_entry *entries;
    size_t count;
    bool *kept; /* of the entries before */
    size_t kept_count;
    struct search_writer *writer;
    pthread_mutex_t lock;
    int64_t next_id;
};

static void append_span(struct strbuf *out, struct span text)
{
    if (text.len > 0 && out->len > 0)
        strbuf_append_text(out, SEARCH_GAP);
    strbuf_append_span(out, text);
}

static void append_part(struct strbuf *out, const char *text)
{
    append_span(out, span_of(text));
}

/* Names that pages show for what the deck says, too. */
static void append_named(struct strbuf *out, const struct catalog *catalog, enum catalog_kind kind,
                         const char *name)
{
    const struct catalog_group *group =
        name && *name ? catalog_find(catalog, kind, span_of(name)) : NULL;

    append_part(out, name);
    if (group && strcmp(group->name, name) != 0)
        append_part(out, group->name);
}

/* Who, where and when. */
static char *make_about(const struct talk *talk, const struct catalog *catalog)
{
    const struct deck_settings *settings = &talk_deck(talk)->settings;
    struct strbuf about = STRBUF_INIT;

    vec_each (&settings->speakers, speaker)
        append_named(&about, catalog, CATALOG_PEOPLE, speaker->name);
    append_part(&about, settings->event);
    append_part(&about, settings->venue);
    append_part(&about, settings->location);
    vec_each (&settings->tags.list, tag)
        append_part(&about, *tag);
    append_part(&about, settings->date);
    return strbuf_detach(&about, NULL);
}

/* All that an entry is indexed with, from what it keeps. */
static void make_text(struct search_text *text, const struct search_entry *entry)
{
    const struct deck_settings *settings = &entry->shown->deck->settings;
    struct slide_list slides = {0};

    search_text_init(text);
    append_part(&text->columns[SEARCH_TITLE], settings->title);
    append_part(&text->columns[SEARCH_TITLE], settings->subtitle);
    append_part(&text->columns[SEARCH_ABOUT], entry->about);
    append_part(&text->columns[SEARCH_TEXT], settings->description);
    rendering_read_slides(entry->shown, &slides);
    vec_each (&slides.list, slide) {
        append_part(&text->columns[SEARCH_HEADINGS], slide->heading);
        append_span(&text->columns[SEARCH_TEXT], slide_body(slide));
        if (settings->publish_notes)
            append_part(&text->columns[SEARCH_NOTES], slide->notes);
    }
    slide_list_release(&slides);
}

/* Entries that are not in the index before have no id yet. */
static void keep_what_is_the_same(struct building *building)
{
    struct map by_rendering;

    map_init(&by_rendering);
    for (size_t i = 0; i < building->before->entries.count; i++) {
        struct search_entry *old = &building->before->entries.items[i];

        map_put(&by_rendering, (struct span){(char *)&old->shown, sizeof old->shown}, old);
    }
    for (size_t i = 0; i < building->count; i++) {
        struct search_entry *entry = &building->entries[i];
        const struct search_entry *old =
            map_get(&by_rendering, (struct span){(char *)&entry->shown, sizeof entry->shown});

        if (!old || strcmp(old->about, entry->about) != 0)
            continue;
        entry->id = old->id;
        building->kept[old - building->before->entries.items] = true;
        building->kept_count++;
    }
    map_release(&by_rendering);
}

static void remove_the_rest(struct building *building)
{
    for (size_t i = 0; i < building->before->entries.count; i++) {
        const struct search_entry *old = &building->before->entries.items[i];
        struct search_text text;

        if (building->kept[i])
            continue;
        make_text(&text, old);
        search_writer_remove(building->writer, old->id, &text);
        search_text_release(&text);
    }
}

/* Ids rise as texts are added, which FTS5 is quickest with. */
static void add_job(void *context, size_t index)
{
    struct building *building = context;
    struct search_entry *entry = &building->entries[index];
    struct search_text text;

    if (entry->id > 0)
        return;
    make_text(&text, entry);
    pthread_mutex_lock(&building->lock);
    entry->id = building->next_id++;
    search_writer_add(building->writer, entry->id, &text);
    pthread_mutex_unlock(&building->lock);
    search_text_release(&text);
}

static struct search_index *write_index(struct building *building, struct err_list *errs)
{
    const struct search *before = building->before;
    /* More is to be removed than stays: then it is quicker to begin anew. */
    bool anew = !before || building->kept_count < before->entries.count / 2;
    struct search_index *index = NULL;
    struct strbuf why = STRBUF_INIT;

    if (anew)
        for (size_t i = 0; i < building->count; i++)
            building->entries[i].id = 0;
    building->next_id = 1;
    if (!anew && before->entries.count > 0)
        building->next_id = vec_last(&before->entries)->id + 1;
    building->writer = search_writer_new(anew ? NULL : before->index);
    pthread_mutex_init(&building->lock, NULL);
    if (!anew)
        remove_the_rest(building);
    pool_run(0, building->count, add_job, building);
    pthread_mutex_destroy(&building->lock);
    if (search_writer_finish(building->writer, &index, &why) < 0)
        err_add(errs, SEVERITY_WARNING, NULL, 0, 0, "searching does not work: %s", why.data);
    strbuf_release(&why);
    return index;
}

static int compare_ids(const void *a, const void *b)
{
    const struct search_entry *left = a, *right = b;

    return (left->id > right->id) - (left->id < right->id);
}

void search_init(struct search *search, const struct catalog *catalog, const struct search *before,
                 struct err_list *errs)
{
    struct building building = {.before = before && before->index ? before : NULL};

    *search = (struct search){0};
    building.count = catalog->talks.talks.count;
    vec_reserve(&search->entries, building.count + 1);
    building.entries = search->entries.items;
    search->entries.count = building.count;
    for (size_t i = 0; i < building.count; i++) {
        const struct talk *talk = catalog->talks.talks.items[i];

        building.entries[i] = (struct search_entry){
            .talk = talk,
            .shown = rendering_ref(talk->shown),
            .about = make_about(talk, catalog),
            .place = i,
        };
    }
    if (building.before) {
        building.kept = mem_zero(before->entries.count + 1, sizeof *building.kept);
        keep_what_is_the_same(&building);
    }
    if (building.before && building.kept_count == building.count &&
        building.count == before->entries.count)
        search->index = search_index_ref(before->index);
    else
        search->index = write_index(&building, errs);
    qsort(building.entries, building.count, sizeof *building.entries, compare_ids);
    free(building.kept);
}

void search_release(struct search *search)
{
    search_index_unref(search->index);
    vec_each (&search->entries, entry) {
        rendering_unref(entry->shown);
        free(entry->about);
    }
    vec_release(&search->entries);
}
