#include "deck/html_sections.h"

#include "deck/element.h"
#include "deck/markup.h"

/* How deep in <section> elements: those below a slide are part of it. */
enum depth { OUTSIDE, IN_SECTION, IN_STACKED };

struct finder {
    struct html_sections *sections;
    struct markup markup;
    struct markup_token token;
    struct html_section current; /* at IN_SECTION perhaps a stack, at IN_STACKED a slide of it */
    struct html_range outer;     /* start tag of the section at IN_SECTION */
    size_t early;                /* the first that is in it, before any section; 0 for nothing */
    size_t nested;               /* sections open inside a slide */
    enum depth depth;
    bool has_slides; /* the section at IN_SECTION is a stack */
    unsigned stack;
};

static void add_slide(struct finder *finder, struct html_range tag, size_t start, size_t end)
{
    struct html_section section = {.tag = tag, .content = {start, end}, .stack = finder->stack};

    if (finder->depth == IN_STACKED)
        section.stack_tag = finder->outer;
    vec_push(&finder->sections->list, section);
}

static void open_section(struct finder *finder)
{
    struct html_range tag = {finder->token.offset, finder->markup.at};

    switch (finder->depth) {
    case OUTSIDE:
        finder->outer = tag;
        finder->has_slides = false;
        finder->early = 0;
        finder->depth = IN_SECTION;
        break;
    case IN_SECTION:
        finder->current.tag = tag;
        finder->has_slides = true;
        if (finder->early > 0 && finder->early < finder->sections->stray)
            finder->sections->stray = finder->early;
        finder->depth = IN_STACKED;
        break;
    case IN_STACKED:
        finder->nested++;
        break;
    }
}

static void close_section(struct finder *finder, size_t end)
{
    if (finder->nested > 0) {
        finder->nested--;
        return;
    }
    switch (finder->depth) {
    case OUTSIDE:
        break;
    case IN_SECTION:
        if (!finder->has_slides)
            add_slide(finder, finder->outer, finder->outer.end, end);
        finder->stack++;
        finder->depth = OUTSIDE;
        break;
    case IN_STACKED:
        add_slide(finder, finder->current.tag, finder->current.tag.end, end);
        finder->depth = IN_SECTION;
        break;
    }
}

/* Something to see, which perhaps no slide shows. */
static void content(struct finder *finder)
{
    size_t at = finder->token.offset;
    bool in_no_slide =
        finder->depth == OUTSIDE || (finder->depth == IN_SECTION && finder->has_slides);

    if (in_no_slide && at < finder->sections->stray)
        finder->sections->stray = at;
    if (finder->depth == IN_SECTION && finder->early == 0)
        finder->early = at;
}

static void start_tag(struct finder *finder)
{
    size_t start = finder->markup.at;
    struct span name = finder->token.name, text;

    if (element_find(name) == ELEMENT_SECTION) {
        open_section(finder);
        return;
    }
    content(finder);
    if (!(element_traits(element_find(name)) & TRAIT_RAW))
        return;
    markup_raw_text(&finder->markup, name, &text);
    if (element_find(name) == ELEMENT_TITLE && finder->sections->title.end == 0 &&
        finder->depth == OUTSIDE)
        finder->sections->title = (struct html_range){start, start + text.len};
}

void html_sections_find(struct html_sections *sections, struct span html)
{
    struct finder finder = {.sections = sections, .markup = {.input = html}};

    sections->stray = html.len;
    while (markup_next(&finder.markup, &finder.token)) {
        switch (finder.token.kind) {
        case MARKUP_START:
            start_tag(&finder);
            break;
        case MARKUP_END:
            if (element_find(finder.token.name) == ELEMENT_SECTION)
                close_section(&finder, finder.token.offset);
            break;
        case MARKUP_TEXT:
            if (span_trim(finder.token.text).len > 0)
                content(&finder);
            break;
        case MARKUP_COMMENT:
            break;
        }
    }
    finder.nested = 0;
    while (finder.depth != OUTSIDE)
        close_section(&finder, html.len);
    markup_token_release(&finder.token);
}

void html_sections_release(struct html_sections *sections)
{
    vec_release(&sections->list);
}

bool html_is_whole_page(struct span html)
{
    struct span rest = span_trim(html);

    while (span_starts_with(rest, SPAN("<!--"))) {
        ptrdiff_t end = span_find(rest, SPAN("-->"));

        if (end < 0)
            return false;
        rest = span_trim(span_from(rest, (size_t)end + 3));
    }
    return span_is_nocase(span_cut(rest, 0, 9), "<!doctype") ||
           span_is_nocase(span_cut(rest, 0, 5), "<html");
}
