#include "base/ascii.h"
#include "base/map.h"
#include "deck/drawn_words.h"
#include "deck/text.h"

#include <string.h>

enum { TAG_MAX = 60 }; /* bytes of a tag inside a label */

struct reader {
    struct strbuf *out;
    struct map said;  /* labels, each of which is said once, and names that have another label */
    bool names_boxes; /* `A[Fetch page]`: the label stands in brackets behind a name */
};

/* Words that begin a line and are not shown; with nothing else of their line, where `whole`. */
static const struct keyword {
    const char *word;
    bool whole;
} keywords[] = {
    {"style", true},      {"classDef", true},    {"linkStyle", true},  {"click", true},
    {"direction", true},  {"dateFormat", true},  {"axisFormat", true}, {"tickInterval", true},
    {"excludes", true},   {"todayMarker", true}, {"autonumber", true}, {"activate", true},
    {"deactivate", true}, {"end", true},         {"subgraph", false},  {"participant", false},
    {"actor", false},     {"title", false},      {"section", false},   {"loop", false},
    {"alt", false},       {"else", false},       {"opt", false},       {"par", false},
    {"and", false},       {"note", false},       {"Note", false},      {"over", false},
    {"class", false},     {"state", false},      {"accTitle:", false}, {"accDescr:", false},
    {"accDescr", false},  {"showData", false},   {"namespace", false}, {"commit", false},
};

static bool is_wordlike(char c)
{
    return ascii_is_letter(c) || (c >= '0' && c <= '9') || (unsigned char)c >= 0x80;
}

static char at(struct span text, size_t i)
{
    return i < text.len ? text.data[i] : '\0';
}

static struct span first_word(struct span text)
{
    size_t len = 0;

    while (len < text.len && !span_set_has(" \t;", text.data[len]))
        len++;
    return span_cut(text, 0, len);
}

static void say(struct reader *reader, struct span label)
{
    label = span_trim(label);
    while (label.len > 0 && span_set_has("/\\", label.data[0]))
        label = span_trim(span_from(label, 1));
    while (label.len > 0 && span_set_has("/\\", label.data[label.len - 1]))
        label = span_trim(span_cut(label, 0, label.len - 1));
    if (label.len == 0 || map_get(&reader->said, label))
        return;
    map_put(&reader->said, label, reader);
    if (reader->out->len > 0)
        strbuf_append_text(reader->out, " " TEXT_BETWEEN " ");
    strbuf_append_span(reader->out, label);
}

/* A name right before a bracket that something stands in. */
static bool is_name(const struct reader *reader, struct span label, struct span rest)
{
    return reader->names_boxes && label.len > 0 && span_set_has("[({>", at(rest, 0)) &&
           !span_set_has(")]}", at(rest, 1)) && span_find_char(label, ' ') < 0;
}

/* How much of the text lies between labels: arrows and brackets. 0 where a label goes on. */
static size_t separator_length(struct span text, bool after_blank)
{
    size_t len = 0;
    bool drawn = false;

    if (span_starts_with(text, SPAN(":::"))) /* the name of a style */
        return 3 + first_word(span_from(text, 3)).len;
    if (at(text, 0) == ':')
        return after_blank || text.len == 1 || text.data[1] == ' ';
    while (len < text.len && span_set_has("-=.<>~", text.data[len]))
        drawn |= text.data[len++] != '.';
    if (len == 1 && text.data[0] == '-')
        return !is_wordlike(at(text, 1)) && at(text, 1) != ' ';
    if (len == 1 && text.data[0] == '=')
        return 0;
    if (drawn && len > 1 && span_set_has("xo", at(text, len)) &&
        span_set_has(" {", at(text, len + 1)))
        return len + 1; /* --x B, --o{ B */
    if (drawn)
        return len;
    return len == 0 && span_set_has("[](){}|\";`", at(text, 0));
}

/* `<br/>`, `<b>`; 0 where the text begins with none. */
static size_t tag_length(struct span text)
{
    ptrdiff_t end;

    if (at(text, 0) != '<' || (!is_wordlike(at(text, 1)) && at(text, 1) != '/'))
        return 0;
    end = span_find_char(span_cut(text, 0, text.len < TAG_MAX ? text.len : TAG_MAX), '>');
    return end < 0 ? 0 : (size_t)end + 1;
}

static void read_labels(struct reader *reader, struct span line)
{
    struct strbuf label = STRBUF_INIT;
    size_t i = 0;

    while (i < line.len) {
        struct span rest = span_from(line, i);
        size_t tag = tag_length(rest);
        size_t len = tag ? 0 : separator_length(rest, i == 0 || line.data[i - 1] == ' ');

        if (len > 0) {
            struct span before = span_trim(strbuf_span(&label));

            if (is_name(reader, before, rest))
                map_put(&reader->said, before, reader);
            else
                say(reader, before);
            strbuf_reset(&label);
        } else {
            strbuf_append_char(&label,
                               tag || span_set_has("*\t", line.data[i]) ? ' ' : line.data[i]);
        }
        i += tag + len > 0 ? tag + len : 1;
    }
    say(reader, strbuf_span(&label));
    strbuf_release(&label);
}

static const struct keyword *find_keyword(struct span word)
{
    for (size_t i = 0; i < sizeof keywords / sizeof *keywords; i++)
        if (span_is(word, keywords[i].word))
            return &keywords[i];
    return NULL;
}

static void read_line(struct reader *reader, struct span line)
{
    const struct keyword *keyword;

    while ((keyword = find_keyword(first_word(line)))) {
        if (keyword->whole)
            return;
        line = span_trim(span_from(line, strlen(keyword->word)));
    }
    read_labels(reader, line);
}

/* `flowchart LR`, and what may follow. */
static struct span read_kind(struct reader *reader, struct span line)
{
    struct span kind = first_word(line), way;

    reader->names_boxes = span_is(kind, "graph") || span_is(kind, "flowchart") ||
                          span_is(kind, "mindmap") || span_starts_with(kind, SPAN("block"));
    line = span_trim(span_from(line, kind.len));
    way = first_word(line);
    return way.len == 2 && reader->names_boxes ? span_from(line, way.len) : line;
}

void diagram_append_words(struct strbuf *out, struct span source)
{
    struct strbuf words = STRBUF_INIT;
    struct reader reader = {.out = &words};
    struct span rest = span_trim(source), line, value;
    bool in_front_matter = false, began = false;

    map_init(&reader.said);
    while (span_next_part(&rest, '\n', &line)) {
        line = span_trim(line);
        value = SPAN("title:");
        if (span_is(line, "---") && !began) {
            in_front_matter = !in_front_matter;
        } else if (in_front_matter) {
            if (span_starts_with(line, value))
                say(&reader, span_from(line, value.len));
        } else if (line.len > 0 && !span_starts_with(line, SPAN("%%"))) {
            read_line(&reader, began ? line : read_kind(&reader, line));
            began = true;
        }
    }
    strbuf_append_span(out, strbuf_span(&words));
    map_release(&reader.said);
    strbuf_release(&words);
}
