#include "serve/framing.h"

#include <string.h>

/* Where the line behind a text that ends at `end` begins: both bytes of its CRLF are NUL now. */
static const char *next_line(const char *end)
{
    return end[0] == '\0' && end[1] == '\0' ? end + 2 : NULL;
}

void framing_begin(struct framing *framing, struct MHD_Connection *mhd, const char *method,
                   struct span target, const char *version)
{
    const union MHD_ConnectionInfo *info;

    *framing = (struct framing){.checked = strcmp(MHD_get_version(), "0.9.75") == 0};
    if (!framing->checked)
        return;
    info = MHD_get_connection_info(mhd, MHD_CONNECTION_INFO_REQUEST_HEADER_SIZE);
    if (!info || target.data != method + strlen(method) + 1 ||
        version != target.data + target.len + 1)
        return;
    framing->end = method + info->header_size;
    framing->next = next_line(version + strlen(version));
}

void framing_field(struct framing *framing, struct span name, struct span value)
{
    if (!framing->next)
        return;
    framing->next = name.data == framing->next && name.len > 0 && value.data > name.data + name.len
                        ? next_line(value.data + value.len)
                        : NULL;
}

bool framing_intact(const struct framing *framing)
{
    return !framing->checked || (framing->next && framing->next + 2 == framing->end);
}
