#include "deck/refer.h"

#include "base/escape.h"
#include "deck/math.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

struct at {
    struct refer *refer;
    struct tree *tree;
    uint32_t node;
};

static unsigned line_of(const struct at *at)
{
    return at->refer->line_at(at->refer->context, tree_at(at->tree, at->node)->offset);
}

/* Rewrites the URL in an attribute; false if there is none. */
static bool url(const struct at *at, const char *name, enum link_use use,
                struct deck_file *ret_file)
{
    struct strbuf written = STRBUF_INIT, out = STRBUF_INIT;
    bool present = tree_value(at->tree, at->node, name, &written) && written.len > 0;

    if (present) {
        links_append(at->refer->links, &out, strbuf_span(&written), use, line_of(at), ret_file);
        if (!span_equal(strbuf_span(&written), strbuf_span(&out)))
            tree_set(at->tree, at->node, span_of(name), strbuf_span(&out));
    }
    strbuf_release(&out);
    strbuf_release(&written);
    return present;
}

static void loaded(const struct at *at, const char *name)
{
    struct deck_file file;

    url(at, name, LINK_FILE, &file);
}

/* "a.png, b.png" or "a.png 2x, b.png 3x"; a data: URL has commas of its own. */
static void url_list(const struct at *at, const char *name)
{
    struct strbuf written = STRBUF_INIT, out = STRBUF_INIT;
    struct span rest, part;

    if (!tree_value(at->tree, at->node, name, &written))
        return;
    rest = strbuf_span(&written);
    if (span_find(rest, SPAN("data:")) >= 0)
        rest.len = 0;
    while (span_next_part(&rest, ',', &part)) {
        struct deck_file file;
        bool apart = part.len > 0 && span_set_has(" \t\n", part.data[0]);
        size_t len = 0;

        part = span_trim(part);
        while (len < part.len && part.data[len] != ' ')
            len++;
        if (out.len > 0)
            strbuf_append_text(&out, apart ? ", " : ",");
        links_append(at->refer->links, &out, span_cut(part, 0, len), LINK_FILE, line_of(at), &file);
        strbuf_append_span(&out, span_from(part, len));
    }
    if (out.len > 0)
        tree_set(at->tree, at->node, span_of(name), strbuf_span(&out));
    strbuf_release(&out);
    strbuf_release(&written);
}

static bool sized_by_author(const struct at *at)
{
    const struct tree_attribute *style = tree_attribute(at->tree, at->node, "style");

    return tree_attribute(at->tree, at->node, "width") ||
           tree_attribute(at->tree, at->node, "height") ||
           (style && (span_find(style->value, SPAN("width")) >= 0 ||
                      span_find(style->value, SPAN("height")) >= 0));
}

static void set_number(const struct at *at, const char *name, unsigned number)
{
    char text[16];
    int len = snprintf(text, sizeof text, "%u", number);

    tree_set(at->tree, at->node, span_of(name), (struct span){text, (size_t)len});
}

static void picture(const struct at *at)
{
    struct deck_file file = {0}, later = {0};
    bool present = url(at, "src", LINK_FILE, &file);

    url(at, "data-src", LINK_FILE, &later);
    url_list(at, "srcset");
    if (!present)
        file = later;
    if (present && !tree_attribute(at->tree, at->node, "loading"))
        tree_set(at->tree, at->node, SPAN("loading"), SPAN("lazy"));
    if (file.width > 0 && file.height > 0 && !sized_by_author(at)) {
        set_number(at, "width", file.width);
        set_number(at, "height", file.height);
        tree_set(at->tree, at->node, SPAN("data-natural"), SPAN(""));
    }
}

static void media(const struct at *at)
{
    loaded(at, "src");
    loaded(at, "data-src");
    loaded(at, "poster");
    if (!tree_attribute(at->tree, at->node, "preload"))
        tree_set(at->tree, at->node, SPAN("preload"), SPAN("metadata"));
}

