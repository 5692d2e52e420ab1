#include "http/host.h"

#include "base/percent.h"

#include <ctype.h>
#include <stddef.h>
#include <stdint.h>

enum { HOST_MAX = 255, PORT_DIGITS_MAX = 5 };

/* unreserved and sub-delims of RFC 3986 §2, one bit each: this runs over the Host of every request
 */
static const uint64_t name_chars[4] = {
    UINT64_C(0x2BFF7FD200000000), /* ! $ & ' ( ) * + , - . 0-9 ; = */
    UINT64_C(0x47FFFFFE87FFFFFE), /* A-Z _ a-z ~ */
};

static bool name_char(char c)
{
    unsigned char byte = (unsigned char)c;

    return (name_chars[byte / 64] >> (byte % 64)) & 1;
}

static bool name_valid(struct span name)
{
    for (size_t i = 0; i < name.len; i++) {
        if (name.data[i] == '%') {
            if (percent_byte(name, i) < 0)
                return false;
            i += PERCENT_LENGTH - 1;
        } else if (!name_char(name.data[i])) {
            return false;
        }
    }
    return name.len > 0;
}

/* What stands between the brackets: an IPv6 address by its characters, or a future form. */
static bool literal_valid(struct span literal)
{
    bool future = literal.len > 0 && (literal.data[0] == 'v' || literal.data[0] == 'V');

    for (size_t i = 0; i < literal.len; i++) {
        char c = literal.data[i];

        if (c == ':' || c == '.' || isxdigit((unsigned char)c))
            continue;
        if (!future || !name_char(c))
            return false;
    }
    return literal.len >= 2;
}

static bool port_valid(struct span port)
{
    unsigned long number = 0;

    if (port.len > PORT_DIGITS_MAX)
        return false;
    for (size_t i = 0; i < port.len; i++) {
        if (!isdigit((unsigned char)port.data[i]))
            return false;
        number = number * 10 + (unsigned long)(port.data[i] - '0');
    }
    return number <= 65535;
}

bool host_valid(struct span host)
{
    ptrdiff_t end;

    if (host.len == 0 || host.len > HOST_MAX)
        return false;
    if (host.data[0] == '[') {
        end = span_find_char(host, ']');
        if (end < 0 || !literal_valid(span_cut(host, 1, (size_t)end)))
            return false;
        end++;
    } else {
        end = span_find_char(host, ':');
        if (end < 0)
            end = (ptrdiff_t)host.len;
        if (!name_valid(span_cut(host, 0, (size_t)end)))
            return false;
    }
    if ((size_t)end == host.len)
        return true;
    return host.data[end] == ':' && port_valid(span_from(host, (size_t)end + 1));
}

struct span host_name(struct span host)
{
    ptrdiff_t end = host.len > 0 && host.data[0] == '[' ? span_find_char(host, ']') + 1
                                                        : span_find_char(host, ':');

    return end < 0 ? host : span_cut(host, 0, (size_t)end);
}
