#include "deck/commonmark.h"

#include "deck/math.h"

#include <cmark-gfm-core-extensions.h>
#include <cmark-gfm-extension_api.h>
#include <pthread.h>

static pthread_mutex_t inlines = PTHREAD_MUTEX_INITIALIZER;

void commonmark_setup(void)
{
    cmark_gfm_core_extensions_ensure_registered();
}

cmark_node *commonmark_parse(struct span text, enum commonmark_dialect dialect)
{
    static const char *const names[] = {"table", "strikethrough", "autolink", "tasklist"};
    int options = CMARK_OPT_UNSAFE;
    cmark_parser *parser;
    cmark_node *document;

    if (dialect != COMMONMARK_PLAIN)
        options |= CMARK_OPT_FOOTNOTES;
    parser = cmark_parser_new(options);
    for (size_t i = 0; dialect != COMMONMARK_PLAIN && i < sizeof names / sizeof *names; i++)
        cmark_parser_attach_syntax_extension(parser, cmark_find_syntax_extension(names[i]));
    if (dialect == COMMONMARK_GFM_MATH && cmark_find_syntax_extension("math"))
        cmark_parser_attach_syntax_extension(parser, cmark_find_syntax_extension("math"));
    cmark_parser_feed(parser, text.data, text.len);
    pthread_mutex_lock(&inlines);
    document = cmark_parser_finish(parser);
    pthread_mutex_unlock(&inlines);
    cmark_parser_free(parser);
    return document;
}
