/* Any HTML with any comments: what is written is read again with the same attributes. */
#include "target.h"

#include "base/utf8.h"
#include "deck/attributes.h"
#include "deck/code.h"
#include "deck/columns.h"
#include "deck/deck.h"
#include "deck/markup.h"

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
    (void)argc;
    (void)argv;
    deck_setup();
    return 0;
}

static void note_problem(void *context, size_t offset, const char *text)
{
    check(offset <= *(size_t *)context && *text);
}

static size_t attribute_count(const struct tree *tree, uint32_t node)
{
    size_t count = 0;

    for (uint32_t index = tree_at(tree, node)->attributes; index != 0; count++)
        index = tree->attributes.items[index - 1].next;
    return count;
}

/* The tag by itself, as a browser reads it, has as many attributes as the tree says. */
static void check_tag(const struct tree *tree, uint32_t node)
{
    struct strbuf out = STRBUF_INIT;
    struct markup markup;
    struct markup_token token = {0};

    tree_append_start(tree, node, &out);
    markup = (struct markup){.input = strbuf_span(&out)};
    check(markup_next(&markup, &token) && token.kind == MARKUP_START);
    check(markup.at == out.len);
    check(token.attributes.count == attribute_count(tree, node));
    markup_token_release(&token);
    strbuf_release(&out);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct span text = {(const char *)data, size};
    struct attributes_place place = {&size, note_problem};
    struct strbuf out = STRBUF_INIT;
    struct tree tree = {0};
    struct code_info info;

    if (!utf8_valid(text, NULL))
        return 0;
    tree_parse(&tree, text);
    attributes_apply(&tree, &tree, &place);
    for (uint32_t node = tree_next(&tree, TREE_ROOT); node != TREE_NONE;
         node = tree_next(&tree, node)) {
        if (tree_at(&tree, node)->kind == TREE_ELEMENT)
            check_tag(&tree, node);
    }
    tree_release(&tree);
    code_info_parse(&info, text);
    check(info.words.len <= size + 1 && info.steps.len <= size && info.start.len <= size);
    code_info_release(&info);
    columns_line(text, &out);
    check(utf8_valid(strbuf_span(&out), NULL));
    strbuf_release(&out);
    return 0;
}
