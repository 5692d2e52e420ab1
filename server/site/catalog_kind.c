#include "site/catalog_kind.h"

#include "conf/stem.h"

static const char *const kind_paths[CATALOG_KIND_COUNT] = {
    [CATALOG_YEARS] = "",
    [CATALOG_PEOPLE] = "people/",
    [CATALOG_TAGS] = "tags/",
    [CATALOG_VENUES] = "venues/",
};

const char *catalog_kind_path(enum catalog_kind kind)
{
    return kind_paths[kind];
}

bool catalog_kind_append_path(struct strbuf *out, enum catalog_kind kind, struct span name)
{
    size_t start = out->len;

    strbuf_append_text(out, kind_paths[kind]);
    if (!stem_append(out, name)) {
        strbuf_truncate(out, start);
        return false;
    }
    strbuf_append_char(out, '/');
    return true;
}
