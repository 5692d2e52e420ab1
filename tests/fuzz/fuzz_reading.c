/*
 * Any HTML as a slide to be read: what comes out is text of known elements and attributes that runs
 * nothing, looks at nothing, and leaves nothing open. Read for searching, it is no longer than it
 * was, but for the marks between items.
 */
#include "target.h"

#include "base/mem.h"
#include "base/utf8.h"
#include "deck/deck.h"
#include "deck/read_back.h"
#include "deck/reading.h"
#include "deck/tree.h"

#include <string.h>

static bool is_one_of(struct span name, const char *const *names)
{
    for (; *names; names++)
        if (span_is_nocase(name, *names))
            return true;
    return false;
}

static void check_attribute(const struct tree *tree, uint32_t node,
                            const struct tree_attribute *attribute)
{
    static const char *const known[] = {"href",     "src",     "alt",        "width",    "height",
                                        "loading",  "id",      "lang",       "class",    "start",
                                        "reversed", "type",    "value",      "tabindex", "colspan",
                                        "rowspan",  "scope",   "dir",        "title",    "poster",
                                        "kind",     "srclang", "label",      "controls", "datetime",
                                        "preload",  "role",    "aria-label", NULL};
    struct strbuf value = STRBUF_INIT;

    (void)node;
    check(is_one_of(attribute->name, known));
    tree_decode(&value, attribute->value);
    if (span_is(attribute->name, "href") || span_is(attribute->name, "src") ||
        span_is(attribute->name, "poster")) {
        struct span url = span_trim(strbuf_span(&value));

        check(!span_is_nocase(span_cut(url, 0, 11), "javascript:"));
        check(span_is(attribute->name, "href") || (!span_is_nocase(span_cut(url, 0, 5), "http:") &&
                                                   !span_is_nocase(span_cut(url, 0, 6), "https:")));
    }
    if (span_is(attribute->name, "id"))
        check(strncmp(value.data, "s-", 2) == 0);
    (void)tree;
    strbuf_release(&value);
}

static void check_text(struct span html)
{
    static const enum element never[] = {ELEMENT_SCRIPT, ELEMENT_STYLE,  ELEMENT_IFRAME,
                                         ELEMENT_OBJECT, ELEMENT_EMBED,  ELEMENT_SVG,
                                         ELEMENT_MATH,   ELEMENT_INPUT,  ELEMENT_TEMPLATE,
                                         ELEMENT_FORM,   ELEMENT_SECTION};
    struct tree tree = {0};

    check(utf8_valid(html, NULL));
    tree_parse(&tree, html);
    for (uint32_t node = tree_next(&tree, TREE_ROOT); node != TREE_NONE;
         node = tree_next(&tree, node)) {
        const struct tree_node *at = tree_at(&tree, node);

        check(at->kind != TREE_COMMENT);
        if (at->kind != TREE_ELEMENT)
            continue;
        for (size_t i = 0; i < sizeof never / sizeof *never; i++)
            check(!tree_is(&tree, node, never[i]));
        for (uint32_t index = at->attributes; index != 0;) {
            const struct tree_attribute *attribute = &tree.attributes.items[index - 1];

            check_attribute(&tree, node, attribute);
            index = attribute->next;
        }
    }
    tree_release(&tree);
}

static void check_read_back(const struct deck *deck)
{
    const struct drawn drawn = drawn_of(deck);
    struct slide_list slides = {0};

    slides_read_back(&slides, deck_sections(deck), &drawn);
    vec_each (&slides.list, slide) {
        check(utf8_valid(span_of(slide->text), NULL));
        check(strlen(slide->text) <= 4 * deck->slides.len);
    }
    slide_list_release(&slides);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct deck deck = {.slides = STRBUF_INIT, .has_math = true, .has_mermaid = true};
    struct deck_slide slide = {.id = mem_copy_text("a"),
                               .heading = mem_copy_text(""),
                               .text = mem_copy_text(""),
                               .notes = mem_copy_text("")};
    struct strbuf out = STRBUF_INIT;
    struct reading *reading;

    vec_push(&deck.index, slide);
    if (utf8_valid((struct span){(const char *)data, size}, NULL)) {
        strbuf_append_text(&deck.slides, "<section id=\"a\">");
        strbuf_append(&deck.slides, data, size);
        strbuf_append_text(&deck.slides, "</section>");
        reading = reading_new(&deck);
        reading_append_heading(reading, 0, &out);
        check_text(strbuf_span(&out));
        strbuf_reset(&out);
        reading_append_body(reading, 0, &out);
        check_text(strbuf_span(&out));
        check(out.len <= 80 * size + 80);
        strbuf_reset(&out);
        reading_append_notes(reading, 0, &out);
        check_text(strbuf_span(&out));
        reading_free(reading);
        check_read_back(&deck);
    }
    strbuf_release(&out);
    deck_drop_slides(&deck);
    return 0;
}
