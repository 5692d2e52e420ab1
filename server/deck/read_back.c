#include "deck/read_back.h"

#include "base/mem.h"
#include "deck/drawn_words.h"
#include "deck/html_sections.h"
#include "deck/markup.h"
#include "deck/text.h"
#include "deck/tree.h"

#include <stdint.h>
#include <stdlib.h>

/* What the start tag of a section says, as far as it matters here. */
struct tag {
    struct strbuf id;
    bool hidden;
};

static void read_tag(struct tag *tag, struct span html)
{
    struct markup markup = {.input = html};
    struct markup_token token = {0};

    strbuf_reset(&tag->id);
    tag->hidden = false;
    if (markup_next(&markup, &token)) {
        vec_each (&token.attributes, attribute) {
            if (span_is_nocase(attribute->name, "id") && tag->id.len == 0)
                tree_decode(&tag->id, attribute->value);
            else if (span_is_nocase(attribute->name, "data-visibility"))
                tag->hidden = span_is_nocase(attribute->value, "hidden");
        }
    }
    markup_token_release(&token);
}

static struct deck_slide read_slide(struct span html, const struct tag *tag,
                                    const struct drawn *drawn)
{
    struct strbuf heading = STRBUF_INIT, text = STRBUF_INIT, notes = STRBUF_INIT;
    struct tree tree = {0};
    struct deck_slide slide = {.id = mem_copy(tag->id.data, tag->id.len)};

    tree_parse(&tree, html);
    drawn_put_words(&tree, drawn);
    text_append_heading(&tree, TREE_ROOT, &heading);
    text_append(&tree, TREE_ROOT, &text, &notes);
    tree_release(&tree);
    slide.heading = strbuf_detach(&heading, NULL);
    slide.text = strbuf_detach(&text, NULL);
    slide.notes = strbuf_detach(&notes, NULL);
    return slide;
}

void slides_read_back(struct slide_list *slides, struct span html, const struct drawn *drawn)
{
    struct html_sections sections = {0};
    struct tag tag = {.id = STRBUF_INIT}, wrapper = {.id = STRBUF_INIT};
    unsigned h = 0, v = 0, stack = UINT32_MAX;

    html_sections_find(&sections, html);
    vec_each (&sections.list, section) {
        struct deck_slide slide;

        if (section->stack != stack) {
            h += v > 0;
            v = 0;
            stack = section->stack;
            read_tag(&wrapper, span_cut(html, section->stack_tag.start, section->stack_tag.end));
        }
        read_tag(&tag, span_cut(html, section->tag.start, section->tag.end));
        if (tag.hidden || wrapper.hidden)
            continue;
        slide =
            read_slide(span_cut(html, section->content.start, section->content.end), &tag, drawn);
        slide.h = h;
        slide.v = v++;
        vec_push(&slides->list, slide);
    }
    html_sections_release(&sections);
    strbuf_release(&tag.id);
    strbuf_release(&wrapper.id);
}

struct span slide_body(const struct deck_slide *slide)
{
    struct span text = span_of(slide->text), heading = span_of(slide->heading),
                between = SPAN(TEXT_BETWEEN);

    if (!span_starts_with(text, heading))
        return text;
    text = span_trim(span_from(text, heading.len));
    return span_starts_with(text, between) ? span_trim(span_from(text, between.len)) : text;
}

void slide_list_release(struct slide_list *slides)
{
    vec_each (&slides->list, slide) {
        free(slide->id);
        free(slide->heading);
        free(slide->text);
        free(slide->notes);
    }
    vec_release(&slides->list);
}
