#include "site/explain.h"

#include "base/file.h"
#include "base/mem.h"
#include "conf/nearest.h"
#include "deck/deck.h"
#include "site/discover.h"
#include "site/layers.h"
#include "site/walk.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Without slashes at both ends. */
static struct span trim_slashes(struct span text)
{
    while (text.len && text.data[0] == '/')
        text = span_from(text, 1);
    while (text.len && text.data[text.len - 1] == '/')
        text.len--;
    return text;
}

/* "2015/polyconf" of "decks/2015/polyconf/", "/2015/polyconf/" or "2015/polyconf". */
static struct span below_root(const char *name, const char *root)
{
    struct span text = span_of(name), prefix = span_of(root);

    while (prefix.len && prefix.data[prefix.len - 1] == '/')
        prefix.len--;
    if (span_starts_with(text, prefix) && (text.len == prefix.len || text.data[prefix.len] == '/'))
        text = span_from(text, prefix.len);
    return trim_slashes(text);
}

static const struct deck_place *find_place(const struct deck_places *places,
                                           const struct walk *walk,
                                           const struct site_settings *settings, const char *name,
                                           struct err_list *errs)
{
    struct span wanted = below_root(name, settings->root);
    char *word = mem_copy(wanted.data, wanted.len);
    struct nearest nearest;
    const struct deck_place *found = NULL;

    nearest_init(&nearest, word);
    vec_each (&places->list, place) {
        const char *directory = walk->directories.items[place->directory].path;
        char *file = *directory ? mem_format("%s/%s", directory, place->source)
                                : mem_copy_text(place->source);
        if (span_equal(trim_slashes(span_of(place->path)), wanted) || span_is(wanted, file) ||
            (!place->loose && span_is(wanted, directory)))
            found = place;
        nearest_offer(&nearest, place->path);
        free(file);
    }
    if (!found && nearest.best)
        err_add(errs, SEVERITY_ERROR, NULL, 0, 0, "no deck `%s`: did you mean `%s`?", name,
                nearest.best);
    else if (!found)
        err_add(errs, SEVERITY_ERROR, NULL, 0, 0, "no deck `%s` in %s: give its path, such as `%s`",
                name, settings->root,
                places->list.count ? places->list.items[0].path : "2015/polyconf");
    free(word);
    return found;
}

static bool find_nothing(void *context, struct span path, struct deck_file *ret_file)
{
    (void)context, (void)path, (void)ret_file;
    return false;
}

static bool find_no_deck(void *context, struct span path, struct span *ret_url)
{
    (void)context, (void)path, (void)ret_url;
    return false;
}

static void explain_place(int root, const struct site_settings *settings, const struct walk *walk,
                          const struct layers *layers, const struct deck_place *place,
                          struct strbuf *out)
{
    struct layer_list inherited;

    layers_collect(layers, walk, place->directory, place->shared, &inherited);
    const struct deck_request request = {
        .root = root,
        .directory = walk->directories.items[place->directory].path,
        .source = place->source,
        .slideless = place->slideless,
        .path = place->path,
        .layers = inherited.list.items,
        .layer_count = inherited.list.count,
        .limit = settings->deck_limit,
        .files = {NULL, find_nothing, find_no_deck, NULL, NULL},
    };
    struct deck *deck = deck_load(&request);
    deck_settings_explain(out, &deck->settings);
    deck_free(deck);
    vec_release(&inherited.list);
}

int site_explain(const struct site_settings *settings, const char *name, struct strbuf *out,
                 struct err_list *errs)
{
    struct deck_places places;
    struct err_list ignored; /* problems of the site: --check tells them */
    struct layers layers;
    struct walk walk;
    int root, err = file_open_directory(settings->root, &root);

    err_list_init(&ignored);
    if (!err) {
        err = walk_root(root, &walk_limits_default, &walk, &ignored);
        if (err)
            close(root);
    }
    if (err) {
        err_add(errs, SEVERITY_ERROR, NULL, 0, 0,
                "the decks in %s cannot be read: %s: check --root", settings->root, strerror(-err));
        err_list_release(&ignored);
        return err;
    }
    layers_read(&layers, root, &walk, settings->deck_defaults, &ignored);
    discover_decks(root, &walk, &layers, &places, &ignored);
    const struct deck_place *place = find_place(&places, &walk, settings, name, errs);
    if (place)
        explain_place(root, settings, &walk, &layers, place, out);
    deck_places_release(&places);
    layers_release(&layers);
    walk_release(&walk);
    err_list_release(&ignored);
    close(root);
    return place ? 0 : -ENOENT;
}
