#include "deck/deck.h"

#include "base/file.h"
#include "base/mem.h"
#include "deck/commonmark.h"
#include "deck/front_matter.h"
#include "deck/loading.h"

#include <cmark-gfm/registry.h>
#include <string.h>
#include <unistd.h>

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

void deck_drop_slides(struct deck *deck)
{
    strbuf_release(&deck->slides);
    vec_each (&deck->index, slide) {
        free(slide->id);
        free(slide->heading);
        free(slide->text);
        free(slide->notes);
    }
    vec_release(&deck->index);
}

struct span deck_sections(const struct deck *deck)
{
    return strbuf_span(deck->whole_page ? &deck->read_slides : &deck->slides);
}

void deck_free(struct deck *deck)
{
    if (!deck)
        return;
    deck_settings_release(&deck->settings);
    err_list_release(&deck->problems);
    deck_drop_slides(deck);
    strbuf_release(&deck->read_slides);
    text_list_release(&deck->languages);
    vec_each (&deck->read.list, source)
        free(source->path);
    vec_release(&deck->read.list);
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
        const struct setting_origin *origin;

        read_head(loading, first, strbuf_span(&text));
        assembly_append(&loading->assembly, first, strbuf_span(&text));
        origin = deck_settings_origin(&loading->deck->settings, "source");
        vec_each (&sources->list, source) {
            if (strcmp(*source, first) != 0 &&
                assembly_read(&loading->assembly, *source, &text, origin->file, origin->line) == 0)
                assembly_append(&loading->assembly, *source, strbuf_span(&text));
        }
    }
    strbuf_release(&text);
    free(first);
    return err;
}

static bool is_html(const char *source)
{
    struct span name = span_of(source);

    return span_is_nocase(span_from(name, name.len < 5 ? 0 : name.len - 5), ".html") ||
           span_is_nocase(span_from(name, name.len < 4 ? 0 : name.len - 4), ".htm");
}

static bool has_title(const struct deck *deck)
{
    return deck->settings.title && *deck->settings.title;
}

static void set_title(struct deck *deck, struct span title, const char *file, unsigned line,
                      const char *what)
{
    free(deck->settings.title);
    deck->settings.title = mem_copy(title.data, title.len);
    deck_settings_note_origin(&deck->settings, "title", file, line, what);
}

/* Without a title, the first heading is one. */
static void take_heading(struct loading *loading)
{
    struct deck *deck = loading->deck;

    for (size_t i = 0; i < deck->index.count && !has_title(deck); i++) {
        const struct deck_slide *slide = &deck->index.items[i];
        const char *file = loading->file;
        unsigned line = 0;

        if (!*slide->heading)
            continue;
        assembly_find(&loading->assembly, slide->heading_line, &file, &line);
        set_title(deck, span_of(slide->heading), file, line, "heading");
    }
}

static void render(struct loading *loading)
{
    struct deck *deck = loading->deck;

    err_list_init(&loading->errs);
    strbuf_init(&loading->markdown);
    loading->renderer =
        renderer_new(loading->request, &deck->settings, loading->file, &loading->errs);
    if (is_html(loading->request->source))
        html_deck_render(loading);
    else
        markdown_deck_render(loading);
    sections_finish(&loading->sections, deck, loading->file, &loading->errs);
    take_heading(loading);
    renderer_finish(loading->renderer, deck);
    assembly_place(&loading->assembly, &loading->errs);
    err_list_move(&deck->problems, &loading->errs);
    sections_release(&loading->sections);
    renderer_free(loading->renderer);
    strbuf_release(&loading->markdown);
    err_list_release(&loading->errs);
    if (deck->whole_page) {
        deck->read_slides = deck->slides;
        strbuf_init(&deck->slides);
        strbuf_append(&deck->slides, loading->assembly.text.data, loading->page_len);
    }
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

/* Where nothing else is a title, the name of the file or of its directory is. */
static void take_name(struct loading *loading)
{
    const struct deck_request *request = loading->request;
    struct span name = last_name(span_of(request->source), true);

    if (has_title(loading->deck))
        return;
    if (is_common_name(name) && *request->directory)
        name = last_name(span_of(request->directory), false);
    set_title(loading->deck, name, loading->file, 0, "name");
}

/* What is read for a talk without slides; what is wrong with it was told with the layers. */
static void note_settings(struct loading *loading)
{
    struct strbuf text = STRBUF_INIT;

    assembly_read(&loading->assembly, loading->request->source, &text, NULL, 0);
    strbuf_release(&text);
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
    loading->assembly.around = &request->files;
    if (request->slideless)
        note_settings(loading);
    else if (assemble(loading) == 0)
        render(loading);
    else
        deck->broken = true;
    if (!deck->broken && !deck->whole_page && !request->slideless && deck->index.count == 0) {
        err_add(&deck->problems, SEVERITY_ERROR, loading->file, 0, 0,
                "the deck has no slides: write some %s into it",
                is_html(request->source) ? "<section> elements" : "Markdown");
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
    strbuf_init(&deck->read_slides);
    loading.prefix = mem_format("%s%s", request->directory, *request->directory ? "/" : "");
    loading.file = mem_format("%s%s", loading.prefix, request->source);
    load(&loading);
    take_name(&loading);
    free(loading.file);
    free(loading.prefix);
    return deck;
}
