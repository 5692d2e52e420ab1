/*
 * Any bytes as "deck.yaml NUL deck.md NUL a.md NUL parts/b.md": settings, front matter and files
 * that take in one another. What comes together is bounded, is UTF-8, and every problem has its
 * place in one of the files.
 */
#include "place.h"

#include "base/utf8.h"
#include "deck/deck.h"
#include "deck/front_matter.h"

enum { LIMIT = 64 << 10 };

static const char *const names[] = {"deck.md", "a.md", "parts/b.md"};
static const size_t name_count = sizeof names / sizeof *names;
static int place = -1;

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
    (void)argc;
    (void)argv;
    place = place_make();
    place_write(place, "outside.md", SPAN("Nobody shall read this\n"));
    place_write(place, "talk/parts/b.md", SPAN(""));
    check(symlinkat("../outside.md", place, "talk/out.md") == 0);
    deck_setup();
    return 0;
}

static bool find_nothing(void *context, struct span path, struct deck_file *ret_file)
{
    (void)context;
    (void)path;
    (void)ret_file;
    return false;
}

static bool find_no_deck(void *context, struct span path, struct span *ret_url)
{
    (void)context;
    (void)path;
    (void)ret_url;
    return false;
}

static void check_front_matter(struct span text)
{
    struct front_matter matter;

    if (!front_matter_find(text, &matter))
        return;
    check(matter.end <= text.len && matter.line == 2);
    check(matter.yaml.data >= text.data &&
          matter.yaml.data + matter.yaml.len <= text.data + matter.end);
    struct span value = front_matter_peek(&matter, "title");
    check(value.len == 0 || (value.data >= matter.yaml.data &&
                             value.data + value.len <= matter.yaml.data + matter.yaml.len));
}

static void check_deck(const struct deck *deck)
{
    check(deck->broken || deck->slides.len > 0);
    check(utf8_valid(strbuf_span(&deck->slides), NULL));
    check(span_find(strbuf_span(&deck->slides), SPAN("Nobody shall read this")) < 0);
    check(deck->read.list.count >= 1 && deck->read.list.count <= 1000);
    vec_each (&deck->problems.list, problem)
        check(problem->file != NULL && problem->text != NULL);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct span rest = {(const char *)data, size}, yaml = {0}, text;
    struct err_list errs;

    if (span_find(rest, SPAN("Nobody")) >= 0)
        return 0;
    span_next_part(&rest, '\0', &yaml);
    for (size_t i = 0; i < name_count; i++) {
        char *path = mem_format("talk/%s", names[i]);

        if (!span_next_part(&rest, '\0', &text))
            text = (struct span){0};
        check_front_matter(text);
        place_write(place, path, text);
        free(path);
    }
    err_list_init(&errs);
    struct node *layer = node_parse(yaml, "deck.yaml", 1, &errs);
    const struct node *layers[] = {layer};
    struct deck_request request = {
        .root = place,
        .directory = "talk",
        .source = "deck.md",
        .path = "talk/",
        .layers = layers,
        .layer_count = layer != NULL,
        .limit = LIMIT,
        .files = {.find = find_nothing, .deck_url = find_no_deck},
    };
    struct deck *deck = deck_load(&request);
    check_deck(deck);
    deck_free(deck);
    node_free(layer);
    err_list_release(&errs);
    return 0;
}
