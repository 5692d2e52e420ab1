#include "base/names.h"

#include "base/utf8.h"

static bool is_ascii(struct span text)
{
    for (size_t i = 0; i < text.len; i++)
        if ((unsigned char)text.data[i] >= 0x80)
            return false;
    return true;
}

void names_put(struct map *composed, struct span name, void *value)
{
    struct strbuf form = STRBUF_INIT;

    if (is_ascii(name))
        return;
    utf8_append_composed(&form, name);
    if (!map_get(composed, strbuf_span(&form)))
        map_put(composed, strbuf_span(&form), value);
    strbuf_release(&form);
}

void *names_get(const struct map *composed, struct span name)
{
    struct strbuf form = STRBUF_INIT;
    void *value;

    if (composed->count == 0 || is_ascii(name))
        return NULL;
    utf8_append_composed(&form, name);
    value = map_get(composed, strbuf_span(&form));
    strbuf_release(&form);
    return value;
}

bool names_alike(struct span a, struct span b)
{
    struct strbuf left = STRBUF_INIT, right = STRBUF_INIT;
    bool alike = span_equal(a, b);

    if (!alike && !is_ascii(a) && !is_ascii(b)) {
        utf8_append_composed(&left, a);
        utf8_append_composed(&right, b);
        alike = span_equal(strbuf_span(&left), strbuf_span(&right));
    }
    strbuf_release(&left);
    strbuf_release(&right);
    return alike;
}
