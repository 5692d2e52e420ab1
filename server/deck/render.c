#include "deck/render.h"

#include "base/escape.h"
#include "base/map.h"
#include "base/mem.h"
#include "deck/attributes.h"
#include "deck/definitions.h"
#include "deck/expansion.h"
#include "deck/line_counter.h"
#include "deck/link.h"
#include "deck/markdown.h"
#include "deck/markup.h"
#include "deck/math.h"
#include "deck/prepare.h"
#include "deck/refer.h"
#include "deck/text.h"
#include "deck/tree.h"

#include <string.h>

struct renderer {
    const struct deck_settings *settings;
    const char *file;
    struct err_list *errs;
    struct links links;
    struct definitions definitions;
    struct map languages;
    bool code, math, mermaid;
    unsigned part; /* slides and notes, counted: footnotes are named by it */
};

/* One text on its way: a slide's, in Markdown or HTML, or its notes'. */
struct part {
    struct renderer *renderer;
    struct span html; /* of the author's; then the next two are not used */
    struct line_counter lines;
    struct prepared prepared;
    struct markdown markdown;
    struct tree tree;
};

struct renderer *renderer_new(const struct deck_request *request,
                              const struct deck_settings *settings, const char *file,
                              struct err_list *errs)
{
    struct renderer *renderer = mem_zero(1, sizeof *renderer);

    renderer->settings = settings;
    renderer->file = file;
    renderer->errs = errs;
    links_init(&renderer->links, request, file, errs);
    definitions_init(&renderer->definitions);
    map_init(&renderer->languages);
    return renderer;
}

void renderer_free(struct renderer *renderer)
{
    if (!renderer)
        return;
    map_release(&renderer->languages);
    definitions_release(&renderer->definitions);
    links_release(&renderer->links);
    free(renderer);
}

void renderer_define(struct renderer *renderer, struct span whole_text)
{
    definitions_find(&renderer->definitions, whole_text);
}

void slide_html_init(struct slide_html *html)
{
    *html =
        (struct slide_html){.attributes = STRBUF_INIT, .body = STRBUF_INIT, .notes = STRBUF_INIT};
}

void slide_html_release(struct slide_html *html)
{
    strbuf_release(&html->attributes);
    strbuf_release(&html->body);
    strbuf_release(&html->notes);
    free(html->id);
    free(html->heading);
    free(html->text);
    free(html->notes_text);
    nested_release(&html->nested);
}

static unsigned part_line(void *context, size_t offset)
{
    struct part *part = context;

    if (part->html.data)
        return line_counter_at(&part->lines, part->html, offset);
    return prepared_line(&part->prepared, markdown_line_at(&part->markdown, offset));
}

static void part_problem(void *context, size_t offset, const char *text)
{
    struct part *part = context;

    err_add(part->renderer->errs, SEVERITY_WARNING, part->renderer->file, part_line(part, offset),
            0, "%s", text);
}

static void bound_references(struct part *part, unsigned line)
{
    struct strbuf bounded = STRBUF_INIT;

    if (!expansion_bound(strbuf_span(&part->prepared.text), &bounded))
        return;
    strbuf_release(&part->prepared.text);
    part->prepared.text = bounded;
    err_add(part->renderer->errs, SEVERITY_WARNING, part->renderer->file, line, 0,
            "a link reference is used so often that its long address would fill megabytes: it "
            "stays text; shorten the address");
}

static void part_parse(struct part *part, struct renderer *renderer, struct span text,
                       unsigned line)
{
    const struct deck_settings *settings = renderer->settings;
    struct prepare_options prepare_options = {
        .lenient_headings = settings->lenient_headings,
        .raw_math = settings->math == MATH_RAW,
        .file = renderer->file,
        .errs = renderer->errs,
    };
    struct markdown_options options = {
        .dialect = settings->math == MATH_RAW ? COMMONMARK_GFM_MATH : COMMONMARK_GFM,
        .animate_lists = settings->animate_lists,
        .mermaid = settings->mermaid,
        .emoji = settings->emoji ? renderer->links.request->files.emoji : NULL,
        .slide = ++renderer->part,
    };
    struct strbuf definitions = STRBUF_INIT;

    *part = (struct part){.renderer = renderer};
    definitions_append(&renderer->definitions, text, renderer->part, &definitions);
    prepare(&part->prepared, text, line, strbuf_span(&definitions), &prepare_options);
    bound_references(part, line);
    markdown_render(&part->markdown, strbuf_span(&part->prepared.text), &options);
    if (prepare_options.raw_math)
        math_restore(&part->markdown.html);
    tree_parse(&part->tree, strbuf_span(&part->markdown.html));
    strbuf_release(&definitions);
}

static void part_parse_html(struct part *part, struct renderer *renderer, struct span html,
                            unsigned line)
{
    *part = (struct part){.renderer = renderer, .html = html, .lines = {0, line}};
    tree_parse(&part->tree, html);
}

/* What reveal.js's plugin reads from a section is used up by us, and is no part of the slide. */
static bool is_instruction(struct span name)
{
    static const char *const instructions[] = {
        "data-markdown",        "data-separator", "data-separator-vertical",
        "data-separator-notes", "data-charset",   "data-element-attributes",
        "data-attributes",
    };

    for (size_t i = 0; i < sizeof instructions / sizeof instructions[0]; i++)
        if (span_is_nocase(name, instructions[i]))
            return true;
    return false;
}

