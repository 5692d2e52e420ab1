#include "site/talk.h"

#include <stdlib.h>

void talk_release(struct talk *talk)
{
    rendering_unref(talk->made);
    rendering_unref(talk->shown);
    free(talk->file);
    free(talk->address);
}

const struct deck *talk_deck(const struct talk *talk)
{
    return talk->shown->deck;
}

struct span talk_title(const struct talk *talk)
{
    return span_of(talk_deck(talk)->settings.title);
}

void talk_append_speakers(struct strbuf *out, const struct talk *talk, const struct people *people)
{
    const char *between = "";

    vec_each (&talk_deck(talk)->settings.speakers, speaker) {
        strbuf_append_text(out, between);
        strbuf_append_span(out, people_name(people, span_of(speaker->name)));
        between = ", ";
    }
}
