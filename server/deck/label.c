#include "deck/label.h"

enum { LABEL_MAX = 1000 }; /* CommonMark §4.7 allows 999 characters */

size_t label_len(struct span text)
{
    for (size_t i = 1; i < text.len && i < LABEL_MAX; i++) {
        char c = text.data[i];

        if (c == ']')
            return i > 1 ? i + 1 : 0;
        if (c == '[' || span_starts_with(span_from(text, i), SPAN("\n\n")))
            return 0;
        i += c == '\\';
    }
    return 0;
}

void label_normalise(struct strbuf *out, struct span label)
{
    bool blank = false;

    label = span_trim(label);
    strbuf_reset(out);
    for (size_t i = 0; i < label.len; i++) {
        char c = label.data[i];

        if (c == ' ' || (c >= '\t' && c <= '\r')) {
            blank = true;
            continue;
        }
        if (blank)
            strbuf_append_char(out, ' ');
        blank = false;
        strbuf_append_char(out, c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c);
    }
}
