/*
 * Any text as two slides with notes: what comes out leaves nothing open, and is the same when a
 * browser's way of reading it is gone through once more.
 */
#include "target.h"

#include "base/utf8.h"
#include "deck/deck.h"
#include "deck/render.h"
#include "deck/tree.h"

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
    (void)argc;
    (void)argv;
    deck_setup();
    return 0;
}

static bool find(void *context, struct span path, struct deck_file *ret_file)
{
    (void)context;
    *ret_file = (struct deck_file){.digest = "d1", .width = 4, .height = 3};
    return path.len % 2;
}

static bool find_deck(void *context, struct span path, struct span *ret_url)
{
    (void)context;
    *ret_url = SPAN("other/");
    return path.len % 3 == 0;
}

/* Written once more, HTML that is whole does not change. */
static void check_whole(struct span html)
{
    struct strbuf again = STRBUF_INIT, third = STRBUF_INIT;
    struct tree tree = {0}, second = {0};

    tree_parse(&tree, html);
    tree_append_html(&tree, &again);
    tree_parse(&second, strbuf_span(&again));
    tree_append_html(&second, &third);
    check(tree_at(&tree, TREE_ROOT)->parent == TREE_NONE);
    check(utf8_valid(strbuf_span(&again), NULL));
    check(again.len <= html.len * 2 + 64);
    tree_release(&tree);
    tree_release(&second);
    strbuf_release(&again);
    strbuf_release(&third);
}

static void render(const struct deck_settings *settings, struct span text)
{
    struct deck_request request = {
        .directory = "talks", .path = "talks/x/", .files = {NULL, find, find_deck, NULL, NULL}};
    struct slide_source source = {.line = 1, .notes_line = 2};
    struct slide_html html;
    struct err_list errs;
    struct renderer *renderer;
    size_t half = text.len / 2;

    while (half < text.len && ((unsigned char)text.data[half] & 0xc0) == 0x80)
        half++; /* not inside of a character */
    source.markdown = span_cut(text, 0, half);
    source.notes = span_from(text, half);
    err_list_init(&errs);
    slide_html_init(&html);
    renderer = renderer_new(&request, settings, "fuzz", &errs);
    renderer_define(renderer, text);
    renderer_slide(renderer, &source, &html);
    check_whole(strbuf_span(&html.body));
    check_whole(strbuf_span(&html.notes));
    check(utf8_valid(strbuf_span(&html.attributes), NULL));
    check(utf8_valid(span_of(html.text), NULL));
    slide_html_release(&html);
    renderer_free(renderer);
    err_list_release(&errs);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct deck_settings settings;

    if (size < 1 || !utf8_valid((struct span){(const char *)data + 1, size - 1}, NULL))
        return 0;
    deck_settings_init(&settings);
    settings.math = data[0] % 3;
    settings.lenient_headings = data[0] & 4;
    settings.animate_lists = data[0] & 8;
    settings.mermaid = data[0] & 16;
    render(&settings, (struct span){(const char *)data + 1, size - 1});
    deck_settings_release(&settings);
    return 0;
}
