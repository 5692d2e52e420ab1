#include "deck/reading.h"

#include "base/escape.h"
#include "base/map.h"
#include "base/mem.h"
#include "deck/reading_writer.h"
#include "deck/text.h"

#include <stdint.h>
#include <string.h>

struct place {
    uint32_t section, heading; /* TREE_NONE where there is none */
};

struct reading {
    const struct deck *deck;
    struct tree tree;
    struct place *places; /* one for each slide of the deck's index */
    struct map ids;       /* to the first node that has it, as a pointer of its own */
};

/* Slides are the sections with the ids of the index, in its order. */
static void find_slides(struct reading *reading)
{
    const struct tree *tree = &reading->tree;
    struct strbuf id = STRBUF_INIT;
    size_t slide = 0;

    for (uint32_t node = tree_next(tree, TREE_ROOT);
         node != TREE_NONE && slide < reading->deck->index.count; node = tree_next(tree, node)) {
        if (!tree_is(tree, node, ELEMENT_SECTION))
            continue;
        strbuf_reset(&id);
        if (tree_value(tree, node, "id", &id) &&
            strcmp(id.data, reading->deck->index.items[slide].id) == 0)
            reading->places[slide++] = (struct place){node, text_find_heading(tree, node)};
    }
    strbuf_release(&id);
}

static void note_ids(struct reading *reading)
{
    const struct tree *tree = &reading->tree;
    struct strbuf id = STRBUF_INIT;

    for (uint32_t node = tree_next(tree, TREE_ROOT); node != TREE_NONE;
         node = tree_next(tree, node)) {
        strbuf_reset(&id);
        if (tree_at(tree, node)->kind == TREE_ELEMENT && tree_value(tree, node, "id", &id) &&
            id.len > 0 && strcspn(id.data, " \t\r\n\f") == id.len &&
            !map_get(&reading->ids, strbuf_span(&id)))
            map_put(&reading->ids, strbuf_span(&id), reading_id_owner(node));
    }
    strbuf_release(&id);
}

struct reading *reading_new(const struct deck *deck)
{
    struct reading *reading = mem_zero(1, sizeof *reading);

    reading->deck = deck;
    tree_parse(&reading->tree, deck_sections(deck));
    reading->places = mem_zero(deck->index.count + 1, sizeof *reading->places);
    map_init(&reading->ids);
    find_slides(reading);
    note_ids(reading);
    return reading;
}

void reading_free(struct reading *reading)
{
    if (!reading)
        return;
    tree_release(&reading->tree);
    map_release(&reading->ids);
    free(reading->places);
    free(reading);
}

static struct reading_writer writer_of(const struct reading *reading, struct strbuf *out)
{
    return (struct reading_writer){
        .tree = &reading->tree,
        .ids = &reading->ids,
        .out = out,
        .value = STRBUF_INIT,
        .drawn = drawn_of(reading->deck),
    };
}

void reading_append_heading(const struct reading *reading, size_t slide, struct strbuf *out)
{
    struct reading_writer writer = writer_of(reading, out);

    if (reading->places[slide].heading != TREE_NONE)
        reading_write_inside(&writer, reading->places[slide].heading);
    strbuf_release(&writer.value);
}

void reading_append_body(const struct reading *reading, size_t slide, struct strbuf *out)
{
    struct reading_writer writer = writer_of(reading, out);
    uint32_t section = reading->places[slide].section;
    size_t start = out->len;

    writer.without = reading->places[slide].heading;
    if (section != TREE_NONE)
        reading_write_inside(&writer, section);
    if (section != TREE_NONE && span_trim(span_from(strbuf_span(out), start)).len == 0)
        reading_write_background(&writer, section);
    strbuf_release(&writer.value);
}

void reading_append_notes(const struct reading *reading, size_t slide, struct strbuf *out)
{
    const struct tree *tree = &reading->tree;
    uint32_t section = reading->places[slide].section, end;
    struct reading_writer writer = writer_of(reading, out);

    if (section == TREE_NONE)
        return;
    if (tree_value(tree, section, "data-notes", &writer.value) && writer.value.len > 0) {
        strbuf_append_text(out, "<p>");
        html_text(out, strbuf_span(&writer.value));
        strbuf_append_text(out, "</p>\n");
    }
    end = tree_skip(tree, section);
    for (uint32_t node = tree_next(tree, section); node != end && node != TREE_NONE;) {
        bool is_notes = text_is_notes(tree, node);

        if (is_notes)
            reading_write_inside(&writer, node);
        node = is_notes ? tree_skip(tree, node) : tree_next(tree, node);
    }
    strbuf_release(&writer.value);
}
