#include "deck/deck.h"

#include "base/file.h"
#include "base/mem.h"
#include "deck/assembly.h"
#include "deck/commonmark.h"
#include "deck/dedent.h"
#include "deck/front_matter.h"
#include "deck/render.h"
#include "deck/sections.h"
#include "deck/split.h"

#include <cmark-gfm/registry.h>
#include <string.h>
#include <unistd.h>

/* What one load needs, beside the deck that comes of it. */
struct loading {
    const struct deck_request *request;
    struct deck *deck;
    struct assembly assembly;
    char *prefix; /* of the directory's files' names */
    char *file;   /* the source, as seen from the root */
};

void deck_setup(void)
{
    commonmark_setup();
}

void deck_teardown(void)
{
    cmark_release_plugins();
}

static void text_list_release(struct text_list *texts)
{
    vec_each (&texts->list, text)
        free(*text);
    vec_release(&texts->list);
}

void deck_free(struct deck *deck)
{
    if (!deck)
        return;
    deck_settings_release(&deck->settings);
    err_list_release(&deck->problems);
    strbuf_release(&deck->slides);
    vec_each (&deck->index, slide) {
        free(slide->id);
        free(slide->heading);
        free(slide->text);
        free(slide->notes);
    }
    vec_release(&deck->index);
    text_list_release(&deck->languages);
    text_list_release(&deck->read);
    text_list_release(&deck->hosts);
    free(deck);
}

static void read_head(struct loading *loading, const char *path, struct span text)
{
    char *name = mem_format("%s%s", loading->prefix, path);
    struct front_matter matter;

    if (front_matter_find(text, &matter)) {
        struct node *head = node_parse(matter.yaml, name, matter.line, &loading->deck->problems);

        deck_settings_read(&loading->deck->settings, head, &loading->deck->problems);
        node_free(head);
    }
    loading->assembly.charset = loading->deck->settings.charset;
    free(name);
}

/* Puts the text together from the deck's sources; the first one's head may name more of them. */
static int assemble(struct loading *loading)
{
    const struct text_list *sources = &loading->deck->settings.source;
    char *first =
        mem_copy_text(sources->list.count > 0 ? sources->list.items[0] : loading->request->source);
    struct strbuf text = STRBUF_INIT;
    int err = assembly_read(&loading->assembly, first, &text, NULL, 0);

    if (!err) {
        read_head(loading, first, strbuf_span(&text));
        assembly_append(&loading->assembly, first, strbuf_span(&text));
        vec_each (&sources->list, source) {
            if (strcmp(*source, first) != 0 &&
                assembly_read(&loading->assembly, *source, &text, loading->file, 1) == 0)
                assembly_append(&loading->assembly, *source, strbuf_span(&text));
        }
    }
    strbuf_release(&text);
    free(first);
    return err;
}

/* The line that a problem of the slide as a whole is placed in: the first that is not blank. */
static unsigned first_line(const struct split_slide *slide)
{
    unsigned line = slide->line;

    for (size_t i = 0; i < slide->text.len && slide->text.data[i] == '\n'; i++)
        line++;
    return line;
}

static void render_slides(struct splitter *splitter, struct renderer *renderer, struct span text,
                          const struct split_slides *slides, struct sections *sections)
{
    struct strbuf body = STRBUF_INIT, notes = STRBUF_INIT, shown = STRBUF_INIT;

    renderer_define(renderer, text);
    vec_each (&slides->list, slide) {
        struct slide_source source = {.line = slide->line};
        struct slide_html html;
        struct span markdown =
            splitter_notes(splitter, slide->text, slide->line, &notes, &source.notes_line);

        source.markdown = dedent(markdown, &body);
        source.notes = dedent(strbuf_span(&notes), &shown);
        slide_html_init(&html);
        renderer_slide(renderer, &source, &html);
        sections_add(sections, &html, slide->h, first_line(slide));
        slide_html_release(&html);
    }
    strbuf_release(&shown);
    strbuf_release(&notes);
    strbuf_release(&body);
}

