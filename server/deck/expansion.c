#include "deck/expansion.h"

#include "base/map.h"
#include "deck/label.h"

#include <stdint.h>

enum {
    TARGET_SHORT = 200,     /* bytes that any reference may repeat */
    TARGETS_FREE = 1 << 20, /* and what long ones may come to in all, beside the text's length */
};

/* Length of the address and the title behind "[label]:". */
static size_t target_len(struct span text)
{
    size_t len = 0, title;
    char close;

    while (len < text.len && span_set_has(" \t\n", text.data[len]))
        len++;
    while (len < text.len && !span_set_has(" \t\n", text.data[len]))
        len++;
    for (title = len; title < text.len && span_set_has(" \t\n", text.data[title]);)
        title++;
    if (title == text.len || !span_set_has("\"'(", text.data[title]))
        return len;
    close = text.data[title] == '(' ? ')' : text.data[title];
    for (size_t i = title + 1; i < text.len; i++) {
        if (text.data[i] == close)
            return i;
        i += text.data[i] == '\\';
    }
    return len;
}

/* Letters beyond ASCII match in more ways than we know: without them, too much matches. */
static void normalise_roughly(struct strbuf *label)
{
    size_t len = 0;

    for (size_t i = 0; i < label->len; i++)
        if ((unsigned char)label->data[i] < 0x80)
            label->data[len++] = label->data[i];
    strbuf_truncate(label, len);
}

/* Calls for each "[label]" in the text until the callback says that it is enough. */
static bool each_label(struct span text, bool (*see)(void *, struct span, struct span),
                       void *context)
{
    struct strbuf label = STRBUF_INIT;
    bool enough = false;
    ptrdiff_t open;

    while (!enough && (open = span_find_char(text, '[')) >= 0) {
        size_t len;

        text = span_from(text, (size_t)open);
        len = label_len(text);
        if (len > 0) {
            label_normalise(&label, span_cut(text, 1, len - 1));
            normalise_roughly(&label);
            enough = see(context, strbuf_span(&label), span_from(text, len));
        }
        text = span_from(text, 1);
    }
    strbuf_release(&label);
    return enough;
}

struct bounding {
    struct map longest; /* label to the length of its longest target, as a pointer */
    size_t left;        /* bytes that references may still repeat */
};

static bool note_target(void *context, struct span label, struct span behind)
{
    struct bounding *bounding = context;
    uintptr_t len;

    if (behind.len == 0 || behind.data[0] != ':')
        return false;
    len = target_len(span_from(behind, 1));
    if (len > TARGET_SHORT && len > (uintptr_t)map_get(&bounding->longest, label))
        map_put(&bounding->longest, label, (void *)len);
    return false;
}

static bool count_target(void *context, struct span label, struct span behind)
{
    struct bounding *bounding = context;
    uintptr_t len = (uintptr_t)map_get(&bounding->longest, label);

    (void)behind;
    if (len > bounding->left)
        return true;
    bounding->left -= len;
    return false;
}

static void disarm(struct span text, struct strbuf *out)
{
    ptrdiff_t colon;

    while ((colon = span_find(text, SPAN("]:"))) >= 0) {
        size_t end = (size_t)colon + 1;

        strbuf_append_span(out, span_cut(text, 0, end));
        text = span_from(text, end);
        if (target_len(span_from(text, 1)) > TARGET_SHORT)
            strbuf_append_char(out, '\\');
    }
    strbuf_append_span(out, text);
}

bool expansion_bound(struct span text, struct strbuf *out)
{
    struct bounding bounding = {.left = text.len + TARGETS_FREE};
    bool beyond = false;

    if (text.len < TARGET_SHORT || span_find(text, SPAN("]:")) < 0)
        return false;
    map_init(&bounding.longest);
    each_label(text, note_target, &bounding);
    if (bounding.longest.count > 0)
        beyond = each_label(text, count_target, &bounding);
    map_release(&bounding.longest);
    if (beyond)
        disarm(text, out);
    return beyond;
}
