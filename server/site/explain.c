#include "site/explain.h"

#include "base/file.h"
#include "deck/deck.h"
#include "site/discover.h"
#include "site/layers.h"
#include "site/named_deck.h"
#include "site/walk.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

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
    discover_decks(root, &walk, &layers, NULL, &places, &ignored);
    const struct deck_place *place = named_deck_find(&places, &walk, settings->root, name, errs);
    if (place)
        explain_place(root, settings, &walk, &layers, place, out);
    deck_places_release(&places);
    layers_release(&layers);
    walk_release(&walk);
    err_list_release(&ignored);
    close(root);
    return place ? 0 : -ENOENT;
}
