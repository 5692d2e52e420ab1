#include "site/talk.h"

#include <stdlib.h>

void talk_release(struct talk *talk)
{
    deck_free(talk->deck);
    free(talk->file);
    err_list_release(&talk->problems);
}

struct span talk_title(const struct talk *talk)
{
    return span_of(talk->deck->settings.title);
}

void talk_append_speakers(struct strbuf *out, const struct talk *talk)
{
    const char *between = "";

    vec_each (&talk->deck->settings.speakers, speaker) {
        strbuf_append_format(out, "%s%s", between, speaker->name);
        between = ", ";
    }
}
