#include "site/count.h"

void count_append(struct strbuf *out, size_t count, const char *noun)
{
    strbuf_append_format(out, "%zu %s%s", count, noun, count == 1 ? "" : "s");
}
