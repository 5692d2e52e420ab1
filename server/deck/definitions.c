#include "deck/definitions.h"

#include "base/mem.h"
#include "deck/commonmark.h"
#include "deck/guard.h"
#include "deck/label.h"

#include <string.h>

void definitions_init(struct definitions *definitions)
{
    *definitions = (struct definitions){0};
    map_init(&definitions->labels);
}

void definitions_release(struct definitions *definitions)
{
    vec_each (&definitions->list, definition)
        free(*definition);
    vec_release(&definitions->list);
    map_release(&definitions->labels);
}

static size_t line_len(struct span text)
{
    ptrdiff_t end = span_find_char(text, '\n');

    return end < 0 ? text.len : (size_t)end + 1;
}

/* Whether cmark takes the whole for definitions: nothing of it may show on another slide. */
static bool shows_nothing(struct span text)
{
    cmark_node *document = commonmark_parse(text, COMMONMARK_PLAIN);
    bool nothing = !cmark_node_first_child(document);

    cmark_node_free(document);
    return nothing;
}

static void add(struct definitions *definitions, struct strbuf *label, struct span text,
                bool footnote)
{
    struct definition *definition;

    if (map_get(&definitions->labels, strbuf_span(label)))
        return; /* the first one counts */
    if (!footnote && !shows_nothing(text)) {
        text.len = line_len(text); /* the next line was no title of it */
        if (!shows_nothing(text))
            return;
    }
    definition = mem_zero(1, sizeof *definition);
    definition->text = text;
    definition->footnote = footnote;
    vec_push(&definitions->list, definition);
    map_put(&definitions->labels, strbuf_span(label), definition);
}

static bool starts_blank(struct span text)
{
    return span_trim(span_cut(text, 0, line_len(text))).len == 0;
}

/* A footnote goes on over indented lines and the blank ones between, and over lazy ones. */
static size_t footnote_len(struct span text)
{
    size_t len = line_len(text), kept = len;
    bool paragraph = true;

    while (len < text.len) {
        struct span line = span_from(text, len);
        bool indented = span_starts_with(line, SPAN("    ")) || line.data[0] == '\t';

        if (starts_blank(line)) {
            paragraph = false;
        } else if (indented || (paragraph && !span_set_has("[#>-*+`~<|:", line.data[0]))) {
            kept = len + line_len(line);
            paragraph = true;
        } else {
            break;
        }
        len += line_len(line);
    }
    return kept;
}

/* A link's definition may have its destination and its title on lines of their own. */
static size_t link_len(struct span text, size_t label)
{
    size_t len = line_len(text);
    bool bare = span_trim(span_cut(text, label + 1, len)).len == 0;

    for (int more = bare ? 2 : 1; more > 0 && len < text.len; more--) {
        struct span line = span_from(text, len);
        struct span words = span_trim(span_cut(line, 0, line_len(line)));

        if (words.len == 0)
            break;
        if (!(bare && more == 2) && !span_set_has("\"'(", words.data[0]))
            break;
        len += line_len(line);
    }
    return len;
}

/* A walk over the lines of a text that are not code and not commented out. */
struct finder {
    struct guard *guard;
    struct span text;
    size_t at;
    struct guard_run run;
    bool has_run;
};

static void finder_init(struct finder *finder, struct span text)
{
    *finder = (struct finder){.guard = guard_new(text), .text = text};
    finder->has_run = guard_next(finder->guard, 0, text.len, &finder->run);
}

static void finder_release(struct finder *finder)
{
    guard_free(finder->guard);
}

/* The rest of the text from the next line on; false at its end. */
static bool next_line(struct finder *finder, struct span *ret_rest)
{
    struct guard_run *run = &finder->run;

    /* What is left open ends with its slide, which is not known here: it guards nothing. */
    while (finder->has_run && (run->open || run->end <= finder->at))
        finder->has_run =
            guard_next(finder->guard, run->open ? run->start + 1 : run->end, finder->text.len, run);
    if (finder->has_run && run->start <= finder->at)
        finder->at = run->end + line_len(span_from(finder->text, run->end));
    if (finder->at >= finder->text.len)
        return false;
    *ret_rest = span_from(finder->text, finder->at);
    finder->at += line_len(*ret_rest);
    return true;
}

