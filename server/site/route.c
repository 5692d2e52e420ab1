#include "site/route.h"

#include "base/mem.h"
#include "base/names.h"

void routes_init(struct routes *routes)
{
    *routes = (struct routes){0};
    map_init(&routes->by_path);
    map_init(&routes->by_composed_path);
    map_init(&routes->texts);
    map_init(&routes->mounts);
}

static void resource_free(struct resource *resource)
{
    for (size_t i = 0; i < CODING_COUNT; i++) {
        blob_unref(resource->forms[i].body);
        free(resource->forms[i].etag);
    }
    free(resource->file);
    free(resource->location);
    free(resource);
}

void routes_release(struct routes *routes)
{
    vec_each (&routes->all, resource)
        resource_free(*resource);
    vec_release(&routes->all);
    for (size_t i = 0; i < routes->texts.count; i++)
        free(routes->texts.entries[i].value);
    for (size_t i = 0; i < routes->mounts.count; i++)
        free(routes->mounts.entries[i].value);
    map_release(&routes->by_path);
    map_release(&routes->by_composed_path);
    map_release(&routes->texts);
    map_release(&routes->mounts);
}

/* One copy of each text. */
static const char *share_text(struct routes *routes, const char *text)
{
    char *shared = text ? map_get(&routes->texts, span_of(text)) : NULL;

    if (text && !shared) {
        shared = mem_copy_text(text);
        map_put(&routes->texts, span_of(text), shared);
    }
    return shared;
}

void routes_set_policy(struct routes *routes, struct resource *resource, const char *csp)
{
    resource->csp = share_text(routes, csp);
}

struct resource *routes_new(struct routes *routes, enum resource_kind kind, const char *type,
                            const char *csp, struct digest digest)
{
    struct resource *resource = mem_zero(1, sizeof *resource);

    resource->kind = kind;
    resource->id = routes->all.count;
    resource->content_type = share_text(routes, type);
    resource->csp = share_text(routes, csp);
    resource->freshness = FRESHNESS_CHECK;
    resource->digest = digest;
    vec_push(&routes->all, resource);
    return resource;
}

struct resource *routes_new_memory(struct routes *routes, const char *type, const char *csp,
                                   struct digest digest, struct blob *const forms[CODING_COUNT])
{
    static const char *const suffixes[CODING_COUNT] = {
        [CODING_IDENTITY] = "", [CODING_GZIP] = "-gz", [CODING_BROTLI] = "-br"};
    struct resource *resource = routes_new(routes, RESOURCE_MEMORY, type, csp, digest);

    for (size_t i = 0; i < CODING_COUNT; i++) {
        if (!forms[i])
            continue;
        resource->forms[i].body = forms[i];
        resource->forms[i].etag = mem_format("\"%s%s\"", digest.text, suffixes[i]);
    }
    return resource;
}

struct resource *routes_new_computed(struct routes *routes, const char *type, const char *csp,
                                     resource_compute *compute, const void *context,
                                     time_t modified)
{
    struct resource *resource =
        routes_new(routes, RESOURCE_COMPUTED, type, csp, digest_bytes(SPAN("")));

    resource->compute = compute;
    resource->compute_context = context;
    resource->undated = true;
    resource->modified = modified;
    return resource;
}

bool routes_put(struct routes *routes, struct span path, struct resource *resource)
{
    if (map_get(&routes->by_path, path))
        return false;
    map_put(&routes->by_path, path, resource);
    names_put(&routes->by_composed_path, path, resource);
    return true;
}

bool routes_redirect(struct routes *routes, struct span path, const char *location)
{
    struct resource *resource;

    if (map_get(&routes->by_path, path))
        return false;
    resource = routes_new(routes, RESOURCE_REDIRECT, NULL, NULL, digest_bytes(span_of(location)));
    resource->location = mem_copy_text(location);
    return routes_put(routes, path, resource);
}

void routes_mount(struct routes *routes, struct span path, const char *directory)
{
    free(map_put(&routes->mounts, path, mem_copy_text(directory)));
}

static const struct resource *find(const struct routes *routes, struct span path)
{
    const struct resource *found = map_get(&routes->by_path, path);

    return found ? found : names_get(&routes->by_composed_path, path);
}

/* "/a/talk/x/y.png" as "/a/x/y.png" where "/a/talk/" is mounted on "/a/". */
static const struct resource *find_mounted(const struct routes *routes, struct span path)
{
    const struct resource *found = NULL;

    for (size_t i = 1; !found && i < path.len; i++) {
        struct strbuf other = STRBUF_INIT;
        const char *directory;

        if (path.data[i] != '/')
            continue;
        directory = map_get(&routes->mounts, span_cut(path, 0, i + 1));
        if (!directory)
            continue;
        strbuf_append_text(&other, directory);
        strbuf_append_span(&other, span_from(path, i + 1));
        found = find(routes, strbuf_span(&other));
        if (found && found->kind == RESOURCE_REDIRECT)
            found = NULL;
        strbuf_release(&other);
    }
    return found;
}

const struct resource *routes_find(const struct routes *routes, struct span path)
{
    const struct resource *found = find(routes, path);

    return found || routes->mounts.count == 0 ? found : find_mounted(routes, path);
}
