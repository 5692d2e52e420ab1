#include "site/discover.h"

#include "base/file.h"
#include "base/mem.h"
#include "base/names.h"
#include "site/slug.h"

#include <string.h>
#include <strings.h>

enum { README_LIMIT = 256 * 1024 }; /* bytes that are looked through for a separator */

/* What stands above a directory and decides which rules count in it. */
enum under { UNDER_NOTHING, UNDER_README, UNDER_DECK };

/* What a directory's names offer. */
struct offer {
    const char *named;       /* rule 1 */
    const char *readme;      /* README.md */
    const char *page;        /* index.html */
    VEC(const char *) talks; /* other Markdown files */
};

struct discovery {
    int root;
    const struct walk *walk;
    const struct layers *layers;
    struct deck_places *places;
};

static size_t stem_length(const char *name)
{
    const char *dot = strrchr(name, '.');

    return dot ? (size_t)(dot - name) : strlen(name);
}

static bool is_markdown(const char *name)
{
    const char *end = name + stem_length(name);

    return strcasecmp(end, ".md") == 0 || strcasecmp(end, ".markdown") == 0;
}

static bool has_stem(const char *name, const char *stem)
{
    size_t len = stem_length(name);

    return len == strlen(stem) && strncasecmp(name, stem, len) == 0;
}

/* Position among the names of rule 1, or their number. */
static size_t rank(const char *name)
{
    static const char *const named[] = {"deck", "content", "slides", "index"};
    size_t i = 0;

    while (i < sizeof named / sizeof *named && !has_stem(name, named[i]))
        i++;
    return i;
}

static bool is_beside_software(const char *name)
{
    static const char *const stems[] = {"license",      "licence",         "copying", "changelog",
                                        "contributing", "code_of_conduct", "authors", "security",
                                        "notice",       "credits"};

    for (size_t i = 0; i < sizeof stems / sizeof *stems; i++)
        if (has_stem(name, stems[i]))
            return true;
    return name[0] == '_';
}

/* The name of the file on the disk, if it is there in the other Unicode form. */
static const char *as_spelled(const struct discovery *discovery,
                              const struct walk_directory *directory, const char *name)
{
    const char *other = name;

    walk_each_file(discovery->walk, directory, file)
    {
        if (strcmp(file->name, name) == 0)
            return name;
        if (names_alike(span_of(file->name), span_of(name)))
            other = file->name;
    }
    return other;
}

static void look_through(const struct discovery *discovery, size_t index, struct offer *offer)
{
    const struct walk_directory *directory = &discovery->walk->directories.items[index];
    const char *configured = discovery->layers->directories[index].source;

    walk_each_file(discovery->walk, directory, file)
    {
        if (!is_markdown(file->name)) {
            if (strcasecmp(file->name, "index.html") == 0 && !offer->page)
                offer->page = file->name;
        } else if (has_stem(file->name, "readme")) {
            if (!offer->readme)
                offer->readme = file->name;
        } else if (!is_beside_software(file->name)) {
            if (!offer->named ? rank(file->name) < 4 : rank(file->name) < rank(offer->named))
                offer->named = file->name;
            vec_push(&offer->talks, file->name);
        }
    }
    if (configured)
        offer->named = as_spelled(discovery, directory, configured);
}

/* A line of dashes that is no front matter, or one of the other separators in use. */
static bool is_separator(struct span line)
{
    line = span_trim(line);
    return span_is(line, "---") || span_is(line, "----") || span_is(line, "--") ||
           span_is(line, "<!--s-->") || span_is(line, "<!-- slide -->");
}

static bool holds_separator(const struct discovery *discovery, size_t index, const char *name)
{
    const char *directory = discovery->walk->directories.items[index].path;
    char *path = *directory ? mem_format("%s/%s", directory, name) : mem_copy_text(name);
    struct strbuf text = STRBUF_INIT;
    struct span rest, line;
    bool front_matter, found = false;

    /* What cannot be read or is too long is no talk's README. */
    if (file_read_beneath(discovery->root, path, README_LIMIT, &text) == 0) {
        rest = strbuf_span(&text);
        front_matter = span_starts_with(rest, SPAN("---"));
        if (front_matter)
            span_next_line(&rest, &line);
        while (!found && span_next_line(&rest, &line)) {
            found = !front_matter && is_separator(line);
            if (front_matter && span_is(span_trim(line), "---"))
                front_matter = false;
        }
    }
    strbuf_release(&text);
    free(path);
    return found;
}

static void add_place(struct discovery *discovery, size_t index, const char *source, bool loose)
{
    const char *directory = discovery->walk->directories.items[index].path;
    const char *slash = *directory ? "/" : "";
    struct deck_place place = {
        .directory = index,
        .source = mem_copy_text(source),
        .loose = loose,
        .shared = loose,
    };

    if (loose)
        place.path = mem_format("%s%s%.*s/", directory, slash, (int)stem_length(source), source);
    else
        place.path = mem_format("%s%s", directory, slash);
    vec_push(&discovery->places->list, place);
}

static void discover_below(struct discovery *discovery, size_t index, enum under under);

static void discover_children(struct discovery *discovery, size_t index, enum under under)
{
    const struct walk_directory *directories = discovery->walk->directories.items;

    for (size_t child = index + 1; child < directories[index].end; child = directories[child].end)
        discover_below(discovery, child, under);
}

