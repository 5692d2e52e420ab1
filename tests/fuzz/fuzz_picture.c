/* Any bytes as a picture: nothing is read beyond them, and a size is a size. */
#include "site/picture.h"

#include <stdint.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    unsigned width = 0, height = 0;

    if (picture_measure((struct span){(const char *)data, size}, &width, &height) &&
        (width == 0 || height == 0 || width > PICTURE_MAX || height > PICTURE_MAX))
        abort();
    return 0;
}
