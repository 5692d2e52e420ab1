#include "base/digest.h"

#include "base/mem.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <xxhash.h>

struct digest_state {
    XXH3_state_t *hash;
};

static struct digest digest_format(XXH128_hash_t hash)
{
    struct digest digest;

    snprintf(digest.text, sizeof digest.text, "%016" PRIx64, (uint64_t)(hash.high64 ^ hash.low64));
    return digest;
}

struct digest digest_bytes(struct span data)
{
    return digest_format(XXH3_128bits(data.data, data.len));
}

struct digest_state *digest_new(void)
{
    struct digest_state *state = mem_alloc(sizeof *state);

    state->hash = XXH3_createState();
    if (!state->hash || XXH3_128bits_reset(state->hash) != XXH_OK)
        mem_exhausted();
    return state;
}

void digest_add(struct digest_state *state, const void *data, size_t len)
{
    XXH3_128bits_update(state->hash, data, len);
}

struct digest digest_finish(struct digest_state *state)
{
    struct digest digest = digest_format(XXH3_128bits_digest(state->hash));

    XXH3_freeState(state->hash);
    free(state);
    return digest;
}
