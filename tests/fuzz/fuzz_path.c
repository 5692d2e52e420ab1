/* Any bytes as a request target: what is taken is canonical, and stays so when it is asked for. */
#include "target.h"

#include "base/escape.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "http/host.h"
#include "http/path.h"

#include <stdlib.h>

static void check_canonical(struct span path)
{
    struct span rest = span_from(path, 1), segment;

    check(path.len > 0 && path.data[0] == '/' && utf8_valid(path, NULL));
    check(span_find(path, SPAN("//")) < 0 && span_find_char(path, '\0') < 0);
    check(span_find_char(path, '\\') < 0);
    while (span_next_part(&rest, '/', &segment))
        check(!span_is(segment, ".") && !span_is(segment, ".."));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct strbuf encoded = STRBUF_INIT;
    struct target target;
    struct span path, again;
    char *buffer, *second;

    if (target_parse((struct span){(const char *)data, size}, &target) < 0)
        return 0;
    check(target.form != TARGET_ABSOLUTE || host_valid(target.authority));
    check(span_find_char(target.path, '?') < 0);
    buffer = mem_alloc(target.path.len + 2);
    if (path_decode(target.path, buffer, &path) == 0) {
        check_canonical(path);
        url_path(&encoded, path);
        second = mem_alloc(encoded.len + 2);
        check(path_decode(strbuf_span(&encoded), second, &again) == 0);
        check(span_equal(path, again));
        free(second);
    }
    free(buffer);
    strbuf_release(&encoded);
    return 0;
}