/* Screen readers announce a frame by its title; its address without the scheme is better than none.
 */
static void frame_title(const struct at *at)
{
    struct strbuf source = STRBUF_INIT;
    struct span title;
    ptrdiff_t slashes;

    if (tree_attribute(at->tree, at->node, "title") ||
        tree_attribute(at->tree, at->node, "aria-label"))
        return;
    if (tree_value(at->tree, at->node, "src", &source) ||
        tree_value(at->tree, at->node, "data-src", &source)) {
        title = strbuf_span(&source);
        slashes = span_find(title, SPAN("//"));
        if (slashes >= 0)
            title = span_from(title, (size_t)slashes + 2);
        tree_set(at->tree, at->node, SPAN("title"), title);
    }
    strbuf_release(&source);
}

/* Those with data-src are loaded and unloaded by reveal.js, the others by the browser. */
static void frame(const struct at *at)
{
    frame_title(at);
    loaded(at, "src");
    loaded(at, "data-src");
    if (tree_attribute(at->tree, at->node, "src") && !tree_attribute(at->tree, at->node, "loading"))
        tree_set(at->tree, at->node, SPAN("loading"), SPAN("lazy"));
}

/* reveal.js takes data-background for a picture if it looks like one, else for a colour. */
static bool is_picture_url(struct span value)
{
    static const char *const endings[] = {".svg", ".png", ".jpg", ".jpeg", ".gif", ".bmp", ".webp"};

    if (span_starts_with(value, SPAN("http")) || span_starts_with(value, SPAN("//")))
        return true;
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
        size_t len = strlen(endings[i]);

        for (size_t j = 0; j + len <= value.len; j++) {
            if (strncasecmp(value.data + j, endings[i], len) == 0 &&
                (j + len == value.len || span_set_has("?# \t\n", value.data[j + len])))
                return true;
        }
    }
    return false;
}

static void backgrounds(const struct at *at)
{
    const struct tree_attribute *either = tree_attribute(at->tree, at->node, "data-background");

    if (either && is_picture_url(either->value))
        loaded(at, "data-background");
    url_list(at, "data-background-image");
    url_list(at, "data-background-video");
    loaded(at, "data-background-iframe");
}

static void link(const struct at *at)
{
    struct deck_file file;
    struct strbuf href = STRBUF_INIT;

    url(at, "href", LINK_TO, &file);
    if (tree_attribute(at->tree, at->node, "data-preview-link") &&
        tree_value(at->tree, at->node, "href", &href))
        links_note_host(at->refer->links, strbuf_span(&href));
    strbuf_release(&href);
}

static bool is_language(struct span word)
{
    static const char *const others[] = {"hljs",     "nohighlight", "no-highlight", "stretch",
                                         "fragment", "r-stretch",   "r-fit-text"};

    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        if (span_is(word, others[i]))
            return false;
    }
    return true;
}

static void note_language(const struct at *at, struct span name)
{
    struct links *links = at->refer->links;
    const struct deck_files *files = &links->request->files;

    if (map_put(at->refer->languages, name, at->refer) || !files->knows_language ||
        files->knows_language(name))
        return;
    err_add(links->errs, SEVERITY_NOTE, links->file, line_of(at), 0,
            "code in `%.*s` stays uncoloured: highlight.js knows no such language", (int)name.len,
            name.data);
}

/* The language of a block of code: from language-x or lang-x, else any class. */
static void languages(const struct at *at)
{
    const struct tree_attribute *class = tree_attribute(at->tree, at->node, "class");
    struct span rest = class ? class->value : (struct span){0};
    struct span word, named = {0};

    while (span_next_part(&rest, ' ', &word)) {
        if (span_starts_with(word, SPAN("language-")))
            named = span_from(word, 9);
        else if (span_starts_with(word, SPAN("lang-")))
            named = span_from(word, 5);
        if (named.len > 0)
            break;
    }
    if (named.len > 0) {
        note_language(at, named);
        return;
    }
    rest = class ? class->value : (struct span){0};
    while (span_next_part(&rest, ' ', &word)) {
        word = span_trim(word);
        if (word.len > 0 && is_language(word))
            note_language(at, word);
    }
}

