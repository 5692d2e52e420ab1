#include "base/mem.h"
#include "base/vec.h"
#include "conf/deck_field.h"
#include "conf/deck_value.h"

#include <stdlib.h>

static void recordings_release(void *place)
{
    struct recording_list *recordings = place;

    vec_each (&recordings->list, recording) {
        free(recording->url);
        free(recording->title);
        free(recording->captions);
        free(recording->lang);
        free(recording->poster);
    }
    vec_release(&recordings->list);
}

static bool recordings_add(void *into, const struct node *node)
{
    struct recording_list *recordings = into;
    static const char *const urls[] = {"url", "file", "src", NULL};
    static const char *const titles[] = {"title", "name", NULL};
    static const char *const captions[] = {"captions", "subtitles", NULL};
    static const char *const langs[] = {"lang", "language", NULL};
    static const char *const posters[] = {"poster", "image", NULL};
    struct recording recording = {0};

    if (field_is_text(node)) {
        if (!*node->text)
            return true;
        recording.url = mem_copy_text(node->text);
    } else {
        recording.url = field_text(node, urls);
        if (!recording.url)
            return false;
        recording.title = field_text(node, titles);
        recording.captions = field_text(node, captions);
        recording.lang = field_text(node, langs);
        recording.poster = field_text(node, posters);
    }
    vec_push(&recordings->list, recording);
    return true;
}

static bool recordings_read(void *place, const struct node *node, struct err_list *errs)
{
    struct recording_list read = {0};

    (void)errs;
    if (!field_each(node, recordings_add, &read)) {
        recordings_release(&read);
        return false;
    }
    recordings_release(place);
    *(struct recording_list *)place = read;
    return true;
}

static void recordings_append(struct strbuf *out, const void *place)
{
    const struct recording_list *recordings = place;

    strbuf_append_char(out, '[');
    vec_each (&recordings->list, recording)
        fields_append(out, 5,
                      (struct field[]){{"url", recording->url},
                                       {"title", recording->title},
                                       {"captions", recording->captions},
                                       {"lang", recording->lang},
                                       {"poster", recording->poster}});
    strbuf_append_char(out, ']');
}

const struct value_type value_recordings = {
    "an address or a file, or a list of these or of maps with `url`, `title`, `captions`, `lang`, "
    "`poster`",
    recordings_read, recordings_append, recordings_release};
