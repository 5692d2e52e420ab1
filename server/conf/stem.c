#include "conf/stem.h"

#include "base/digest.h"
#include "base/utf8.h"

enum { DIGEST_SHOWN = 8 }; /* characters */

static char mend(char c)
{
    if (c == ' ' || c == '/' || c == '\\')
        return '-';
    return (unsigned char)c < ' ' || c == 0x7f ? '_' : c;
}

/* Between characters, where the text has any. */
static void shorten(struct strbuf *out, size_t start)
{
    struct digest digest = digest_bytes(span_from(strbuf_span(out), start));
    size_t end = start + STEM_MAX - DIGEST_SHOWN - 1;

    while (end > start && ((unsigned char)out->data[end] & 0xc0) == 0x80)
        end--;
    strbuf_truncate(out, end);
    strbuf_append_format(out, "-%.*s", DIGEST_SHOWN, digest.text);
}

bool stem_append(struct strbuf *out, struct span name)
{
    struct strbuf folded = STRBUF_INIT;
    size_t start = out->len;

    utf8_append_folded(&folded, name, false);
    if (folded.len > 0 && folded.data[0] == '.')
        strbuf_append_char(out, '-');
    for (size_t i = 0; i < folded.len; i++)
        strbuf_append_char(out, mend(folded.data[i]));
    strbuf_release(&folded);
    if (out->len - start > STEM_MAX)
        shorten(out, start);
    return out->len > start;
}
