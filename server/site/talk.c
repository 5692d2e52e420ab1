#include "site/talk.h"

#include <stdlib.h>
#include <string.h>

void talk_release(struct talk *talk)
{
    deck_free(talk->deck);
    free(talk->file);
    err_list_release(&talk->problems);
}

/* The last part of the path, or of the file's name where the deck is the whole site. */
static struct span talk_name(const struct talk *talk)
{
    struct span name = span_of(talk->path);
    size_t start;

    if (name.len == 0)
        return span_of(talk->source);
    name.len--;
    start = name.len;
    while (start > 0 && name.data[start - 1] != '/')
        start--;
    return span_from(name, start);
}

struct span talk_title(const struct talk *talk)
{
    const struct deck *deck = talk->deck;

    if (deck->settings.title && *deck->settings.title)
        return span_of(deck->settings.title);
    vec_each (&deck->index, slide)
        if (slide->heading && *slide->heading)
            return span_of(slide->heading);
    return talk_name(talk);
}

void talk_append_speakers(struct strbuf *out, const struct talk *talk)
{
    const char *between = "";

    vec_each (&talk->deck->settings.speakers, speaker) {
        strbuf_append_format(out, "%s%s", between, speaker->name);
        between = ", ";
    }
}
