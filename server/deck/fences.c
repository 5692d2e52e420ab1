#include "deck/fences.h"

#include <string.h>

/* Lines further on that could close a fence: each longer than all between it and here. */
struct outlook {
    VEC(size_t) nearest_last;
};

static bool is_blank(char c)
{
    return c == ' ' || c == '\t';
}

static size_t skip_blanks(struct span text, size_t at)
{
    while (at < text.len && is_blank(text.data[at]))
        at++;
    return at;
}

/* Behind one list marker and the blank that must follow it; `at` if there is none. */
static size_t skip_marker(struct span text, size_t at)
{
    size_t end = at;

    while (end < text.len && end - at < 9 && text.data[end] >= '0' && text.data[end] <= '9')
        end++;
    if (end >= text.len || !span_set_has(end > at ? ".)" : "-*+", text.data[end]))
        return at;
    end++;
    return end < text.len && is_blank(text.data[end]) ? end : at;
}

size_t line_content(struct span text, size_t at, bool *ret_marked)
{
    size_t next;

    *ret_marked = false;
    at = skip_blanks(text, at);
    while ((next = skip_marker(text, at)) > at) {
        *ret_marked = true;
        at = skip_blanks(text, next);
    }
    return at;
}

static bool fence_parse(struct span text, size_t start, size_t end, struct fence *ret)
{
    struct span line = span_cut(text, 0, end);
    struct fence fence = {.start = start, .end = end};
    size_t at = line_content(line, start, &fence.marked);
    struct span info;

    if (at == end || (line.data[at] != '`' && line.data[at] != '~'))
        return false;
    fence.character = line.data[at];
    while (at < end && line.data[at] == fence.character) {
        fence.len++;
        at++;
    }
    info = span_trim(span_from(line, at));
    fence.info = info.len > 0;
    if (fence.len < 3 || (fence.character == '`' && span_find_char(info, '`') >= 0))
        return false;
    *ret = fence;
    return true;
}

static size_t outlook_find(const struct outlook *outlook, const struct fence *fences, size_t len)
{
    size_t low = 0, high = outlook->nearest_last.count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (fences[outlook->nearest_last.items[middle]].len >= len)
            low = middle + 1;
        else
            high = middle;
    }
    return low > 0 ? outlook->nearest_last.items[low - 1] : FENCE_NONE;
}

static void outlook_add(struct outlook *outlook, const struct fence *fences, size_t index)
{
    size_t count = outlook->nearest_last.count;

    while (count > 0 && fences[outlook->nearest_last.items[count - 1]].len <= fences[index].len)
        count--;
    outlook->nearest_last.count = count;
    vec_push(&outlook->nearest_last, index);
}

void fence_list_find(struct fence_list *fences, struct span text)
{
    struct outlook closers[2] = {0}, rivals[2] = {0};
    struct span rest = text, line;
    struct fence fence;

    while (span_next_line(&rest, &line)) {
        size_t start = (size_t)(line.data - text.data);

        if (fence_parse(text, start, start + line.len, &fence))
            vec_push(&fences->list, fence);
    }
    for (size_t i = fences->list.count; i-- > 0;) {
        struct fence *items = fences->list.items;
        int kind = items[i].character == '~';

        items[i].closer = outlook_find(&closers[kind], items, items[i].len);
        items[i].rival = outlook_find(&rivals[kind], items, items[i].len);
        if (items[i].info)
            outlook_add(&rivals[kind], items, i);
        else if (!items[i].marked)
            outlook_add(&closers[kind], items, i);
    }
    for (int kind = 0; kind < 2; kind++) {
        vec_release(&closers[kind].nearest_last);
        vec_release(&rivals[kind].nearest_last);
    }
}

void fence_list_release(struct fence_list *fences)
{
    vec_release(&fences->list);
}
