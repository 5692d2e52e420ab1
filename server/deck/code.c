#include "deck/code.h"

static bool is_step(char c)
{
    return (c >= '0' && c <= '9') || c == ',' || c == '|' || c == '-' || c == ' ' || c == '\t';
}

/* "[1|2]" or "[10: 1|2]" at the start of the text; its length, 0 if it is none. */
static size_t bracket(struct code_info *info, struct span text)
{
    size_t i = 1, start;

    while (i < text.len && (text.data[i] == ' ' || text.data[i] == '\t'))
        i++;
    start = i;
    while (i < text.len && text.data[i] >= '0' && text.data[i] <= '9')
        i++;
    if (i < text.len && text.data[i] == ':') {
        info->start = span_cut(text, start, i);
        start = ++i;
    } else {
        info->start = (struct span){0};
    }
    while (i < text.len && is_step(text.data[i]))
        i++;
    if (i >= text.len || text.data[i] != ']')
        return 0;
    info->steps = span_trim(span_cut(text, start, i));
    info->numbers = true;
    return i + 1;
}

void code_info_parse(struct code_info *info, struct span text)
{
    size_t open = 0, len = 0;

    *info = (struct code_info){.words = STRBUF_INIT};
    for (; open < text.len; open++) {
        if (text.data[open] == '[' && (len = bracket(info, span_from(text, open))) > 0)
            break;
    }
    if (len == 0)
        info->start = (struct span){0};
    strbuf_append_span(&info->words, span_trim(span_cut(text, 0, open)));
    if (info->words.len > 0)
        strbuf_append_char(&info->words, ' ');
    strbuf_append_span(&info->words, span_trim(span_from(text, open + len)));
    while (info->words.len > 0 && info->words.data[info->words.len - 1] == ' ')
        strbuf_truncate(&info->words, info->words.len - 1);
    info->language = strbuf_span(&info->words);
    for (size_t i = 0; i < info->language.len; i++) {
        if (info->language.data[i] == ' ' || info->language.data[i] == '\t')
            info->language.len = i;
    }
}

void code_info_release(struct code_info *info)
{
    strbuf_release(&info->words);
}
