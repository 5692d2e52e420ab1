#include "site/search_tokenizer.h"

#include "site/words.h"

#include <stddef.h>

static int create(void *context, const char **arguments, int count, Fts5Tokenizer **ret_tokenizer)
{
    static char nothing; /* there is no state, but NULL would be an error */

    (void)context;
    (void)arguments;
    (void)count;
    *ret_tokenizer = (Fts5Tokenizer *)&nothing;
    return SQLITE_OK;
}

static void destroy(Fts5Tokenizer *tokenizer)
{
    (void)tokenizer;
}

typedef int take_token(void *context, int flags, const char *token, int len, int start, int end);

/* The words between two gaps. */
static int tokenize_part(void *context, struct span text, size_t offset, take_token *take)
{
    struct words words;
    struct word word;
    int result = SQLITE_OK;

    words_init(&words, text);
    while (result == SQLITE_OK && words_next(&words, &word))
        result = take(context, 0, word.folded.data, (int)word.folded.len,
                      (int)(offset + word.start), (int)(offset + word.end));
    words_release(&words);
    return result;
}

static int tokenize(Fts5Tokenizer *tokenizer, void *context, int flags, const char *text, int len,
                    take_token *take)
{
    struct span rest = {text, text ? (size_t)len : 0}, part;
    int result = SQLITE_OK;
    size_t offset = 0;

    (void)tokenizer;
    (void)flags;
    while (result == SQLITE_OK && span_next_part(&rest, *SEARCH_GAP, &part)) {
        result = tokenize_part(context, part, offset, take);
        offset += part.len + 1;
        if (result == SQLITE_OK && rest.len > 0)
            result = take(context, 0, SEARCH_GAP, 1, (int)offset - 1, (int)offset);
    }
    return result;
}

int search_tokenizer_register(fts5_api *api)
{
    fts5_tokenizer functions = {create, destroy, tokenize};

    return api->xCreateTokenizer(api, "decksd", NULL, &functions, NULL);
}