/* The next definition: its label (normalised) and its whole. */
static bool next_definition(struct finder *finder, struct strbuf *label, struct span *ret_text,
                            bool *ret_footnote)
{
    struct span line;

    while (next_line(finder, &line)) {
        size_t indent = 0, len;

        while (indent < 3 && indent < line.len && line.data[indent] == ' ')
            indent++;
        line = span_from(line, indent);
        len = line.len > 0 && line.data[0] == '[' ? label_len(line) : 0;
        if (len == 0 || len >= line.len || line.data[len] != ':')
            continue;
        label_normalise(label, span_cut(line, 1, len - 1));
        if (label->len == 0)
            continue;
        *ret_footnote = line.data[1] == '^';
        *ret_text = span_cut(line, 0, *ret_footnote ? footnote_len(line) : link_len(line, len));
        return true;
    }
    return false;
}

void definitions_find(struct definitions *definitions, struct span text)
{
    struct strbuf label = STRBUF_INIT;
    struct finder finder;
    struct span whole;
    bool footnote;

    definitions->budget = text.len * 4 + (1 << 20);
    finder_init(&finder, text);
    while (next_definition(&finder, &label, &whole, &footnote))
        add(definitions, &label, whole, footnote);
    finder_release(&finder);
    strbuf_release(&label);
}

/* What the slide defines itself it need not be given. */
static void skip_own(struct definitions *definitions, struct span text, unsigned slide)
{
    struct strbuf label = STRBUF_INIT;
    struct finder finder;
    struct span whole;
    bool footnote;

    finder_init(&finder, text);
    while (next_definition(&finder, &label, &whole, &footnote)) {
        struct definition *definition = map_get(&definitions->labels, strbuf_span(&label));

        if (definition)
            definition->slide = slide;
    }
    finder_release(&finder);
    strbuf_release(&label);
}

struct wanted {
    VEC(struct definition *) list;
    struct strbuf label;
};

/* Notes each definition that the text may refer to, unless the slide has it already. */
static void look_through(struct definitions *definitions, struct wanted *wanted, struct span text,
                         unsigned slide)
{
    while (text.len > 0) {
        ptrdiff_t open = span_find_char(text, '[');
        struct definition *definition;
        size_t len;

        if (open < 0)
            return;
        text = span_from(text, (size_t)open);
        len = label_len(text);
        if (len > 0) {
            label_normalise(&wanted->label, span_cut(text, 1, len - 1));
            definition = map_get(&definitions->labels, strbuf_span(&wanted->label));
            if (definition && definition->slide != slide) {
                definition->slide = slide;
                if (definition->text.len <= definitions->budget) {
                    definitions->budget -= definition->text.len;
                    vec_push(&wanted->list, definition);
                }
            }
        }
        text = span_from(text, 1);
    }
}

static void append_kind(const struct wanted *wanted, bool footnote, struct strbuf *out)
{
    for (size_t i = 0; i < wanted->list.count; i++) {
        const struct definition *definition = wanted->list.items[i];

        if (definition->footnote != footnote)
            continue;
        strbuf_append_span(out, definition->text);
        strbuf_append_text(out, "\n\n");
    }
}

void definitions_append(struct definitions *definitions, struct span text, unsigned slide,
                        struct strbuf *out)
{
    struct wanted wanted = {.label = STRBUF_INIT};

    if (definitions->list.count == 0)
        return;
    skip_own(definitions, text, slide);
    look_through(definitions, &wanted, text, slide);
    for (size_t i = 0; i < wanted.list.count; i++)
        look_through(definitions, &wanted, wanted.list.items[i]->text, slide);
    if (wanted.list.count > 0) {
        /* A comment ends the last footnote, which would go on over an indented first line. */
        append_kind(&wanted, true, out);
        strbuf_append_text(out, "<!-- -->\n\n");
        append_kind(&wanted, false, out);
    }
    vec_release(&wanted.list);
    strbuf_release(&wanted.label);
}
