#include "site/named_deck.h"

#include "base/mem.h"
#include "base/span.h"
#include "conf/nearest.h"

#include <stdlib.h>

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

const struct deck_place *named_deck_find(const struct deck_places *places, const struct walk *walk,
                                         const char *root, const char *name, struct err_list *errs)
{
    struct span wanted = below_root(name, root);
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
                name, root, places->list.count ? places->list.items[0].path : "2015/polyconf");
    free(word);
    return found;
}
