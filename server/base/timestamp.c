#include "base/timestamp.h"

static const time_t latest = 253402300799; /* 9999-12-31T23:59:59Z */

void timestamp_append(struct strbuf *out, time_t time)
{
    char text[sizeof "9999-12-31T23:59:59Z"];
    struct tm tm;

    if (time < 0)
        time = 0;
    if (time > latest)
        time = latest;
    gmtime_r(&time, &tm);
    strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", &tm);
    strbuf_append_text(out, text);
}
