#include "site/talk.h"

#include "conf/iso_date.h"

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

/* Leaves the time as it is where the day has not come, or comes before it. */
static void take_later(time_t *time, bool *known, const char *day, time_t now)
{
    struct iso_date date;

    if (!day || !iso_date_parse(span_of(day), &date) || iso_date_start(&date) > now)
        return;
    if (!*known || iso_date_start(&date) > *time)
        *time = iso_date_start(&date);
    *known = true;
}

time_t talk_updated(const struct talk *talk, time_t now)
{
    const struct deck_settings *settings = &talk_deck(talk)->settings;
    time_t updated = 0;
    bool known = false;

    take_later(&updated, &known, settings->date, now);
    take_later(&updated, &known, settings->updated, now);
    if (known)
        return updated;
    return talk->shown->written < now ? talk->shown->written : now;
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
