#include "base/mem.h"
#include "deck/dedent.h"
#include "deck/element.h"
#include "deck/html_sections.h"
#include "deck/include.h"
#include "deck/line_counter.h"
#include "deck/loading.h"
#include "deck/markup.h"
#include "deck/tree.h"

#include <stdlib.h>

/* A section and what it says of itself; offsets are in the assembled text. */
struct slide {
    struct html_section at;
    bool is_markdown;
    char *separator, *vertical, *notes; /* of its attributes, or NULL */
    struct html_range file;             /* the text of the file that it names; empty for none */
    struct html_range text;             /* else its own Markdown, in loading->markdown */
    unsigned line;                      /* of the first byte of its Markdown */
};

struct slides {
    VEC(struct slide) list;
};

static struct span range(struct span text, struct html_range at)
{
    return span_cut(text, at.start, at.end);
}

static char *attribute(const struct markup_token *tag, const char *name)
{
    struct strbuf value = STRBUF_INIT;

    vec_each (&tag->attributes, attribute) {
        if (!span_is_nocase(attribute->name, name))
            continue;
        tree_decode(&value, attribute->value);
        return strbuf_detach(&value, NULL);
    }
    return NULL;
}

/* Puts the file that a section names behind the text. */
static void append_file(struct loading *loading, struct slide *slide, const char *url,
                        const char *charset)
{
    struct assembly *assembly = &loading->assembly;
    struct strbuf path = STRBUF_INIT, text = STRBUF_INIT;
    const char *usual = assembly->charset;

    if (!include_resolve("", span_of(url), &path)) {
        err_add(&loading->errs, SEVERITY_WARNING, loading->file, slide->line, 0,
                "%s is not below the deck's directory: only files there can be slides", url);
    } else {
        assembly->charset = charset ? charset : usual;
        slide->file.start = assembly->text.len;
        if (assembly_read(assembly, path.data, &text, loading->file, slide->line) == 0) {
            slide->line = assembly->line;
            assembly_append(assembly, path.data, strbuf_span(&text));
        }
        slide->file.end = assembly->text.len;
        assembly->charset = usual;
    }
    strbuf_release(&text);
    strbuf_release(&path);
}

struct template
{
    struct span text;
    bool encoded; /* entities are to be decoded */
    bool found;
};

/* As reveal.js: what has data-template, else the first script. */
static struct template find_template(struct span content)
{
    struct markup markup = {.input = content};
    struct markup_token token = {0};
    struct template best = {.found = false};

    while (markup_next(&markup, &token)) {
        enum element element = element_find(token.name);
        struct span text;
        char *marked;

        if (token.kind != MARKUP_START || !(element_traits(element) & TRAIT_RAW))
            continue;
        markup_raw_text(&markup, token.name, &text);
        marked = attribute(&token, "data-template");
        if (marked || (element == ELEMENT_SCRIPT && !best.found))
            best = (struct template){text, element != ELEMENT_SCRIPT, true};
        free(marked);
        if (marked)
            break;
    }
    markup_token_release(&token);
    return best;
}

static void append_text_content(struct strbuf *out, struct span html)
{
    struct markup markup = {.input = html};
    struct markup_token token = {0};

    while (markup_next(&markup, &token))
        if (token.kind == MARKUP_TEXT)
            tree_decode(out, token.text);
    markup_token_release(&token);
}

/* The section's own Markdown, moved out of its indentation. */
static void take_own_text(struct loading *loading, struct slide *slide, struct line_counter *lines)
{
    struct span text = strbuf_span(&loading->assembly.text);
    struct span content = range(text, slide->at.content);
    struct template template = find_template(content);
    struct strbuf decoded = STRBUF_INIT, memory = STRBUF_INIT;

    if (!template.found) {
        append_text_content(&decoded, content);
        template.text = content;
    } else if (template.encoded) {
        tree_decode(&decoded, template.text);
    } else {
        strbuf_append_span(&decoded, template.text);
    }
    slide->line = line_counter_at(lines, text, (size_t)(template.text.data - text.data));
    slide->text.start = loading->markdown.len;
    strbuf_append_span(&loading->markdown, dedent(strbuf_span(&decoded), &memory));
    slide->text.end = loading->markdown.len;
    /* So that what one slide leaves open does not hide the next one's definitions. */
    strbuf_append_text(&loading->markdown, "\n\n");
    strbuf_release(&memory);
    strbuf_release(&decoded);
}

static void add_slide(struct loading *loading, const struct html_section *at,
                      struct line_counter *lines, struct slides *slides)
{
    struct span text = strbuf_span(&loading->assembly.text);
    struct markup markup = {.input = range(text, at->tag)};
    struct markup_token tag = {0};
    struct slide slide = {.at = *at};
    char *url = NULL, *charset = NULL;

