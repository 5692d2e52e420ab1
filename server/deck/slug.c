#include "deck/slug.h"

#include "base/utf8.h"

#include <stdint.h>
#include <string.h>

enum { SLUG_MAX = 60 }; /* bytes, before a number */

void slugger_init(struct slugger *slugger)
{
    map_init(&slugger->taken);
}

void slugger_release(struct slugger *slugger)
{
    map_release(&slugger->taken);
}

bool slugger_reserve(struct slugger *slugger, struct span id)
{
    if (map_get(&slugger->taken, id))
        return false;
    map_put(&slugger->taken, id, (void *)1);
    return true;
}

static bool is_apostrophe(int32_t c)
{
    return c == '\'' || c == 0x2019;
}

void slug_append(struct strbuf *out, struct span text)
{
    size_t start = out->len, len;
    bool gap = false;

    while (text.len > 0) {
        int32_t c = utf8_decode(text, &len);

        if (c < 0)
            break;
        text = span_from(text, len);
        if (!utf8_is_word(c)) { /* ’ and ' vanish within a word */
            gap = gap || !is_apostrophe(c);
            continue;
        }
        if (out->len - start >= SLUG_MAX || (gap && out->len - start > SLUG_MAX * 3 / 4))
            break;
        if (gap && out->len > start)
            strbuf_append_char(out, '-');
        gap = false;
        utf8_append(out, utf8_lower((uint32_t)c));
    }
}

static bool is_number(const struct strbuf *id)
{
    return strspn(id->data, "0123456789") == id->len;
}

void slugger_make(struct slugger *slugger, struct span text, struct strbuf *ret_id)
{
    uintptr_t number;
    size_t stem;

    strbuf_reset(ret_id);
    slug_append(ret_id, text);
    if (is_number(ret_id))
        strbuf_append_text(ret_id, ret_id->len > 0 ? "-slide" : "slide");
    stem = ret_id->len;
    number = (uintptr_t)map_get(&slugger->taken, strbuf_span(ret_id));
    while (number > 0) {
        struct span whole = strbuf_span(ret_id);

        map_put(&slugger->taken, span_cut(whole, 0, stem), (void *)++number);
        strbuf_truncate(ret_id, stem);
        strbuf_append_format(ret_id, "-%zu", (size_t)number);
        if (!map_get(&slugger->taken, strbuf_span(ret_id)))
            break;
    }
    map_put(&slugger->taken, strbuf_span(ret_id), (void *)1);
}
