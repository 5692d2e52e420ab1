#include "deck/nested.h"

#include "deck/text.h"

#include <stdlib.h>

static bool is_hidden(const struct tree *tree, uint32_t section)
{
    const struct tree_attribute *visibility = tree_attribute(tree, section, "data-visibility");

    return visibility && span_is(visibility->value, "hidden");
}

/* The next section from a node on, before `end`; those inside hidden ones are passed over. */
static uint32_t find_section(const struct tree *tree, uint32_t node, uint32_t end)
{
    while (node != end && node != TREE_NONE) {
        bool is_section = tree_is(tree, node, ELEMENT_SECTION);

        if (is_section && !is_hidden(tree, node))
            return node;
        node = is_section ? tree_skip(tree, node) : tree_next(tree, node);
    }
    return end;
}

static char *id_of(const struct tree *tree, uint32_t section)
{
    struct strbuf id = STRBUF_INIT;

    if (!tree_value(tree, section, "id", &id) || id.len == 0) {
        strbuf_release(&id);
        return NULL;
    }
    return strbuf_detach(&id, NULL);
}

static void add_slide(struct nested *nested, const struct tree *tree, uint32_t section)
{
    struct strbuf text = STRBUF_INIT, notes = STRBUF_INIT, heading = STRBUF_INIT;
    struct nested_slide slide = {.v = nested->count, .id = id_of(tree, section)};

    text_append(tree, section, &text, &notes);
    text_append_heading(tree, section, &heading);
    slide.text = strbuf_detach(&text, NULL);
    slide.notes = strbuf_detach(&notes, NULL);
    slide.heading = strbuf_detach(&heading, NULL);
    vec_push(&nested->slides, slide);
}

void nested_find(struct nested *nested, const struct tree *tree)
{
    uint32_t section = find_section(tree, tree_next(tree, TREE_ROOT), TREE_NONE);

    while (section != TREE_NONE) {
        uint32_t inside = tree_next(tree, section), end = tree_skip(tree, section);

        if (find_section(tree, inside, end) == end)
            add_slide(nested, tree, section);
        nested->count++;
        section = find_section(tree, inside, TREE_NONE);
    }
}

void nested_release(struct nested *nested)
{
    vec_each (&nested->slides, slide) {
        free(slide->id);
        free(slide->heading);
        free(slide->text);
        free(slide->notes);
    }
    vec_release(&nested->slides);
}
