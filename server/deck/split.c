#include "deck/split.h"

#include "base/mem.h"
#include "deck/guard.h"
#include "deck/line_counter.h"
#include "deck/separators.h"

#include <assert.h>
#include <string.h>

/* What is between two separators, and what follows it. */
struct piece {
    size_t start, end;
    bool vertical_next;
};

struct pieces {
    VEC(struct piece) list;
};

struct splitter {
    struct separators separators;
    const char *file;
    struct err_list *errs;
};

struct splitter *splitter_new(const struct deck_settings *settings, const char *file,
                              struct err_list *settings_errs, struct err_list *text_errs)
{
    struct splitter *splitter = mem_zero(1, sizeof *splitter);

    separators_init(&splitter->separators, settings, file, settings_errs);
    splitter->file = file;
    splitter->errs = text_errs;
    return splitter;
}

void splitter_free(struct splitter *splitter)
{
    if (!splitter)
        return;
    separators_release(&splitter->separators);
    free(splitter);
}

/* Where in a match its separator shows: blanks and line ends around it may belong to a run. */
static size_t match_place(struct span text, size_t start, size_t end)
{
    struct span match = span_cut(text, start, end), trimmed = span_trim(match);

    return trimmed.len > 0 ? start + (size_t)(trimmed.data - match.data) : start;
}

/* A walk over a part of the text: what guards it next, and what is wrong with that. */
struct walk {
    struct guard *guard;
    struct span text;
    size_t limit;
    struct guard_run run;
    bool has_run;
    struct line_counter lines;
    const char *file;
    struct err_list *errs; /* NULL: open runs were reported already */
};

static void walk_report(struct walk *walk)
{
    const char *what = "this comment has no --> before the slide or the next comment: add it";

    if (!walk->errs)
        return;
    if (walk->run.kind == GUARD_FENCE)
        what = "this code fence is not closed before the slide or the next fence: add a line with "
               "the same characters";
    err_add(walk->errs, SEVERITY_WARNING, walk->file,
            line_counter_at(&walk->lines, walk->text, walk->run.start), 0, "%s", what);
}

static void walk_on(struct walk *walk, size_t from)
{
    walk->has_run = guard_next(walk->guard, from, walk->limit, &walk->run);
    if (walk->has_run && walk->run.open)
        walk_report(walk);
}

/* True if `at` is guarded; then nothing separates before walk->run.end. */
static bool walk_guards(struct walk *walk, size_t at)
{
    while (walk->has_run && walk->run.start < at) {
        if (at < walk->run.end)
            return !walk->run.open;
        walk_on(walk, walk->run.end);
    }
    return false;
}

/*
 * The next match of `regex` at or behind *from that nothing guards; *from is behind it then.
 * Returns as regex_find.
 */
static int walk_find(struct walk *walk, struct regex *regex, struct regex_budget *budget,
                     size_t *from, size_t *ret_start, size_t *ret_end)
{
    struct span subject = span_cut(walk->text, 0, walk->limit);
    size_t start, end;
    int found;

    while ((found = regex_find(regex, budget, subject, *from, &start, &end)) > 0) {
        if (walk_guards(walk, match_place(subject, start, end))) {
            *from = walk->run.end;
            continue;
        }
        if (walk->has_run && walk->run.start < end)
            walk_on(walk, end);
        *from = *ret_end = end;
        *ret_start = start;
        return 1;
    }
    while (found == 0 && walk->has_run)
        walk_on(walk, walk->run.end);
    return found;
}

static int cut_part(struct separators *separators, struct walk *walk, size_t start,
                    struct pieces *pieces)
{
    size_t from = start, match, end, none;
    int found;

    walk_on(walk, start);
    while ((found = walk_find(walk, separators->any, &separators->budget, &from, &match, &end)) >
           0) {
        int horizontal = regex_find(separators->horizontal, &separators->budget,
                                    span_cut(walk->text, match, end), 0, &none, &none);

        if (horizontal < 0)
            return horizontal;
        vec_push(&pieces->list, ((struct piece){start, match, !horizontal}));
        start = end;
    }
    vec_push(&pieces->list, ((struct piece){start, walk->limit, false}));
    return found;
}

