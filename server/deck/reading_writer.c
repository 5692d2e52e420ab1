#include "deck/reading_writer.h"

#include "base/escape.h"
#include "deck/reading_drawn.h"
#include "deck/reading_element.h"
#include "deck/reading_url.h"
#include "deck/text.h"

#include <string.h>

static void append_attribute(struct reading_writer *writer, const char *name)
{
    html_attribute(writer->out, name, strbuf_span(&writer->value));
}

/* The attribute's value in writer->value; false if it is absent. */
static bool read_value(struct reading_writer *writer, uint32_t node, const char *name)
{
    strbuf_reset(&writer->value);
    return tree_value(writer->tree, node, name, &writer->value);
}

/* The address of what an element shows: `src`, or `data-src` that reveal.js would load. */
static bool read_source(struct reading_writer *writer, uint32_t node)
{
    return (read_value(writer, node, "src") && writer->value.len > 0) ||
           (read_value(writer, node, "data-src") && writer->value.len > 0);
}

static bool is_language_class(struct span word)
{
    return span_starts_with(word, SPAN("language-"));
}

/* Which language code is in is worth knowing. */
static void append_class(struct reading_writer *writer, uint32_t node)
{
    struct span rest, word;

    if (!tree_is(writer->tree, node, ELEMENT_CODE) || !read_value(writer, node, "class"))
        return;
    rest = strbuf_span(&writer->value);
    while (span_next_part(&rest, ' ', &word)) {
        if (!is_language_class(word))
            continue;
        html_attribute(writer->out, "class", word);
        return;
    }
}

static void append_href(struct reading_writer *writer, uint32_t node)
{
    struct strbuf url = STRBUF_INIT;

    if (!read_value(writer, node, "href"))
        return;
    if (reading_url_append(&url, strbuf_span(&writer->value), writer->ids))
        html_attribute(writer->out, "href", strbuf_span(&url));
    strbuf_release(&url);
}

static void append_attributes(struct reading_writer *writer, uint32_t node,
                              const struct reading_element *element)
{
    struct span rest = span_of(element->attributes), word;

    if (read_value(writer, node, "id") &&
        map_get(writer->ids, strbuf_span(&writer->value)) == reading_id_owner(node)) {
        strbuf_append_text(writer->out, " id=\"" READING_ID);
        html_attr(writer->out, strbuf_span(&writer->value));
        strbuf_append_char(writer->out, '"');
    }
    if (read_value(writer, node, "lang") && writer->value.len > 0)
        append_attribute(writer, "lang");
    append_class(writer, node);
    while (span_next_part(&rest, ' ', &word)) {
        char name[16] = "";

        if (word.len == 0 || word.len >= sizeof name)
            continue;
        memcpy(name, word.data, word.len);
        if (strcmp(name, "href") == 0)
            append_href(writer, node);
        else if (read_value(writer, node, name))
            append_attribute(writer, name);
    }
}

static void append_start(struct reading_writer *writer, uint32_t node,
                         const struct reading_element *element)
{
    strbuf_append_text(writer->out, element->before ? element->before : "");
    strbuf_append_format(writer->out, "<%s", element->tag);
    append_attributes(writer, node, element);
    strbuf_append_format(writer->out, "%s>", element->more ? element->more : "");
}

/* A link to what lies in writer->value, with the text, else with the host's name. */
static void append_link(struct reading_writer *writer, struct span text)
{
    struct span url = span_trim(strbuf_span(&writer->value));

    if (!reading_url_is_safe(url))
        return;
    strbuf_append_text(writer->out, "<a href=\"");
    html_attr(writer->out, url);
    strbuf_append_text(writer->out, "\">");
    html_text(writer->out, text.len > 0 ? text : reading_url_name(url));
    strbuf_append_text(writer->out, "</a>");
}

/* A link instead of an element that has `text` in one of its attributes. */
static void append_link_for(struct reading_writer *writer, uint32_t node, const char *name)
{
    struct strbuf text = STRBUF_INIT;

    tree_value(writer->tree, node, name, &text);
    append_link(writer, span_trim(strbuf_span(&text)));
    strbuf_release(&text);
}

static void append_sizes(struct reading_writer *writer, uint32_t node)
{
    static const char *const names[] = {"width", "height"};

    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (read_value(writer, node, names[i]) && writer->value.len > 0 &&
            strspn(writer->value.data, "0123456789") == writer->value.len)
            append_attribute(writer, names[i]);
}

static void append_picture(struct reading_writer *writer, uint32_t node)
{
    if (!read_source(writer, node))
        return;
    if (reading_url_is_remote(strbuf_span(&writer->value))) {
        if (tree_inside(writer->tree, node, ELEMENT_A))
            return; /* what is linked has its own text or none */
        append_link_for(writer, node, "alt");
        return;
    }
    strbuf_append_text(writer->out, "<img");
    append_attribute(writer, "src");
    if (!read_value(writer, node, "alt"))
        strbuf_reset(&writer->value);
    append_attribute(writer, "alt");
    append_sizes(writer, node);
    strbuf_append_text(writer->out, " loading=\"lazy\">");
}

