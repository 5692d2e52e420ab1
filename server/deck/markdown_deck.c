#include "deck/dedent.h"
#include "deck/loading.h"
#include "deck/split.h"

/* The line that a problem of the slide as a whole is placed in: the first that is not blank. */
static unsigned first_line(const struct split_slide *slide)
{
    unsigned line = slide->line;

    for (size_t i = 0; i < slide->text.len && slide->text.data[i] == '\n'; i++)
        line++;
    return line;
}

static void render_slides(struct loading *loading, const struct markdown_part *part,
                          struct splitter *splitter, const struct split_slides *slides)
{
    struct strbuf body = STRBUF_INIT, notes = STRBUF_INIT, dedented = STRBUF_INIT;

    vec_each (&slides->list, slide) {
        struct slide_source source = {.tag = part->tag, .line = slide->line};
        unsigned stack = part->stack + (part->in_stack ? 0 : slide->h);
        struct slide_html html;
        struct span markdown;

        markdown = splitter_notes(splitter, slide->text, source.line, &notes, &source.notes_line);
        source.markdown = dedent(markdown, &body);
        source.notes = dedent(strbuf_span(&notes), &dedented);
        slide_html_init(&html);
        renderer_slide(loading->renderer, &source, &html);
        sections_add(&loading->sections, &html, stack, first_line(slide));
        slide_html_release(&html);
    }
    strbuf_release(&dedented);
    strbuf_release(&notes);
    strbuf_release(&body);
}

void markdown_part_render(struct loading *loading, const struct markdown_part *part)
{
    struct split_slides slides = {0};
    struct splitter *splitter =
        splitter_new(part->settings, loading->file, &loading->deck->problems, &loading->errs);

    splitter_slides(splitter, part->text, part->line, part->breaks, part->break_count, &slides);
    render_slides(loading, part, splitter, &slides);
    vec_release(&slides.list);
    splitter_free(splitter);
}

void markdown_deck_render(struct loading *loading)
{
    struct markdown_part part = {
        .settings = &loading->deck->settings,
        .text = strbuf_span(&loading->assembly.text),
        .line = 1,
        .breaks = loading->assembly.breaks.items,
        .break_count = loading->assembly.breaks.count,
    };

    renderer_define(loading->renderer, part.text);
    markdown_part_render(loading, &part);
}