/* Rules 2 to 4, for a directory that no name of rule 1 makes a deck. */
static void discover_unnamed(struct discovery *discovery, size_t index, enum under under,
                             const struct offer *offer)
{
    size_t before = discovery->places->list.count;
    bool talks_count = under != UNDER_DECK;
    const char *recorded = discovery->layers->directories[index].recorded;

    if (talks_count && offer->readme && holds_separator(discovery, index, offer->readme)) {
        add_place(discovery, index, offer->readme, false);
        discover_children(discovery, index, UNDER_README);
        return;
    }
    if (talks_count && offer->talks.count == 1) {
        add_place(discovery, index, offer->talks.items[0], false);
        discover_children(discovery, index, UNDER_DECK);
        return;
    }
    if (talks_count)
        vec_each (&offer->talks, talk)
            add_place(discovery, index, *talk, true);
    discover_children(discovery, index, under);
    if (discovery->places->list.count > before)
        return;
    if (under == UNDER_NOTHING && (offer->readme || offer->page))
        add_place(discovery, index, offer->readme ? offer->readme : offer->page, false);
    else if (recorded) {
        add_place(discovery, index, recorded, false);
        vec_last(&discovery->places->list)->slideless = true;
    }
}

static void discover_below(struct discovery *discovery, size_t index, enum under under)
{
    struct offer offer = {0};

    look_through(discovery, index, &offer);
    if (offer.named) {
        add_place(discovery, index, offer.named, false);
        discover_children(discovery, index, UNDER_DECK);
    } else {
        discover_unnamed(discovery, index, under, &offer);
    }
    vec_release(&offer.talks);
}

static void discover_root(struct discovery *discovery)
{
    bool configured = discovery->layers->directories[0].source != NULL;
    struct offer offer = {0};
    const char *about, *named;
    size_t below;

    look_through(discovery, 0, &offer);
    about = offer.readme ? offer.readme : offer.page;
    named = offer.named;
    if (named && !configured && has_stem(named, "index"))
        about = named, named = NULL;
    discover_children(discovery, 0, named ? UNDER_DECK : UNDER_NOTHING);
    below = discovery->places->list.count;
    if (named) {
        add_place(discovery, 0, named, below > 0);
        vec_last(&discovery->places->list)->shared = false;
    } else {
        vec_each (&offer.talks, talk)
            if (!has_stem(*talk, "index"))
                add_place(discovery, 0, *talk, true);
    }
    if (about && discovery->places->list.count == 0)
        add_place(discovery, 0, about, false);
    vec_release(&offer.talks);
}

static int compare_places(const void *a, const void *b)
{
    const struct deck_place *left = a, *right = b;
    int order = strcmp(left->path, right->path);

    return order ? order : strcmp(left->source, right->source);
}

static void place_release(struct deck_place *place)
{
    free(place->source);
    free(place->path);
}

/* Takes out of the sorted list whatever has the path of the one before it. */
static void drop_conflicts(const struct walk *walk, struct deck_places *places,
                           struct err_list *errs)
{
    size_t kept = 0;

    for (size_t i = 0; i < places->list.count; i++) {
        struct deck_place *place = &places->list.items[i];
        const struct deck_place *before = &places->list.items[kept > 0 ? kept - 1 : 0];

        if (kept == 0 || strcmp(before->path, place->path) != 0) {
            places->list.items[kept++] = *place;
            continue;
        }
        const char *own = walk->directories.items[place->directory].path;
        const char *other = walk->directories.items[before->directory].path;
        char *file = mem_format("%s%s%s", own, *own ? "/" : "", place->source);

        err_add(errs, SEVERITY_ERROR, file, 0, 0,
                "%s%s%s is the deck /%s already, so this one is not served: rename one of them",
                other, *other ? "/" : "", before->source, place->path);
        free(file);
        place_release(place);
    }
    places->list.count = kept;
}

/* What the deck says; its source is among the files unless it lies where none are served from. */
static char *read_slug(const struct discovery *discovery, const struct site_files *files,
                       const struct deck_place *place, const char *file)
{
    const struct site_file *known = files ? site_files_find(files, span_of(file)) : NULL;
    char *slug = known ? mem_copy_text(known->slug) : slug_peek(discovery->root, file);

    if (!slug && !place->shared)
        slug = mem_copy_text(discovery->layers->directories[place->directory].slug);
    return slug;
}

/* The slug takes the place of the path's last part; the root has none. */
static void apply_slug(const struct discovery *discovery, const struct site_files *files,
                       struct deck_place *place, struct err_list *errs)
{
    const char *directory = discovery->walk->directories.items[place->directory].path;
    char *file =
        *directory ? mem_format("%s/%s", directory, place->source) : mem_copy_text(place->source);
    char *slug = read_slug(discovery, files, place, file);
    size_t keep = strlen(place->path);

    if (slug && !slug_is_name(slug)) {
        err_add(errs, SEVERITY_WARNING, file, 0, 0,
                "the slug `%s` is no part of an address: use letters, digits and dashes", slug);
    } else if (slug && keep > 0) {
        char *path;

        for (keep--; keep > 0 && place->path[keep - 1] != '/';)
            keep--;
        path = mem_format("%.*s%s/", (int)keep, place->path, slug);
        free(place->path);
        place->path = path;
    }
    free(slug);
    free(file);
}

void discover_decks(int root, const struct walk *walk, const struct layers *layers,
                    const struct site_files *files, struct deck_places *ret_places,
                    struct err_list *errs)
{
    struct deck_places places = {0};
    struct discovery discovery = {root, walk, layers, &places};

    discover_root(&discovery);
    vec_each (&places.list, place)
        apply_slug(&discovery, files, place, errs);
    if (places.list.count > 0)
        qsort(places.list.items, places.list.count, sizeof *places.list.items, compare_places);
    drop_conflicts(walk, &places, errs);
    *ret_places = places;
}

void deck_places_release(struct deck_places *places)
{
    vec_each (&places->list, place)
        place_release(place);
    vec_release(&places->list);
}
