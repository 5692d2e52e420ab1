#include "deck/sections.h"

#include "base/escape.h"
#include "base/mem.h"
#include "deck/slug.h"

#include <string.h>

void sections_release(struct sections *sections)
{
    vec_each (&sections->list, section) {
        slide_html_release(&section->html);
        if (section->wrapper)
            slide_html_release(section->wrapper);
        free(section->wrapper);
    }
    vec_release(&sections->list);
}

void sections_add(struct sections *sections, struct slide_html *html, unsigned stack, unsigned line)
{
    struct section section = {.html = *html, .stack = stack, .line = line};

    vec_push(&sections->list, section);
    slide_html_init(html);
}

void sections_wrap(struct sections *sections, size_t index, struct slide_html *html)
{
    struct slide_html *wrapper = mem_alloc(sizeof *wrapper);

    *wrapper = *html;
    sections->list.items[index].wrapper = wrapper;
    slide_html_init(html);
}

static void reserve_id(struct slide_html *html, unsigned line, struct slugger *slugger,
                       const char *file, struct err_list *errs)
{
    if (!html->id || (*html->id && slugger_reserve(slugger, span_of(html->id))))
        return;
    err_add(errs, SEVERITY_WARNING, file, line, 0,
            "two slides have the id \"%s\": give this one another", html->id);
    free(html->id);
    html->id = NULL;
}

/* Authors' ids first, so that none of ours is in their way. */
static void reserve_ids(struct sections *sections, struct slugger *slugger, const char *file,
                        struct err_list *errs)
{
    vec_each (&sections->list, section) {
        if (section->wrapper)
            reserve_id(section->wrapper, section->line, slugger, file, errs);
        reserve_id(&section->html, section->line, slugger, file, errs);
    }
}

static void make_id(struct slide_html *html, struct slugger *slugger)
{
    struct strbuf id = STRBUF_INIT;
    const char *text = *html->heading ? html->heading : html->text;

    slugger_make(slugger, span_of(text), &id);
    html->id = strbuf_detach(&id, NULL);
}

/* Slides from the `first` on, counted from 1 through the whole deck. */
struct numbers {
    size_t first, count;
};

static bool has_role_or_name(const struct slide_html *html)
{
    struct span attributes = strbuf_span(&html->attributes);

    return span_find(attributes, SPAN(" role=\"")) >= 0 ||
           span_find(attributes, SPAN(" aria-")) >= 0;
}

/* A section that no heading names is a group, named by the numbers of its slides. */
static void append_name(struct strbuf *out, struct numbers numbers)
{
    if (numbers.count == 1)
        strbuf_append_format(out, " role=\"group\" aria-label=\"Slide %zu\"", numbers.first);
    else
        strbuf_append_format(out, " role=\"group\" aria-label=\"Slides %zu to %zu\"", numbers.first,
                             numbers.first + numbers.count - 1);
}

static void append_tag(struct strbuf *out, const struct slide_html *html, struct numbers numbers)
{
    bool is_headed = html && html->heading && *html->heading && numbers.count == 1;

    strbuf_append_text(out, "<section");
    if (html && html->id) {
        strbuf_append_text(out, " id=\"");
        html_attr(out, span_of(html->id));
        strbuf_append_char(out, '"');
    }
    if (html)
        strbuf_append_span(out, strbuf_span(&html->attributes));
    if (!is_headed && !(html && has_role_or_name(html)))
        append_name(out, numbers);
    strbuf_append_text(out, ">\n");
}

static void append_section(struct strbuf *out, const struct slide_html *html,
                           struct numbers numbers)
{
    append_tag(out, html, numbers);
    strbuf_append_span(out, strbuf_span(&html->body));
    if (html->body.len > 0 && html->body.data[html->body.len - 1] != '\n')
        strbuf_append_char(out, '\n');
    if (html->notes.len > 0) {
        strbuf_append_text(out, "<aside class=\"notes\">\n");
        strbuf_append_span(out, strbuf_span(&html->notes));
        if (html->notes.data[html->notes.len - 1] != '\n')
            strbuf_append_char(out, '\n');
        strbuf_append_text(out, "</aside>\n");
    }
    strbuf_append_text(out, "</section>\n");
}

static void add_to_index(struct deck *deck, struct slide_html *html, unsigned h, unsigned v)
{
    struct deck_slide slide = {
        .h = h,
        .v = v,
        .id = html->id,
        .heading = html->heading,
        .heading_line = html->heading_line,
        .text = html->text,
        .notes = html->notes_text,
    };

    vec_push(&deck->index, slide);
    html->id = html->heading = html->text = html->notes_text = NULL;
}

/* A lone slide that holds sections is a stack to reveal.js, and they are its slides. */
static void add_nested_to_index(struct deck *deck, struct slide_html *html, unsigned h)
{
    vec_each (&html->nested.slides, nested) {
        struct deck_slide slide = {
            .h = h,
            .v = nested->v,
            .id = nested->id ? nested->id : mem_format("%u/%u", h, nested->v),
            .heading = nested->heading,
            .heading_line = html->heading_line,
            .text = nested->text,
            .notes = nested->notes,
        };

        vec_push(&deck->index, slide);
        *nested = (struct nested_slide){0};
    }
}

/* The shown slides of one stack, as one section or a stack of them. */
static void append_stack(struct deck *deck, struct section *sections, size_t count,
                         struct slugger *slugger, unsigned *h)
{
    const struct slide_html *wrapper = sections[0].wrapper;
    size_t shown = 0;
    unsigned v = 0;
    bool stacked, is_stack;

    for (size_t i = 0; i < count; i++)
        shown += !sections[i].html.hidden;
    if (shown == 0 || (wrapper && wrapper->hidden))
        return;
    stacked = shown > 1 || (wrapper && (wrapper->id || wrapper->attributes.len > 0));
    if (stacked)
        append_tag(&deck->slides, wrapper, (struct numbers){deck->index.count + 1, shown});
    for (size_t i = 0; i < count; i++) {
        struct slide_html *html = &sections[i].html;

        if (html->hidden)
            continue;
        if (!html->id)
            make_id(html, slugger);
        is_stack = !stacked && html->nested.slides.count > 0;
        append_section(
            &deck->slides, html,
            (struct numbers){deck->index.count + 1, is_stack ? html->nested.slides.count : 1});
        if (is_stack)
            add_nested_to_index(deck, html, *h);
        else
            add_to_index(deck, html, *h, v);
        v += 1 + html->nested.count;
    }
    if (stacked)
        strbuf_append_text(&deck->slides, "</section>\n");
    ++*h;
}

void sections_finish(struct sections *sections, struct deck *deck, const char *file,
                     struct err_list *errs)
{
    size_t count = sections->list.count, last;
    struct slugger slugger;
    unsigned h = 0;

    slugger_init(&slugger);
    slugger_reserve(&slugger, SPAN("reveal-options")); /* the page's own */
    reserve_ids(sections, &slugger, file, errs);
    for (size_t first = 0; first < count; first = last) {
        const struct section *items = sections->list.items;

        for (last = first; last < count && items[last].stack == items[first].stack;)
            last++;
        append_stack(deck, sections->list.items + first, last - first, &slugger, &h);
    }
    slugger_release(&slugger);
}