static void code(const struct at *at)
{
    uint32_t parent = tree_at(at->tree, at->node)->parent;

    if (parent == TREE_ROOT || !tree_is(at->tree, parent, ELEMENT_PRE))
        return;
    at->refer->code |= !tree_has_class(at->tree, parent, "mermaid");
    languages(at);
}

static void foreign(const struct at *at)
{
    if (span_is_nocase(tree_at(at->tree, at->node)->text, "image")) {
        loaded(at, "href");
        loaded(at, "xlink:href");
    } else if (span_is_nocase(tree_at(at->tree, at->node)->text, "a")) {
        link(at);
    }
}

static void element(const struct at *at)
{
    at->refer->math |= tree_has_class(at->tree, at->node, "math");
    if (tree_at(at->tree, at->node)->foreign) {
        foreign(at);
        return;
    }
    switch ((unsigned)tree_at(at->tree, at->node)->element) {
    case ELEMENT_A:
    case ELEMENT_AREA:
        link(at);
        break;
    case ELEMENT_IMG:
        picture(at);
        break;
    case ELEMENT_VIDEO:
    case ELEMENT_AUDIO:
        media(at);
        break;
    case ELEMENT_SOURCE:
        url_list(at, "srcset");
        loaded(at, "src");
        loaded(at, "data-src");
        break;
    case ELEMENT_TRACK:
    case ELEMENT_EMBED:
    case ELEMENT_SCRIPT:
        loaded(at, "src");
        break;
    case ELEMENT_IFRAME:
        frame(at);
        break;
    case ELEMENT_OBJECT:
        loaded(at, "data");
        break;
    case ELEMENT_LINK:
        loaded(at, "href");
        break;
    case ELEMENT_SECTION:
        backgrounds(at);
        break;
    case ELEMENT_CODE:
        code(at);
        break;
    default:
        break;
    }
}

/* Math is not looked for where KaTeX does not look either. */
static bool holds_math(const struct at *at)
{
    static const enum element skipped[] = {ELEMENT_SCRIPT,   ELEMENT_STYLE, ELEMENT_TEXTAREA,
                                           ELEMENT_NOSCRIPT, ELEMENT_PRE,   ELEMENT_CODE,
                                           ELEMENT_OPTION};
    struct strbuf text = STRBUF_INIT;
    struct span html = tree_at(at->tree, at->node)->text;
    bool found;

    if (!html.len || (!memchr(html.data, '$', html.len) && !memchr(html.data, '\\', html.len) &&
                      !memchr(html.data, '&', html.len)))
        return false;
    for (size_t i = 0; i < sizeof skipped / sizeof *skipped; i++) {
        if (tree_inside(at->tree, at->node, skipped[i]))
            return false;
    }
    tree_decode(&text, html);
    found = math_occurs(strbuf_span(&text));
    strbuf_release(&text);
    return found;
}

void refer_apply(struct refer *refer, struct tree *tree)
{
    struct at at = {refer, tree, TREE_ROOT};

    backgrounds(&at);
    for (at.node = tree_next(tree, TREE_ROOT); at.node != TREE_NONE;
         at.node = tree_next(tree, at.node)) {
        if (tree_at(tree, at.node)->kind == TREE_ELEMENT) {
            element(&at);
            refer->mermaid |= refer->draw_mermaid && tree_has_class(tree, at.node, "mermaid");
        } else if (tree_at(tree, at.node)->kind == TREE_TEXT && refer->look_for_math &&
                   !refer->math) {
            refer->math = holds_math(&at);
        }
    }
}
