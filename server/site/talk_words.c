#include "site/talk_words.h"

#include "conf/iso_date.h"
#include "deck/prose.h"

#include <ctype.h>
#include <string.h>

enum { SUMMARY_MAX = 200 }; /* bytes; search engines show about as much */

void talk_words_append_date(struct strbuf *out, const char *date)
{
    static const char *const months[] = {"January",   "February", "March",    "April",
                                         "May",       "June",     "July",     "August",
                                         "September", "October",  "November", "December"};
    struct iso_date parsed;

    if (!date || !iso_date_parse(span_of(date), &parsed))
        return;
    if (parsed.day > 0)
        strbuf_append_format(out, "%u ", parsed.day);
    if (parsed.month > 0)
        strbuf_append_format(out, "%s ", months[parsed.month - 1]);
    strbuf_append_format(out, "%u", parsed.year);
}

static bool is_in_word(char c)
{
    return isalnum((unsigned char)c) || (unsigned char)c >= 0x80;
}

/* Whether these words stand in a text: "Paris" in "PolyConf, Paris", but not in "Parisian". */
static bool says(const char *text, const char *words)
{
    size_t len = strlen(words);

    for (const char *at = strstr(text, words); at; at = strstr(at + 1, words))
        if ((at == text || !is_in_word(at[-1])) && !is_in_word(at[len]))
            return true;
    return false;
}

size_t talk_words_where(const struct deck_settings *settings,
                        const char *ret_parts[TALK_WORDS_WHERE_MAX])
{
    const char *const parts[TALK_WORDS_WHERE_MAX] = {settings->event, settings->venue,
                                                     settings->location};
    size_t count = 0;

    for (size_t i = 0; i < TALK_WORDS_WHERE_MAX; i++) {
        bool said = !parts[i] || !*parts[i];

        for (size_t k = 0; k < count && !said; k++)
            said = says(ret_parts[k], parts[i]);
        if (!said)
            ret_parts[count++] = parts[i];
    }
    return count;
}

void talk_words_append_where(struct strbuf *out, const struct deck_settings *settings)
{
    const char *parts[TALK_WORDS_WHERE_MAX];
    size_t count = talk_words_where(settings, parts);

    for (size_t i = 0; i < count; i++)
        strbuf_append_format(out, "%s%s", i > 0 ? ", " : "", parts[i]);
}

static void append_facts(struct strbuf *out, const struct talk *talk, const struct people *people)
{
    const struct deck *deck = talk->made->deck;
    struct strbuf part = STRBUF_INIT;

    strbuf_append_text(out, deck->index.count > 0 ? "Slides of a talk" : "A talk");
    talk_append_speakers(&part, talk, people);
    if (part.len > 0)
        strbuf_append_format(out, " by %s", part.data);
    strbuf_reset(&part);
    talk_words_append_where(&part, &deck->settings);
    if (part.len > 0)
        strbuf_append_format(out, " at %s", part.data);
    strbuf_reset(&part);
    talk_words_append_date(&part, deck->settings.date);
    if (part.len > 0)
        strbuf_append_format(out, ", %s", part.data);
    strbuf_append_char(out, '.');
    strbuf_release(&part);
}

void talk_words_append_summary(struct strbuf *out, const struct talk *talk,
                               const struct people *people)
{
    size_t start = out->len;

    prose_append_plain(out, span_of(talk->made->deck->settings.description), SUMMARY_MAX);
    if (out->len == start)
        append_facts(out, talk, people);
}
