#include "site/deck_qr.h"

#include "base/escape.h"
#include "site/qr.h"
#include "site/talk.h"
#include "site/url.h"

#include <string.h>

/* "https://host:8080/any/prefix/2015/polyconf/", for the talk at "2015/polyconf/". */
static bool is_address_of(const struct talk *talk, struct span address)
{
    static const char allowed[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
                                  "-._~%!$&'()*+,;=:[]/";
    bool secure = span_starts_with(address, SPAN("https://"));
    struct span host = span_from(address, secure ? strlen("https://") : strlen("http://"));
    struct strbuf end = STRBUF_INIT;
    bool fits = (secure || span_starts_with(address, SPAN("http://"))) && host.len > 0 &&
                host.data[0] != '/';

    for (size_t i = 0; i < host.len && fits; i++)
        fits = span_set_has(allowed, host.data[i]);
    strbuf_append_char(&end, '/');
    url_path(&end, span_of(talk->path));
    fits = fits && span_ends_with(host, strbuf_span(&end));
    strbuf_release(&end);
    return fits;
}

bool deck_qr_compute(const void *context, const struct query *query, struct computed *answer)
{
    const struct talk *talk = context;
    struct strbuf made = STRBUF_INIT;
    struct span address;
    bool drawn;

    if (talk->address) {
        address = span_of(talk->address);
    } else if (query_value(query, "address", &address)) {
        if (!is_address_of(talk, address))
            return false;
    } else {
        url_append_absolute(&made, answer->address, span_of(talk->path));
        address = strbuf_span(&made);
    }
    drawn = qr_append_svg(&answer->body, address);
    strbuf_release(&made);
    return drawn;
}
