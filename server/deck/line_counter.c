#include "deck/line_counter.h"

unsigned line_counter_at(struct line_counter *counter, struct span text, size_t at)
{
    if (at > text.len)
        at = text.len;
    while (counter->at < at)
        counter->line += text.data[counter->at++] == '\n';
    while (counter->at > at)
        counter->line -= text.data[--counter->at] == '\n';
    return counter->line;
}
