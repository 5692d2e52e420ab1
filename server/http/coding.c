#include "http/coding.h"

const char *coding_name(enum coding coding)
{
    static const char *const names[CODING_COUNT] = {
        [CODING_IDENTITY] = "identity",
        [CODING_GZIP] = "gzip",
        [CODING_BROTLI] = "br",
    };

    return names[coding];
}
