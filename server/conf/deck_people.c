#include "base/escape.h"
#include "base/mem.h"
#include "base/vec.h"
#include "conf/deck_field.h"
#include "conf/deck_value.h"

#include <stdlib.h>
#include <string.h>

static char *copy_span(struct span text)
{
    return mem_copy(text.data, text.len);
}

/* `Anil`, `Anil <anil@example.org>`, `Anil <https://example.org>`. */
static struct speaker speaker_parse(struct span text)
{
    struct speaker speaker = {0};
    ptrdiff_t open = span_find_char(text, '<');

    if (open > 0 && text.data[text.len - 1] == '>') {
        struct span where = span_trim(span_cut(text, (size_t)open + 1, text.len - 1));
        if (span_find(where, SPAN("://")) >= 0)
            speaker.url = copy_span(where);
        else if (span_find_char(where, '@') > 0)
            speaker.email = copy_span(where);
        if (speaker.url || speaker.email)
            text = span_trim(span_cut(text, 0, (size_t)open));
    }
    speaker.name = copy_span(text);
    return speaker;
}

/* Names with commas or semicolons between them. */
static void speakers_add_text(struct deck_settings *into, const char *text)
{
    struct span rest = span_of(text), part;
    char separator = strchr(text, ';') ? ';' : ',';

    while (span_next_part(&rest, separator, &part)) {
        part = span_trim(part);
        if (part.len)
            vec_push(&into->speakers, speaker_parse(part));
    }
}

static bool speakers_add(void *into, const struct node *node)
{
    struct deck_settings *settings = into;
    static const char *const names[] = {"name", NULL};
    static const char *const urls[] = {"url", "website", "homepage", "link", NULL};
    static const char *const emails[] = {"email", "mail", NULL};

    if (field_is_text(node)) {
        speakers_add_text(into, node->text);
        return true;
    }
    char *name = field_text(node, names);
    if (!name)
        return false;
    struct speaker speaker = {name, field_text(node, urls), field_text(node, emails)};
    vec_push(&settings->speakers, speaker);
    return true;
}

static void speaker_release(struct speaker *speaker)
{
    free(speaker->name);
    free(speaker->url);
    free(speaker->email);
}

static void speakers_release(void *place)
{
    struct deck_settings *settings = place;

    vec_each (&settings->speakers, speaker)
        speaker_release(speaker);
    vec_release(&settings->speakers);
}

static bool speakers_read(void *place, const struct node *node, struct err_list *errs)
{
    struct deck_settings *settings = place;
    struct deck_settings read = {0};

    if (!field_each(node, speakers_add, &read)) {
        speakers_release(&read);
        return false;
    }
    if (value_is_too_long("speakers", node, read.speakers.count, errs))
        while (read.speakers.count > VALUE_NAMES_MAX)
            speaker_release(&read.speakers.items[--read.speakers.count]);
    speakers_release(settings);
    settings->speakers = read.speakers;
    return true;
}

static void speakers_append(struct strbuf *out, const void *place)
{
    const struct deck_settings *settings = place;

    strbuf_append_char(out, '[');
    vec_each (&settings->speakers, speaker)
        fields_append(out, 3,
                      (struct field[]){{"name", speaker->name},
                                       {"url", speaker->url},
                                       {"email", speaker->email}});
    strbuf_append_char(out, ']');
}

const struct value_type value_speakers = {
    "a name, names with commas between them, or a list of names or of maps with `name`, `url`, "
    "`email`",
    speakers_read, speakers_append, speakers_release};
