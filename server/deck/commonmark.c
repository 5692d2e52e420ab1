#include "deck/commonmark.h"

#include "base/strbuf.h"
#include "deck/math.h"

#include <cmark-gfm-core-extensions.h>
#include <cmark-gfm-extension_api.h>
#include <pthread.h>
#include <string.h>

static pthread_mutex_t inlines = PTHREAD_MUTEX_INITIALIZER;

void commonmark_setup(void)
{
    cmark_gfm_core_extensions_ensure_registered();
}

/* A formula becomes a node of inline HTML (which tables allow, too); nothing in it is Markdown. */
static cmark_node *match_math(cmark_syntax_extension *extension, cmark_parser *parser,
                              cmark_node *parent, unsigned char character,
                              cmark_inline_parser *inline_parser)
{
    int offset = cmark_inline_parser_get_offset(inline_parser);
    const char *content = cmark_node_get_string_content(parent) + offset;
    struct span text = {content, strnlen(content, MATH_MAX)}, tex;
    struct strbuf html = STRBUF_INIT;
    cmark_node *node = NULL;
    bool display;
    size_t len = math_match(text, &tex, &display);

    (void)extension;
    (void)parser;
    if (len > 0) {
        node = cmark_node_new(CMARK_NODE_HTML_INLINE);
        math_append(&html, tex, display, "span");
        cmark_node_set_literal(node, html.data);
    } else if (character == MATH_BACKSLASH && text.len > 1) { /* as any escaped character */
        node = cmark_node_new(CMARK_NODE_TEXT);
        cmark_node_set_literal(node, (char[]){text.data[1], '\0'});
        len = 2;
    }
    if (node)
        cmark_inline_parser_set_offset(inline_parser, offset + (int)len);
    strbuf_release(&html);
    return node;
}

static cmark_syntax_extension *math_extension(void)
{
    cmark_mem *mem = cmark_get_default_mem_allocator();
    cmark_syntax_extension *extension = cmark_syntax_extension_new("math");
    cmark_llist *characters = cmark_llist_append(mem, NULL, (void *)(uintptr_t)'$');

    characters = cmark_llist_append(mem, characters, (void *)(uintptr_t)MATH_BACKSLASH);
    cmark_syntax_extension_set_special_inline_chars(extension, characters);
    cmark_syntax_extension_set_match_inline_func(extension, match_math);
    return extension;
}

static void attach_gfm(cmark_parser *parser)
{
    static const char *const names[] = {"table", "strikethrough", "autolink", "tasklist"};

    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        cmark_parser_attach_syntax_extension(parser, cmark_find_syntax_extension(names[i]));
}

cmark_node *commonmark_parse(struct span text, enum commonmark_dialect dialect)
{
    bool plain = dialect == COMMONMARK_PLAIN;
    cmark_parser *parser =
        cmark_parser_new(plain ? CMARK_OPT_UNSAFE : CMARK_OPT_UNSAFE | CMARK_OPT_FOOTNOTES);
    cmark_syntax_extension *math = NULL;
    cmark_node *document;

    if (!plain)
        attach_gfm(parser);
    if (dialect == COMMONMARK_GFM_MATH) {
        math = math_extension();
        cmark_parser_attach_syntax_extension(parser, math);
    }
    cmark_parser_feed(parser, text.data, text.len);
    pthread_mutex_lock(&inlines);
    document = cmark_parser_finish(parser);
    pthread_mutex_unlock(&inlines);
    cmark_parser_free(parser);
    if (math)
        cmark_syntax_extension_free(cmark_get_default_mem_allocator(), math);
    return document;
}

void commonmark_append_library(struct strbuf *out)
{
    strbuf_append_format(out, "cmark-gfm %s", cmark_version_string());
}
