#include "base/blob.h"

#include "base/mem.h"

#include <stdatomic.h>
#include <stdbool.h>
#include <stdlib.h>

struct blob {
    atomic_uint references;
    bool owned;
    const char *data;
    size_t size;
};

static struct blob *blob_new(const char *data, size_t size, bool owned)
{
    struct blob *blob = mem_alloc(sizeof *blob);

    atomic_init(&blob->references, 1);
    blob->owned = owned;
    blob->data = data;
    blob->size = size;
    return blob;
}

struct blob *blob_new_copy(const void *data, size_t len)
{
    return blob_new(mem_copy(data, len), len, true);
}

struct blob *blob_new_static(const void *data, size_t len)
{
    return blob_new(data, len, false);
}

struct blob *blob_new_strbuf(struct strbuf *buf)
{
    size_t len;
    char *text = strbuf_detach(buf, &len);

    return blob_new(mem_resize(text, len + 1, 1), len, true);
}

struct blob *blob_ref(struct blob *blob)
{
    atomic_fetch_add_explicit(&blob->references, 1, memory_order_relaxed);
    return blob;
}

void blob_unref(struct blob *blob)
{
    if (!blob || atomic_fetch_sub_explicit(&blob->references, 1, memory_order_acq_rel) > 1)
        return;
    if (blob->owned)
        free((void *)blob->data);
    free(blob);
}

const char *blob_data(const struct blob *blob)
{
    return blob->data;
}

size_t blob_size(const struct blob *blob)
{
    return blob->size;
}

struct span blob_span(const struct blob *blob)
{
    return (struct span){blob->data, blob->size};
}
