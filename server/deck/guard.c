#include "deck/guard.h"

#include "base/mem.h"
#include "deck/fences.h"

#include <string.h>

enum { CODE_SPAN_MAX = 64 }; /* backticks; longer runs delimit nothing here */

struct code_span {
    size_t start, end;
};

struct guard {
    struct span text;
    struct fence_list fences;
    size_t fence;                              /* index of the first that may still come */
    size_t comment;                            /* the first "<!--" that may still come */
    size_t closer;                             /* a "-->" that was found ahead */
    size_t blank;                              /* a blank line that was found ahead */
    size_t line_start, line_content, line_end; /* whose code spans are known */
    VEC(struct code_span) spans;
};

/* The needle at or behind `from`; the end of the text if there is none. */
static size_t find(struct span text, size_t from, struct span needle)
{
    ptrdiff_t at = from < text.len ? span_find(span_from(text, from), needle) : -1;

    return at < 0 ? text.len : from + (size_t)at;
}

struct guard *guard_new(struct span text)
{
    struct guard *guard = mem_zero(1, sizeof *guard);

    guard->text = text;
    fence_list_find(&guard->fences, text);
    guard->comment = find(text, 0, SPAN("<!--"));
    guard->closer = find(text, 0, SPAN("-->"));
    return guard;
}

void guard_free(struct guard *guard)
{
    if (!guard)
        return;
    fence_list_release(&guard->fences);
    vec_release(&guard->spans);
    free(guard);
}

/* The first blank line behind the line of `from`: its first byte. */
static size_t find_blank_line(struct span text, size_t from)
{
    size_t at = find(text, from, SPAN("\n"));

    while (at < text.len) {
        size_t start = at + 1, end = find(text, start, SPAN("\n"));

        if (span_trim(span_cut(text, start, end)).len == 0)
            return start;
        at = end;
    }
    return text.len;
}

/* A search that goes forward only keeps what it found until that is passed. */
static void pass(size_t *found, size_t from, struct span text, struct span needle)
{
    if (*found < from)
        *found = find(text, from, needle);
}

static void find_code_spans(struct guard *guard, size_t start, size_t end)
{
    size_t next[CODE_SPAN_MAX + 1];
    size_t at = end;

    memset(next, 0xff, sizeof next);
    guard->spans.count = 0;
    /* Backwards, each run of backticks knows the next one of its length. */
    while (at > start) {
        size_t stop = at;

        while (at > start && guard->text.data[at - 1] == '`')
            at--;
        if (stop - at == 0) {
            at--;
        } else if (stop - at <= CODE_SPAN_MAX) {
            if (next[stop - at] != FENCE_NONE)
                vec_push(&guard->spans, ((struct code_span){at, next[stop - at]}));
            next[stop - at] = stop;
        }
    }
}

static void know_line(struct guard *guard, size_t at)
{
    size_t start = at;
    bool marked;

    if (at >= guard->line_start && at < guard->line_end)
        return;
    while (start > 0 && guard->text.data[start - 1] != '\n')
        start--;
    guard->line_start = start;
    guard->line_end = find(guard->text, at, SPAN("\n"));
    guard->line_content = line_content(guard->text, start, &marked);
    find_code_spans(guard, start, guard->line_end);
}

/* Forward over the spans of the line, of which those inside another one are none. */
static bool in_code_span(struct guard *guard, size_t at)
{
    while (guard->spans.count > 0 && vec_last(&guard->spans)->end <= at) {
        size_t outer = vec_last(&guard->spans)->end;

        guard->spans.count--;
        while (guard->spans.count > 0 && vec_last(&guard->spans)->start < outer)
            guard->spans.count--;
    }
    return guard->spans.count > 0 && vec_last(&guard->spans)->start < at;
}

/* Within a line, what has a blank line in it or never ends is no comment but text. */
static bool comment_parse(struct guard *guard, size_t at, size_t limit, struct guard_run *ret)
{
    size_t rival;

    pass(&guard->closer, at + 2, guard->text, SPAN("-->"));
    rival = find(span_cut(guard->text, 0, guard->closer), at + 4, SPAN("<!--"));
    *ret = (struct guard_run){.kind = GUARD_COMMENT, .start = at};
    ret->open = guard->closer >= limit || rival < guard->closer;
    ret->end = guard->closer < limit ? guard->closer + 3 : limit;
    if (rival < ret->end && rival < guard->closer)
        ret->end = rival;
    if (at == guard->line_content)
        return true;
    if (guard->blank <= at)
        guard->blank = find_blank_line(guard->text, at);
    return !ret->open && guard->blank > guard->closer;
}

static bool next_comment(struct guard *guard, size_t from, size_t before, size_t limit,
                         struct guard_run *ret)
{
    pass(&guard->comment, from, guard->text, SPAN("<!--"));
    while (guard->comment < before) {
        know_line(guard, guard->comment);
        if (!in_code_span(guard, guard->comment) &&
            comment_parse(guard, guard->comment, limit, ret))
            return true;
        pass(&guard->comment, guard->comment + 4, guard->text, SPAN("<!--"));
    }
    return false;
}

static void fence_run(const struct fence *fences, const struct fence *fence, size_t limit,
                      struct guard_run *ret)
{
    const struct fence *closer = fence->closer != FENCE_NONE ? &fences[fence->closer] : NULL;
    const struct fence *rival = fence->rival != FENCE_NONE ? &fences[fence->rival] : NULL;

    *ret = (struct guard_run){.kind = GUARD_FENCE, .start = fence->start, .end = limit};
    if (closer && closer->start < limit)
        ret->end = closer->end;
    else
        ret->open = true;
    if (rival && rival->start < ret->end) {
        ret->end = rival->start;
        ret->open = true;
    }
}

bool guard_next(struct guard *guard, size_t from, size_t limit, struct guard_run *ret_run)
{
    const struct fence *fences = guard->fences.list.items;
    size_t fence_start = limit;

    while (guard->fence < guard->fences.list.count && fences[guard->fence].start < from)
        guard->fence++;
    if (guard->fence < guard->fences.list.count && fences[guard->fence].start < limit)
        fence_start = fences[guard->fence].start;
    if (next_comment(guard, from, fence_start, limit, ret_run))
        return true;
    if (fence_start == limit)
        return false;
    fence_run(fences, &fences[guard->fence], limit, ret_run);
    return true;
}
