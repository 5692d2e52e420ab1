/*
 * render markdown|tree: texts from standard input, each ended by a NUL, to HTML on standard output,
 * each ended by a NUL. "markdown" renders a slide; "tree" writes HTML anew, as a browser would read
 * it, so that what a test expects can be held against what it gets.
 */
#include "deck/render.h"
#include "base/strbuf.h"
#include "deck/deck.h"
#include "deck/tree.h"

#include <stdio.h>
#include <string.h>

static void markdown(struct span text)
{
    struct deck_request request = {.directory = "", .path = ""};
    struct slide_source source = {.markdown = text, .line = 1, .notes_line = 1};
    struct deck_settings settings;
    struct slide_html html;
    struct err_list errs;
    struct renderer *renderer;

    deck_settings_init(&settings);
    err_list_init(&errs);
    slide_html_init(&html);
    renderer = renderer_new(&request, &settings, "stdin", &errs);
    renderer_define(renderer, text);
    renderer_slide(renderer, &source, &html);
    fwrite(html.body.data, 1, html.body.len, stdout);
    renderer_free(renderer);
    slide_html_release(&html);
    err_list_release(&errs);
    deck_settings_release(&settings);
}

static void tree(struct span text)
{
    struct strbuf out = STRBUF_INIT;
    struct tree parsed = {0};

    tree_parse(&parsed, text);
    tree_append_html(&parsed, &out);
    fwrite(out.data, 1, out.len, stdout);
    tree_release(&parsed);
    strbuf_release(&out);
}

int main(int argc, char **argv)
{
    struct strbuf input = STRBUF_INIT;
    struct span rest, text;
    char piece[65536];
    size_t got;

    if (argc != 2 || (strcmp(argv[1], "markdown") != 0 && strcmp(argv[1], "tree") != 0)) {
        fputs("usage: render markdown|tree\n", stderr);
        return 2;
    }
    while ((got = fread(piece, 1, sizeof piece, stdin)) > 0)
        strbuf_append(&input, piece, got);
    deck_setup();
    rest = strbuf_span(&input);
    while (span_next_part(&rest, '\0', &text)) {
        if (strcmp(argv[1], "tree") == 0)
            tree(text);
        else
            markdown(text);
        putchar('\0');
    }
    strbuf_release(&input);
    deck_teardown();
    return ferror(stdin) || fflush(stdout) != 0;
}
