#include "site/named_file.h"

#include "base/mem.h"
#include "site/upward.h"
#include "site/url.h"

#include <string.h>

bool named_file_is_remote(const char *name)
{
    return strstr(name, "://") || strncmp(name, "//", 2) == 0;
}

const struct site_file *named_file_find(struct talk *talk, const struct deck_page_site *site,
                                        const char *name)
{
    struct upward upward = {site->walk, talk->directory, false};
    const struct site_file *found = NULL;
    struct strbuf path = STRBUF_INIT;

    while (!found && upward_next(&upward, name, &path))
        found = witness_ask_file(site->witness, strbuf_span(&path), &talk->made->evidence);
    strbuf_release(&path);
    return found;
}

const struct site_file *named_file_find_picture(struct talk *talk,
                                                const struct deck_page_site *site, const char *name)
{
    const struct site_file *file =
        name && !named_file_is_remote(name) ? named_file_find(talk, site, name) : NULL;

    return file && strncmp(file->mime->type, "image/", 6) == 0 ? file : NULL;
}

/* "polyconf" of "2015/polyconf/" */
static struct span last_part(struct span path)
{
    size_t start;

    path.len -= path.len > 0;
    for (start = path.len; start > 0 && path.data[start - 1] != '/';)
        start--;
    return span_from(path, start);
}

const struct site_file *named_file_find_beside(struct talk *talk, const struct deck_page_site *site,
                                               const char *extension)
{
    const char *dot = strrchr(talk->source, '.');
    const struct span stems[] = {
        {talk->source, dot ? (size_t)(dot - talk->source) : strlen(talk->source)},
        SPAN("deck"),
        last_part(span_of(talk->path)),
    };
    size_t count = talk->shared ? 1 : sizeof stems / sizeof *stems;
    const char *directory = site->walk->directories.items[talk->directory].path;
    const struct site_file *found = NULL;

    for (size_t i = 0; i < count && !found; i++) {
        char *path = mem_format("%s%s%.*s.%s", directory, *directory ? "/" : "", (int)stems[i].len,
                                stems[i].data, extension);

        found = witness_ask_file(site->witness, span_of(path), &talk->made->evidence);
        free(path);
    }
    return found;
}

void named_file_append_url(struct strbuf *out, struct talk *talk, const struct site_file *file)
{
    url_append_relative(out, span_of(talk->path), span_of(file->file->path));
    strbuf_append_format(out, "?v=%s", file->digest.text);
    rendering_depend(talk->made, file->file->modified.tv_sec);
}

void named_file_append_size(struct strbuf *out, const struct site_file *file)
{
    if (file->width > 0 && file->height > 0)
        strbuf_append_format(out, " width=\"%u\" height=\"%u\"", file->width, file->height);
}
