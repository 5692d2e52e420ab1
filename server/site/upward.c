#include "site/upward.h"

#include "site/url.h"

bool upward_next(struct upward *upward, const char *name, struct strbuf *path)
{
    while (!upward->is_done) {
        const struct walk_directory *at = &upward->walk->directories.items[upward->directory];

        upward->is_done = upward->directory == 0;
        upward->directory = at->parent;
        strbuf_reset(path);
        if (url_append_joined(path, span_of(at->path), span_of(name)))
            return true;
    }
    return false;
}
