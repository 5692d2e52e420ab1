#include "conf/deck_settings.h"

#include "base/escape.h"
#include "base/mem.h"

#include <stdlib.h>
#include <string.h>

void deck_settings_note_origin(struct deck_settings *settings, const char *key, const char *file,
                               unsigned line, const char *what)
{
    struct setting_origin new = {key, mem_copy_text(file), line, what};

    vec_each (&settings->origins, origin)
        if (strcmp(origin->key, key) == 0) {
            free(origin->file);
            *origin = new;
            return;
        }
    vec_push(&settings->origins, new);
}

const struct setting_origin *deck_settings_origin(const struct deck_settings *settings,
                                                  const char *key)
{
    vec_each (&settings->origins, origin)
        if (strcmp(origin->key, key) == 0)
            return origin;
    return NULL;
}

void deck_settings_append_origin(struct strbuf *out, const struct deck_settings *settings,
                                 const char *key)
{
    const struct setting_origin *origin = deck_settings_origin(settings, key);

    if (!origin) {
        strbuf_append_text(out, "built-in");
        return;
    }
    line_text(out, span_of(origin->file));
    if (origin->line)
        strbuf_append_format(out, ":%u", origin->line);
    if (origin->what) {
        strbuf_append_char(out, ' ');
        line_text(out, span_of(origin->what));
    }
}
