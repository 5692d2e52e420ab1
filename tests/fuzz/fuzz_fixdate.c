/* Any bytes as a date: one that is taken is written as a date that means the same. */
#include "target.h"

#include "http/fixdate.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char text[FIXDATE_LEN + 1];
    time_t time, again;

    /* Before 1970 and after 9999 are not written. */
    if (!fixdate_parse((struct span){(const char *)data, size}, 1700000000, &time) || time < 0 ||
        time > 253402300799)
        return 0;
    fixdate_build(time, text);
    check(fixdate_parse((struct span){text, FIXDATE_LEN}, 1700000000, &again) && again == time);
    return 0;
}