void reading_write_background(struct reading_writer *writer, uint32_t section)
{
    if (!read_value(writer, section, "data-background-image") || writer->value.len == 0 ||
        span_find_char(strbuf_span(&writer->value), ',') >= 0)
        return;
    if (reading_url_is_remote(strbuf_span(&writer->value))) {
        append_link(writer, SPAN("The picture"));
        return;
    }
    strbuf_append_text(writer->out, "<img");
    append_attribute(writer, "src");
    strbuf_append_text(writer->out, " alt=\"The picture behind this slide\" loading=\"lazy\">");
}

/* Where media lie: by the element's own attribute, else by its first source. */
static bool read_media(struct reading_writer *writer, uint32_t node)
{
    uint32_t end = tree_skip(writer->tree, node);

    if (read_source(writer, node))
        return true;
    for (uint32_t child = tree_next(writer->tree, node); child != end && child != TREE_NONE;
         child = tree_next(writer->tree, child))
        if (tree_is(writer->tree, child, ELEMENT_SOURCE))
            return read_source(writer, child);
    return false;
}

/* True if the sources that are inside are to be written too. */
static bool append_media(struct reading_writer *writer, uint32_t node,
                         const struct reading_element *element)
{
    if (!read_media(writer, node))
        return false;
    if (reading_url_is_remote(strbuf_span(&writer->value))) {
        append_link_for(writer, node, "title");
        return false;
    }
    strbuf_append_format(writer->out, "<%s controls preload=\"none\"", element->tag);
    if (read_source(writer, node))
        append_attribute(writer, "src");
    if (read_value(writer, node, "poster") && !reading_url_is_remote(strbuf_span(&writer->value)) &&
        writer->value.len > 0)
        append_attribute(writer, "poster");
    append_sizes(writer, node);
    strbuf_append_char(writer->out, '>');
    return true;
}

static void append_media_source(struct reading_writer *writer, uint32_t node,
                                const struct reading_element *element)
{
    if (!read_source(writer, node) || reading_url_is_remote(strbuf_span(&writer->value)))
        return;
    strbuf_append_format(writer->out, "<%s", element->tag);
    append_attribute(writer, "src");
    append_attributes(writer, node, element);
    strbuf_append_char(writer->out, '>');
}

static void append_box(struct reading_writer *writer, uint32_t node)
{
    if (read_value(writer, node, "type") && span_is_nocase(strbuf_span(&writer->value), "checkbox"))
        strbuf_append_text(writer->out,
                           tree_attribute(writer->tree, node, "checked") ? "\u2611" : "\u2610");
}

static bool is_left_out(struct reading_writer *writer, uint32_t node)
{
    return node == writer->without || text_is_notes(writer->tree, node) ||
           tree_attribute(writer->tree, node, "hidden") ||
           (read_value(writer, node, "aria-hidden") &&
            span_is(strbuf_span(&writer->value), "true"));
}

static const struct reading_element *element_of(const struct reading_writer *writer, uint32_t node)
{
    return reading_element_find(tree_at(writer->tree, node)->text);
}

/* Writes the beginning of an element; true if what is inside is to be written. */
static bool enter(struct reading_writer *writer, uint32_t node)
{
    const struct reading_element *element = element_of(writer, node);

    if (is_left_out(writer, node) || reading_write_drawn(writer, node))
        return false;
    switch (element->way) {
    case READING_INSIDE:
        return true;
    case READING_KEPT:
    case READING_HEADING:
        append_start(writer, node, element);
        return true;
    case READING_MEDIA:
        return append_media(writer, node, element);
    case READING_PICTURE:
        append_picture(writer, node);
        break;
    case READING_SOURCE:
        append_media_source(writer, node, element);
        break;
    case READING_FRAME:
        if (read_source(writer, node))
            append_link_for(writer, node, "title");
        break;
    case READING_BOX:
        append_box(writer, node);
        break;
    case READING_NOTHING:
        break;
    }
    return false;
}

static void leave(struct reading_writer *writer, uint32_t node)
{
    const struct reading_element *element = element_of(writer, node);

    if (element->tag && !(element_traits(tree_at(writer->tree, node)->element) & TRAIT_VOID))
        strbuf_append_format(writer->out, "</%s>%s", element->tag,
                             element->after ? element->after : "");
}

/*
 * Text is encoded anew: what was apart may have come together by elements that are left out.
 */
static void append_text(struct reading_writer *writer, uint32_t node)
{
    strbuf_reset(&writer->value);
    tree_decode(&writer->value, tree_at(writer->tree, node)->text);
    reading_write_text(writer, node, strbuf_span(&writer->value));
}

void reading_write_inside(struct reading_writer *writer, uint32_t container)
{
    const struct tree *tree = writer->tree;
    uint32_t node = tree_at(tree, container)->first;

    while (node != TREE_NONE && node != container) {
        const struct tree_node *at = tree_at(tree, node);

        if (at->kind == TREE_TEXT)
            append_text(writer, node);
        if (at->kind == TREE_ELEMENT && enter(writer, node)) {
            if (at->first != TREE_NONE) {
                node = at->first;
                continue;
            }
            leave(writer, node);
        }
        while (node != container && tree_at(tree, node)->next == TREE_NONE) {
            node = tree_at(tree, node)->parent;
            if (node != container)
                leave(writer, node);
        }
        if (node != container)
            node = tree_at(tree, node)->next;
    }
}
