#include "http/method.h"

enum method method_parse(struct span name)
{
    static const char *const others[] = {"POST", "PUT", "DELETE", "CONNECT", "TRACE", "PATCH"};

    if (span_equal(name, SPAN("GET")))
        return METHOD_GET;
    if (span_equal(name, SPAN("HEAD")))
        return METHOD_HEAD;
    if (span_equal(name, SPAN("OPTIONS")))
        return METHOD_OPTIONS;
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        if (span_is(name, others[i]))
            return METHOD_NOT_ALLOWED;
    return METHOD_UNKNOWN;
}
