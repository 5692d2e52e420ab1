#include "conf/deck_key.h"

#include "base/mem.h"

#include <stdlib.h>
#include <string.h>

#define FIELD(field) offsetof(struct deck_settings, field)
#define WHOLE 0 /* types whose place is the struct itself */

const struct deck_key deck_keys[] = {
    {"title", &value_text, FIELD(title), "of the talk; without it, the first heading"},
    {"subtitle", &value_text, FIELD(subtitle), "of the talk"},
    {"date", &value_date, FIELD(date), "of the talk, as exactly as it is known"},
    {"updated", &value_date, FIELD(updated), "when the talk's page or slides last changed"},
    {"speakers", &value_speakers, WHOLE, "who gives the talk"},
    {"event", &value_text, FIELD(event), "conference or series"},
    {"venue", &value_text, FIELD(venue), "where it is held"},
    {"location", &value_text, FIELD(location), "town, country"},
    {"description", &value_text, FIELD(description), "the abstract, in Markdown"},
    {"tags", &value_tags, FIELD(tags), "what it is about"},
    {"lang", &value_text, FIELD(lang), "language of the slides, as in HTML (`en`, `pt-BR`)"},
    {"license", &value_text, FIELD(license), "of the slides"},
    {"cover", &value_text, FIELD(cover), "picture for the index"},
    {"video", &value_recordings, FIELD(video), "recordings: addresses, or files of the deck"},
    {"pdf", &value_texts, FIELD(pdf), "the slides as PDF: addresses, or files of the deck"},
    {"links", &value_links, WHOLE, "more about the talk"},
    {"slug", &value_text, FIELD(slug), "name in the URL; without it, the directory's"},
    {"aliases", &value_texts, FIELD(aliases), "further paths, redirected to the deck"},
    {"draft", &value_flag, FIELD(draft), "served, but listed nowhere"},
    {"embed", &value_flag, FIELD(embed), "may be shown in frames of other sites"},
    {"publishNotes", &value_flag, FIELD(publish_notes), "show speaker notes on the talk's page"},
    {"theme", &value_text, FIELD(theme), "a theme of reveal.js, or a CSS file"},
    {"highlightTheme", &value_text, FIELD(highlight_theme), "a theme of highlight.js"},
    {"css", &value_words, FIELD(css), "style sheets, loaded last"},
    {"scripts", &value_words, FIELD(scripts), "scripts, loaded last"},
    {"revealOptions", &value_options, FIELD(reveal_options), "what Reveal.initialize is given"},
    {"source", &value_texts, FIELD(source), "the Markdown files, in order"},
    {"charset", &value_text, FIELD(charset), "of the source; without it, UTF-8"},
    {"separator", &value_pattern, FIELD(separator), "between slides"},
    {"verticalSeparator", &value_vertical, WHOLE, "between the slides of a stack"},
    {"notesSeparator", &value_pattern, FIELD(notes_separator), "before speaker notes"},
    {"math", &value_math, FIELD(math), "draw TeX; `raw` shields it from Markdown"},
    {"mermaid", &value_mermaid, FIELD(mermaid), "draw mermaid diagrams"},
    {"animateLists", &value_flag, FIELD(animate_lists), "every list item is a fragment"},
    {"lenientHeadings", &value_flag, FIELD(lenient_headings), "`##Title` is a heading"},
    {"emoji", &value_flag, FIELD(emoji), "short codes such as `:tada:` are emoji"},
};
const size_t deck_key_count = sizeof deck_keys / sizeof *deck_keys;

const struct deck_key *deck_key_find(const char *name)
{
    for (size_t i = 0; i < deck_key_count; i++)
        if (strcmp(deck_keys[i].name, name) == 0)
            return &deck_keys[i];
    return NULL;
}

void deck_key_set(const struct deck_key *key, struct deck_settings *settings,
                  const struct node *value, struct err_list *errs)
{
    char *place = (char *)settings + key->place;

    if (value->kind == NODE_NULL && key->type != &value_vertical)
        return;
    if (key->type->read(place, value, errs))
        deck_settings_note_origin(settings, key->name, value->file,
                                  value->key_line ? value->key_line : value->line, NULL);
    else
        err_add(errs, SEVERITY_WARNING, value->file, value->line, value->column,
                "`%s` must be %s, not %s%s%s", key->name, key->type->expects,
                value->text ? "`" : "", value->text ? value->text : node_kind_name(value->kind),
                value->text ? "`" : "");
}
