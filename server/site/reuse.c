#include "site/reuse.h"

#include "http/compress.h"

void reuse_init(struct reuse *reuse, const struct routes *before)
{
    map_init(&reuse->by_digest);
    if (!before)
        return;
    vec_each (&before->all, resource)
        if ((*resource)->kind == RESOURCE_MEMORY)
            map_put(&reuse->by_digest, span_of((*resource)->digest.text), *resource);
}

void reuse_release(struct reuse *reuse)
{
    map_release(&reuse->by_digest);
}

void reuse_forms(const struct reuse *reuse, struct digest digest, struct span text, bool quick,
                 struct blob *ret_forms[CODING_COUNT])
{
    const struct resource *known = map_get(&reuse->by_digest, span_of(digest.text));

    if (known && span_equal(blob_span(known->forms[CODING_IDENTITY].body), text)) {
        for (size_t i = 0; i < CODING_COUNT; i++)
            ret_forms[i] = known->forms[i].body ? blob_ref(known->forms[i].body) : NULL;
        return;
    }
    ret_forms[CODING_IDENTITY] = blob_new_copy(text.data, text.len);
    ret_forms[CODING_GZIP] = quick ? compress_gzip_quick(text) : compress_gzip(text);
    ret_forms[CODING_BROTLI] = quick ? compress_brotli_quick(text) : compress_brotli(text);
}