    markup_next(&markup, &tag);
    url = attribute(&tag, "data-markdown");
    slide.is_markdown = url;
    slide.line = line_counter_at(lines, text, at->content.start);
    if (slide.is_markdown) {
        slide.separator = attribute(&tag, "data-separator");
        slide.vertical = attribute(&tag, "data-separator-vertical");
        slide.notes = attribute(&tag, "data-separator-notes");
        charset = attribute(&tag, "data-charset");
    }
    if (slide.is_markdown && *url)
        append_file(loading, &slide, url, charset);
    else if (slide.is_markdown)
        take_own_text(loading, &slide, lines);
    free(charset);
    free(url);
    markup_token_release(&tag);
    vec_push(&slides->list, slide);
}

/* Without a data-separator-vertical there are no vertical slides, unless the settings say so. */
static void render_markdown(struct loading *loading, const struct slide *slide, unsigned stack)
{
    struct deck_settings settings = loading->deck->settings; /* borrows what it points to */
    struct span text = strbuf_span(&loading->assembly.text);
    struct markdown_part part = {
        .settings = &settings,
        .text = slide->file.end > 0 ? range(text, slide->file)
                                    : range(strbuf_span(&loading->markdown), slide->text),
        .line = slide->line,
        .tag = range(text, slide->at.tag),
        .in_stack = slide->at.stack_tag.end > 0,
        .stack = stack,
    };

    settings.no_vertical = !slide->vertical && !settings.vertical_separator;
    if (slide->separator)
        settings.separator = slide->separator;
    if (slide->vertical)
        settings.vertical_separator = slide->vertical;
    if (slide->notes)
        settings.notes_separator = slide->notes;
    markdown_part_render(loading, &part);
}

static void render_html(struct loading *loading, const struct slide *slide, unsigned stack)
{
    struct span text = strbuf_span(&loading->assembly.text);
    struct slide_source source = {
        .html = range(text, slide->at.content),
        .tag = range(text, slide->at.tag),
        .line = slide->line,
        .notes_line = slide->line,
    };
    struct slide_html html;

    slide_html_init(&html);
    renderer_slide(loading->renderer, &source, &html);
    sections_add(&loading->sections, &html, stack, slide->line);
    slide_html_release(&html);
}

/* What the author wrote on the element around a stack. */
static void wrap(struct loading *loading, const struct slide *slide, size_t first)
{
    struct span text = strbuf_span(&loading->assembly.text);
    struct slide_source source = {
        .html = SPAN(""),
        .tag = range(text, slide->at.stack_tag),
        .line = slide->line,
        .notes_line = slide->line,
    };
    struct slide_html html;

    slide_html_init(&html);
    renderer_slide(loading->renderer, &source, &html);
    sections_wrap(&loading->sections, first, &html);
    slide_html_release(&html);
}

/* Stacks are numbered anew, as the Markdown of one section may be several. */
static void render_slides(struct loading *loading, const struct slides *slides)
{
    const struct slide *last = NULL;
    bool unwrapped = false;
    unsigned stack = 0;

    vec_each (&slides->list, slide) {
        size_t first = loading->sections.list.count;

        if (!last || slide->at.stack != last->at.stack) {
            stack = first > 0 ? vec_last(&loading->sections.list)->stack + 1 : 0;
            unwrapped = slide->at.stack_tag.end > 0;
        }
        if (slide->is_markdown)
            render_markdown(loading, slide, stack);
        else
            render_html(loading, slide, stack);
        if (unwrapped && loading->sections.list.count > first) {
            wrap(loading, slide, first);
            unwrapped = false;
        }
        last = slide;
    }
}

static void slides_release(struct slides *slides)
{
    vec_each (&slides->list, slide) {
        free(slide->separator);
        free(slide->vertical);
        free(slide->notes);
    }
    vec_release(&slides->list);
}

/* A whole page is shown as it is; its slides are found for the index only. */
static void take_page(struct loading *loading, struct span page, struct html_range title)
{
    struct deck *deck = loading->deck;
    struct strbuf decoded = STRBUF_INIT;
    struct span trimmed;

    loading->page_len = page.len;
    deck->whole_page = true;
    tree_decode(&decoded, range(page, title));
    trimmed = span_trim(strbuf_span(&decoded));
    if (!deck->settings.title && trimmed.len > 0) {
        struct line_counter lines = {0, 1};

        deck->settings.title = mem_copy(trimmed.data, trimmed.len);
        deck_settings_note_origin(&deck->settings, "title", loading->file,
                                  line_counter_at(&lines, page, title.start), "<title>");
    }
    strbuf_release(&decoded);
}

void html_deck_render(struct loading *loading)
{
    struct span text = strbuf_span(&loading->assembly.text);
    struct line_counter lines = {0, 1};
    struct html_sections found = {.stray = 0};
    struct slides slides = {0};

    html_sections_find(&found, text);
    if (html_is_whole_page(text))
        take_page(loading, text, found.title);
    else if (found.stray < text.len && found.list.count > 0)
        err_add(&loading->errs, SEVERITY_WARNING, loading->file,
                line_counter_at(&lines, text, found.stray), 0,
                "this stands outside of the slides and is not shown: move it into a <section>");
    vec_each (&found.list, section)
        add_slide(loading, section, &lines, &slides);
    renderer_define(loading->renderer, strbuf_span(&loading->markdown));
    render_slides(loading, &slides);
    slides_release(&slides);
    html_sections_release(&found);
}