static int cut(struct splitter *splitter, struct span text, unsigned line, const size_t *breaks,
               size_t break_count, struct pieces *pieces, struct err_list *errs)
{
    struct walk walk = {
        .guard = guard_new(text),
        .text = text,
        .lines = {0, line},
        .file = splitter->file,
        .errs = errs,
    };
    size_t start = 0;
    int err = 0;

    for (size_t i = 0; i <= break_count && err == 0; i++) {
        walk.limit = i < break_count ? breaks[i] : text.len;
        err = cut_part(&splitter->separators, &walk, start, pieces);
        start = walk.limit;
    }
    guard_free(walk.guard);
    return err;
}

/* Gives the slides of one stack their place; those before `first` have theirs. */
static void close_stack(struct split_slides *slides, size_t first, unsigned h)
{
    size_t count = slides->list.count - first;

    for (size_t i = 0; i < count; i++) {
        struct split_slide *slide = &slides->list.items[first + i];

        slide->h = h;
        slide->v = (unsigned)i;
        slide->stacked = count > 1;
    }
}

/* The slide before a vertical separator opens a stack, which lasts until a horizontal one. */
static void arrange(struct span text, unsigned line, const struct pieces *pieces,
                    struct split_slides *slides)
{
    struct line_counter lines = {0, line};
    size_t first = slides->list.count;
    unsigned h = 0;

    vec_each (&pieces->list, piece) {
        struct span inside = span_cut(text, piece->start, piece->end);

        if (span_trim(inside).len > 0) {
            struct split_slide slide = {.text = inside};

            slide.line = line_counter_at(&lines, text, piece->start);
            vec_push(&slides->list, slide);
        }
        if (piece->vertical_next || slides->list.count == first)
            continue;
        close_stack(slides, first, h++);
        first = slides->list.count;
    }
}

void splitter_slides(struct splitter *splitter, struct span text, unsigned line,
                     const size_t *breaks, size_t break_count, struct split_slides *slides)
{
    struct pieces pieces = {0};
    struct err_list errs;
    int err;

    err_list_init(&errs);
    err = cut(splitter, text, line, breaks, break_count, &pieces, &errs);
    if (err) {
        separators_give_up_slides(&splitter->separators, err);
        err_list_release(&errs);
        err_list_init(&errs);
        pieces.list.count = 0;
        err = cut(splitter, text, line, breaks, break_count, &pieces, &errs);
        assert(err == 0);
    }
    arrange(text, line, &pieces, slides);
    err_list_move(splitter->errs, &errs);
    err_list_release(&errs);
    vec_release(&pieces.list);
}

/* A part of the notes, a blank line after the one before, and in its own line if that goes. */
static void append_notes(struct strbuf *notes, struct span part, unsigned line, unsigned *last_line)
{
    if (notes->len > 0) {
        if (notes->data[notes->len - 1] != '\n') {
            strbuf_append_char(notes, '\n');
            ++*last_line;
        }
        do
            strbuf_append_char(notes, '\n');
        while (++*last_line < line);
    } else {
        *last_line = line;
    }
    strbuf_append_span(notes, part);
    for (size_t i = 0; i < part.len; i++)
        *last_line += part.data[i] == '\n';
}

static int cut_notes(struct separators *separators, struct span slide, unsigned line,
                     struct strbuf *notes, struct span *ret_body, unsigned *ret_notes_line)
{
    struct walk walk = {.guard = guard_new(slide), .text = slide, .limit = slide.len};
    struct line_counter lines = {0, line};
    size_t from = 0, start = 0, match, end;
    unsigned last_line = line;
    struct span body = slide;
    bool in_notes = false;
    int found;

    walk_on(&walk, 0);
    do {
        found = walk_find(&walk, separators->notes, &separators->budget, &from, &match, &end);
        if (found <= 0)
            match = end = slide.len;
        if (!in_notes) {
            body = span_cut(slide, 0, match);
            *ret_notes_line = line_counter_at(&lines, slide, end);
        } else {
            append_notes(notes, span_cut(slide, start, match),
                         line_counter_at(&lines, slide, start), &last_line);
        }
        in_notes = true;
        start = end;
    } while (found > 0);
    guard_free(walk.guard);
    *ret_body = body;
    return found;
}

struct span splitter_notes(struct splitter *splitter, struct span slide, unsigned line,
                           struct strbuf *notes, unsigned *ret_notes_line)
{
    struct span body = slide;
    int err;

    strbuf_reset(notes);
    err = cut_notes(&splitter->separators, slide, line, notes, &body, ret_notes_line);
    if (err) {
        separators_give_up_notes(&splitter->separators, err);
        strbuf_reset(notes);
        err = cut_notes(&splitter->separators, slide, line, notes, &body, ret_notes_line);
        assert(err == 0);
    }
    return body;
}
