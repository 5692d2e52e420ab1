#include "site/slug.h"

#include "base/file.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "deck/front_matter.h"

#include <string.h>
#include <unistd.h>

enum { HEAD_LIMIT = 16 * 1024 }; /* bytes of a source in which its front matter must end */

char *slug_read(struct span head)
{
    struct front_matter matter;
    struct span found = SPAN("");

    head = span_cut(head, 0, HEAD_LIMIT);
    if (span_starts_with(head, SPAN("\xef\xbb\xbf")))
        head = span_from(head, 3);
    if (front_matter_find(head, &matter))
        found = front_matter_peek(&matter, "slug");
    return found.len > 0 ? mem_copy(found.data, found.len) : NULL;
}

/* The same of a file that is read for it. */
static char *peek(int root, const char *file)
{
    char *head, *slug;
    ssize_t len;
    int fd;

    /* What cannot be read now is told when the deck is loaded. */
    if (file_open_beneath(root, file, &fd, NULL) != 0)
        return NULL;
    head = mem_alloc(HEAD_LIMIT);
    len = read(fd, head, HEAD_LIMIT);
    slug = slug_read((struct span){head, len > 0 ? (size_t)len : 0});
    free(head);
    close(fd);
    return slug;
}

/* One part of a path that does not collide with our own or with hidden ones. */
static bool is_name(const char *slug)
{
    for (const char *c = slug; *c; c++)
        if ((unsigned char)*c < 0x20 || *c == 0x7f || *c == '/' || *c == '\\')
            return false;
    return *slug && *slug != '.' && *slug != '_' && utf8_valid(span_of(slug), NULL);
}

void slug_apply(struct deck_place *place, int root, const struct walk *walk,
                const struct layers *layers, const struct site_files *files, struct err_list *errs)
{
    const char *directory = walk->directories.items[place->directory].path;
    const char *own = place->shared ? NULL : layers->directories[place->directory].slug;
    char *file =
        *directory ? mem_format("%s/%s", directory, place->source) : mem_copy_text(place->source);
    const struct site_file *known = files ? site_files_find(files, span_of(file)) : NULL;
    char *slug = known ? mem_copy_text(known->slug) : peek(root, file);
    size_t keep = strlen(place->path);

    if (!slug)
        slug = mem_copy_text(own);
    if (slug && !is_name(slug)) {
        err_add(errs, SEVERITY_WARNING, file, 0, 0,
                "the slug `%s` is no part of an address: use letters, digits and dashes", slug);
    } else if (slug && keep > 0) {
        char *path;

        for (keep--; keep > 0 && place->path[keep - 1] != '/';)
            keep--;
        path = mem_format("%.*s%s/", (int)keep, place->path, slug);
        free(place->path);
        place->path = path;
    }
    free(slug);
    free(file);
}
