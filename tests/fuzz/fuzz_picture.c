/* Any bytes as a picture: nothing is read beyond them, and a size is a size. */
#include "target.h"

#include "site/picture.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    unsigned width = 0, height = 0;

    if (picture_measure((struct span){(const char *)data, size}, &width, &height))
        check(width > 0 && height > 0 && width <= PICTURE_MAX && height <= PICTURE_MAX);
    return 0;
}
