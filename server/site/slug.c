#include "site/slug.h"

#include "base/file.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "deck/front_matter.h"

#include <stdlib.h>
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

char *slug_peek(int root, const char *file)
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

bool slug_is_name(const char *slug)
{
    for (const char *c = slug; *c; c++)
        if ((unsigned char)*c < 0x20 || *c == 0x7f || *c == '/' || *c == '\\')
            return false;
    return *slug && *slug != '.' && *slug != '_' && utf8_valid(span_of(slug), NULL);
}