static void set_tag(struct part *part, struct span tag)
{
    struct markup markup = {.input = tag};
    struct markup_token token = {0};
    struct strbuf value = STRBUF_INIT;

    if (markup_next(&markup, &token)) {
        vec_each (&token.attributes, attribute) {
            if (is_instruction(attribute->name))
                continue;
            strbuf_reset(&value);
            tree_decode(&value, attribute->value);
            tree_set(&part->tree, TREE_ROOT, attribute->name, strbuf_span(&value));
        }
    }
    strbuf_release(&value);
    markup_token_release(&token);
}

static void part_finish(struct part *part)
{
    struct renderer *renderer = part->renderer;
    struct refer refer = {
        .links = &renderer->links,
        .languages = &renderer->languages,
        .look_for_math = renderer->settings->math == MATH_TEXT && !renderer->math,
        .draw_mermaid = renderer->settings->mermaid,
        .line_at = part_line,
        .context = part,
    };

    refer_apply(&refer, &part->tree);
    renderer->code |= refer.code;
    renderer->math |= refer.math;
    renderer->mermaid |= refer.mermaid;
}

static void part_release(struct part *part)
{
    tree_release(&part->tree);
    markdown_release(&part->markdown);
    prepared_release(&part->prepared);
}

/* The section's attributes; its id apart, as that must be unique in the deck. */
static void take_attributes(const struct tree *tree, struct slide_html *ret)
{
    struct strbuf value = STRBUF_INIT;

    for (uint32_t index = tree_at(tree, TREE_ROOT)->attributes; index != 0;) {
        const struct tree_attribute *attribute = &tree->attributes.items[index - 1];

        index = attribute->next;
        strbuf_reset(&value);
        tree_decode(&value, attribute->value);
        if (span_is_nocase(attribute->name, "id")) {
            free(ret->id);
            ret->id = mem_copy(value.data, value.len);
            continue;
        }
        if (span_is_nocase(attribute->name, "data-visibility"))
            ret->hidden = span_is(strbuf_span(&value), "hidden");
        strbuf_append_char(&ret->attributes, ' ');
        strbuf_append_span(&ret->attributes, attribute->name);
        strbuf_append_text(&ret->attributes, "=\"");
        html_attr(&ret->attributes, strbuf_span(&value));
        strbuf_append_char(&ret->attributes, '"');
    }
    strbuf_release(&value);
}

static void take_texts(struct part *body, const struct part *notes, struct slide_html *ret)
{
    struct strbuf text = STRBUF_INIT, heading = STRBUF_INIT, notes_text = STRBUF_INIT;
    uint32_t first = text_find_heading(&body->tree, TREE_ROOT);

    text_append(&body->tree, TREE_ROOT, &text, &notes_text);
    text_append(&notes->tree, TREE_ROOT, &notes_text, &notes_text);
    if (first != TREE_NONE) {
        text_append(&body->tree, first, &heading, NULL);
        ret->heading_line = part_line(body, tree_at(&body->tree, first)->offset);
    }
    ret->text = strbuf_detach(&text, NULL);
    ret->heading = strbuf_detach(&heading, NULL);
    ret->notes_text = strbuf_detach(&notes_text, NULL);
    nested_find(&ret->nested, &body->tree);
}

void renderer_slide(struct renderer *renderer, const struct slide_source *source,
                    struct slide_html *ret)
{
    struct attributes_place place = {.problem = part_problem};
    struct part body, notes;

    if (source->html.data)
        part_parse_html(&body, renderer, source->html, source->line);
    else
        part_parse(&body, renderer, source->markdown, source->line);
    set_tag(&body, source->tag);
    part_parse(&notes, renderer, source->notes, source->notes_line);
    place.context = &body;
    if (!source->html.data)
        attributes_apply(&body.tree, &body.tree, &place);
    place.context = &notes;
    attributes_apply(&notes.tree, &body.tree, &place);
    part_finish(&body);
    part_finish(&notes);
    tree_append_html(&body.tree, &ret->body);
    tree_append_html(&notes.tree, &ret->notes);
    take_attributes(&body.tree, ret);
    take_texts(&body, &notes, ret);
    part_release(&notes);
    part_release(&body);
}

void renderer_append_url(struct renderer *renderer, struct strbuf *out, struct span url,
                         unsigned line)
{
    struct deck_file file;

    links_append(&renderer->links, out, url, LINK_FILE, line, &file);
}

static void take_keys(const struct map *map, struct text_list *ret)
{
    for (size_t i = 0; i < map->count; i++)
        vec_push(&ret->list, mem_copy(map->entries[i].key.data, map->entries[i].key.len));
}

void renderer_finish(struct renderer *renderer, struct deck *deck)
{
    take_keys(&renderer->languages, &deck->languages);
    take_keys(&renderer->links.hosts, &deck->hosts);
    deck->has_code = renderer->code;
    deck->has_math = renderer->math;
    deck->has_mermaid = renderer->mermaid;
}
