/*
 * talk_words: what can be said of a talk in a few words.
 *
 * Plain text, from the deck's settings; nothing where they say nothing.
 */
#pragma once

#include "base/strbuf.h"
#include "conf/deck_settings.h"
#include "site/people.h"
#include "site/talk.h"

/* "4 July 2015", "July 2015", "2015" */
void talk_words_append_date(struct strbuf *out, const char *date);

enum { TALK_WORDS_WHERE_MAX = 3 };

/* Event, venue and place, as far as they are known and each once; returns how many. Borrowed. */
size_t talk_words_where(const struct deck_settings *settings,
                        const char *ret_parts[TALK_WORDS_WHERE_MAX]);

/* All of them in a row: "PolyConf, Hall 2, Poznań". */
void talk_words_append_where(struct strbuf *out, const struct deck_settings *settings);

/*
 * A sentence or two for search engines and cards: the beginning of the abstract, else who talked
 * where and when. Never empty. The deck that is made, whatever is shown.
 */
void talk_words_append_summary(struct strbuf *out, const struct talk *talk,
                               const struct people *people);
