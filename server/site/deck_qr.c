#include "site/deck_qr.h"

#include "base/escape.h"
#include "site/qr.h"
#include "site/talk.h"

/* "https://host:8080/any/prefix/2015/polyconf/", for the talk at "2015/polyconf/". */
static bool is_address_of(const struct talk *talk, struct span address)
{
    static const char allowed[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
                                  "-._~%!$&'()*+,;=:[]/";
    struct strbuf end = STRBUF_INIT;
    bool fits =
        span_starts_with(address, SPAN("https://")) || span_starts_with(address, SPAN("http://"));

    for (size_t i = 0; i < address.len && fits; i++)
        fits = span_set_has(allowed, address.data[i]);
    strbuf_append_char(&end, '/');
    url_path(&end, span_of(talk->path));
    fits = fits && address.len > sizeof "https://" + end.len &&
           span_ends_with(address, strbuf_span(&end));
    strbuf_release(&end);
    return fits;
}

bool deck_qr_compute(const void *context, const struct query *query, struct computed *answer)
{
    const struct talk *talk = context;
    struct span address;

    if (talk->address)
        address = span_of(talk->address);
    else if (!query_value(query, "address", &address) || !is_address_of(talk, address))
        return false;
    return qr_append_svg(&answer->body, address);
}
