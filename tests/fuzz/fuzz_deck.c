/* Any bytes as a deck's source: it is slides or broken, and what comes out is UTF-8. */
#include "place.h"

#include "base/utf8.h"
#include "deck/deck.h"

static int root = -1, source = -1;

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
    (void)argc;
    (void)argv;
    root = place_make();
    source = openat(root, "deck.md", O_RDWR | O_CREAT, 0600);
    check(source >= 0 && linkat(root, "deck.md", root, "deck.html", 0) == 0);
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

static bool find_itself(void *context, struct span path, struct span *ret_url)
{
    (void)context;
    if (path.len > 0)
        return false;
    *ret_url = SPAN(""); /* the one that is loaded */
    return true;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct deck_request request = {
        .root = root,
        .directory = "",
        .source = size > 0 && data[0] == '<' ? "deck.html" : "deck.md",
        .path = "",
        .limit = 1 << 20,
        .files = {.find = find_nothing, .deck_url = find_itself},
    };
    struct deck *deck;

    check(ftruncate(source, 0) == 0 && pwrite(source, data, size, 0) == (ssize_t)size);
    deck = deck_load(&request);
    check(deck->broken || deck->slides.len > 0);
    check(deck->settings.title != NULL);
    check(utf8_valid(strbuf_span(&deck->slides), NULL));
    vec_each (&deck->index, slide) {
        check(slide->id && *slide->id && slide->heading && slide->text && slide->notes);
        check(utf8_valid(span_of(slide->text), NULL) && utf8_valid(span_of(slide->notes), NULL));
    }
    deck_free(deck);
    return 0;
}