static void render(struct loading *loading)
{
    struct deck *deck = loading->deck;
    struct span text = strbuf_span(&loading->assembly.text);
    struct split_slides slides = {0};
    struct sections sections = {0};
    struct err_list errs;
    struct splitter *splitter;
    struct renderer *renderer;

    err_list_init(&errs);
    splitter = splitter_new(&deck->settings, loading->file, &deck->problems, &errs);
    renderer = renderer_new(loading->request, &deck->settings, loading->file, &errs);
    splitter_slides(splitter, text, loading->assembly.breaks.items, loading->assembly.breaks.count,
                    &slides);
    render_slides(splitter, renderer, text, &slides, &sections);
    sections_finish(&sections, deck, loading->file, &errs);
    renderer_finish(renderer, deck);
    assembly_place(&loading->assembly, &errs);
    err_list_move(&deck->problems, &errs);
    sections_release(&sections);
    vec_release(&slides.list);
    renderer_free(renderer);
    splitter_free(splitter);
    err_list_release(&errs);
}

/* The last name of a path, without the extension of a file. */
static struct span last_name(struct span path, bool is_file)
{
    size_t start = path.len, end = path.len;

    while (start > 0 && path.data[start - 1] != '/')
        start--;
    for (size_t i = start + 1; is_file && i < path.len; i++)
        if (path.data[i] == '.')
            end = i;
    return span_cut(path, start, end);
}

static bool is_common_name(struct span name)
{
    static const char *const common[] = {"deck", "content", "slides", "index", "readme"};

    for (size_t i = 0; i < sizeof common / sizeof common[0]; i++)
        if (span_is_nocase(name, common[i]))
            return true;
    return false;
}

static void find_title(struct deck *deck, const struct deck_request *request)
{
    struct span name = last_name(span_of(request->source), true);

    if (deck->settings.title && *deck->settings.title)
        return;
    free(deck->settings.title);
    deck->settings.title = NULL;
    vec_each (&deck->index, slide) {
        if (!*slide->heading)
            continue;
        deck->settings.title = mem_copy_text(slide->heading);
        return;
    }
    if (is_common_name(name) && *request->directory)
        name = last_name(span_of(request->directory), false);
    deck->settings.title = mem_copy(name.data, name.len);
}

static void load(struct loading *loading)
{
    struct deck *deck = loading->deck;
    const struct deck_request *request = loading->request;
    int directory, err;

    for (size_t i = 0; i < request->layer_count; i++)
        deck_settings_read(&deck->settings, request->layers[i], &deck->problems);
    err = file_open_directory_beneath(request->root, request->directory, &directory);
    if (err) {
        err_add(&deck->problems, SEVERITY_ERROR, loading->file, 0, 0,
                "the deck's directory cannot be opened: %s", strerrordesc_np(-err));
        deck->broken = true;
        return;
    }
    assembly_init(&loading->assembly);
    loading->assembly.directory = directory;
    loading->assembly.prefix = loading->prefix;
    loading->assembly.charset = deck->settings.charset;
    loading->assembly.limit = request->limit;
    loading->assembly.read = &deck->read;
    loading->assembly.errs = &deck->problems;
    if (assemble(loading) == 0)
        render(loading);
    else
        deck->broken = true;
    if (!deck->broken && deck->index.count == 0) {
        err_add(&deck->problems, SEVERITY_ERROR, loading->file, 0, 0,
                "the deck has no slides: write some Markdown into it");
        deck->broken = true;
    }
    assembly_release(&loading->assembly);
    close(directory);
}

struct deck *deck_load(const struct deck_request *request)
{
    struct deck *deck = mem_zero(1, sizeof *deck);
    struct loading loading = {.request = request, .deck = deck};

    deck_settings_init(&deck->settings);
    err_list_init(&deck->problems);
    strbuf_init(&deck->slides);
    loading.prefix = mem_format("%s%s", request->directory, *request->directory ? "/" : "");
    loading.file = mem_format("%s%s", loading.prefix, request->source);
    load(&loading);
    find_title(deck, request);
    free(loading.file);
    free(loading.prefix);
    return deck;
}
