#include "deck/commonmark.h"

#include "base/strbuf.h"
#include "base/utf8.h"
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

/* Only then are they looked for: `[^` alone is text. */
static bool has_footnotes(struct span text)
{
    return span_find(text, SPAN("[^")) >= 0 && span_find(text, SPAN("]:")) >= 0;
}

/* The length of a `^` that is written as an entity, or escaped by us; 0 if it is none. */
static size_t made_circumflex_len(struct span text)
{
    bool hex = text.len > 2 && (text.data[2] == 'x' || text.data[2] == 'X');
    size_t len = hex ? 3 : 2;

    if (text.len > 1 && text.data[0] == MATH_BACKSLASH && text.data[1] == '^')
        return 2;
    if (span_starts_with(text, SPAN("&Hat;")))
        return 5;
    if (!span_starts_with(text, SPAN("&#")))
        return 0;
    while (len < text.len && text.data[len] == '0')
        len++;
    return span_is_nocase(span_cut(text, len, len + 3), hex ? "5e;" : "94;") ? len + 3 : 0;
}

/*
 * cmark-gfm 0.29.0.gfm.6 takes every `[` before a `^` for a reference to a footnote, and copies its
 * label from behind that `^`, as many bytes as the columns tell. Where the `^` has memory of its
 * own, that is others', or was freed. So it gets one that points into the text.
 */
static void append_guarded(struct strbuf *out, struct span text)
{
    ptrdiff_t open;

    while ((open = span_find_char(text, '[')) >= 0) {
        size_t behind = (size_t)open + 1;
        size_t made = made_circumflex_len(span_from(text, behind));

        strbuf_append_span(out, span_cut(text, 0, behind));
        if (made > 0)
            strbuf_append_text(out, "\\^");
        text = span_from(text, behind + made);
    }
    strbuf_append_span(out, text);
}

/* Over a line's end the columns tell too little: the label may stop inside of a character. */
static void mend_labels(cmark_node *document)
{
    cmark_iter *iter = cmark_iter_new(document);
    cmark_event_type event;

    while ((event = cmark_iter_next(iter)) != CMARK_EVENT_DONE) {
        cmark_node *node = cmark_iter_get_node(iter);
        struct strbuf mended = STRBUF_INIT;

        if (event != CMARK_EVENT_ENTER || cmark_node_get_type(node) != CMARK_NODE_TEXT ||
            utf8_valid(span_of(cmark_node_get_literal(node)), NULL))
            continue;
        utf8_append_mended(&mended, span_of(cmark_node_get_literal(node)));
        cmark_node_set_literal(node, mended.data);
        strbuf_release(&mended);
    }
    cmark_iter_free(iter);
}

/* U+FDD0, which Unicode keeps out of texts. */
#define HELD SPAN("\xEF\xB7\x90")

/* Whether it is one that sets attributes; the specification's examples hold for all others. */
static bool sets_attributes(struct span comment)
{
    return span_starts_with(span_trim(comment), SPAN("."));
}

/*
 * cmark-gfm 0.29 takes no comment in a line for one if it has two hyphens in it, as custom
 * properties of CSS have. They are held apart while it parses. False if there is none of these.
 */
static bool append_held(struct strbuf *out, struct span text)
{
    ptrdiff_t open, end;
    bool held = false;

    while ((open = span_find(text, SPAN("<!--"))) >= 0 &&
           (end = span_find(span_from(text, (size_t)open + 4), SPAN("-->"))) >= 0) {
        size_t start = (size_t)open + 4, stop = start + (size_t)end;
        bool mine = sets_attributes(span_cut(text, start, stop));

        strbuf_append_span(out, span_cut(text, 0, start));
        for (size_t i = start; i < stop; i++) {
            strbuf_append_char(out, text.data[i]);
            if (mine && text.data[i] == '-' && text.data[i + 1] == '-') {
                strbuf_append_span(out, HELD);
                held = true;
            }
        }
        text = span_from(text, stop);
    }
    strbuf_append_span(out, text);
    return held;
}

static void let_go(cmark_node *document)
{
    cmark_iter *iter = cmark_iter_new(document);
    cmark_event_type event;
    ptrdiff_t at;

    while ((event = cmark_iter_next(iter)) != CMARK_EVENT_DONE) {
        cmark_node *node = cmark_iter_get_node(iter);
        struct span literal = span_of(cmark_node_get_literal(node));
        struct strbuf mended = STRBUF_INIT;

        if (event != CMARK_EVENT_ENTER || span_find(literal, HELD) < 0)
            continue;
        while ((at = span_find(literal, HELD)) >= 0) {
            strbuf_append_span(&mended, span_cut(literal, 0, (size_t)at));
            literal = span_from(literal, (size_t)at + HELD.len);
        }
        strbuf_append_span(&mended, literal);
        cmark_node_set_literal(node, mended.data);
        strbuf_release(&mended);
    }
    cmark_iter_free(iter);
}

cmark_node *commonmark_parse(struct span text, enum commonmark_dialect dialect)
{
    bool plain = dialect == COMMONMARK_PLAIN;
    bool footnotes = !plain && has_footnotes(text);
    cmark_parser *parser =
        cmark_parser_new(footnotes ? CMARK_OPT_UNSAFE | CMARK_OPT_FOOTNOTES : CMARK_OPT_UNSAFE);
    cmark_syntax_extension *math = NULL;
    struct strbuf guarded = STRBUF_INIT, apart = STRBUF_INIT;
    bool held = !plain && append_held(&apart, text);
    cmark_node *document;

    if (!plain)
        attach_gfm(parser);
    if (dialect == COMMONMARK_GFM_MATH) {
        math = math_extension();
        cmark_parser_attach_syntax_extension(parser, math);
    }
    if (held)
        text = strbuf_span(&apart);
    if (footnotes) {
        append_guarded(&guarded, text);
        text = strbuf_span(&guarded);
    }
    cmark_parser_feed(parser, text.data, text.len);
    pthread_mutex_lock(&inlines);
    document = cmark_parser_finish(parser);
    pthread_mutex_unlock(&inlines);
    cmark_parser_free(parser);
    if (math)
        cmark_syntax_extension_free(cmark_get_default_mem_allocator(), math);
    if (footnotes)
        mend_labels(document);
    if (held)
        let_go(document);
    strbuf_release(&guarded);
    strbuf_release(&apart);
    return document;
}

void commonmark_append_library(struct strbuf *out)
{
    strbuf_append_format(out, "cmark-gfm %s", cmark_version_string());
}
