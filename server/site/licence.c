#include "site/licence.h"

#include <stdbool.h>
#include <stddef.h>

static const struct known {
    const char *spdx, *name, *url;
} others[] = {
    {"CC0-1.0", "CC0 1.0", "https://creativecommons.org/publicdomain/zero/1.0/"},
    {"CC0", "CC0", "https://creativecommons.org/publicdomain/zero/1.0/"},
    {"MIT", "MIT License", "https://spdx.org/licenses/MIT.html"},
    {"ISC", "ISC License", "https://spdx.org/licenses/ISC.html"},
    {"Apache-2.0", "Apache License 2.0", "https://www.apache.org/licenses/LICENSE-2.0"},
    {"BSD-2-Clause", "BSD 2-Clause License", "https://spdx.org/licenses/BSD-2-Clause.html"},
    {"BSD-3-Clause", "BSD 3-Clause License", "https://spdx.org/licenses/BSD-3-Clause.html"},
    {"MPL-2.0", "Mozilla Public License 2.0", "https://www.mozilla.org/MPL/2.0/"},
    {"GPL-2.0-only", "GNU GPL 2", "https://www.gnu.org/licenses/old-licenses/gpl-2.0.html"},
    {"GPL-2.0-or-later", "GNU GPL 2 or later",
     "https://www.gnu.org/licenses/old-licenses/gpl-2.0.html"},
    {"GPL-3.0-only", "GNU GPL 3", "https://www.gnu.org/licenses/gpl-3.0.html"},
    {"GPL-3.0-or-later", "GNU GPL 3 or later", "https://www.gnu.org/licenses/gpl-3.0.html"},
    {"AGPL-3.0-or-later", "GNU AGPL 3 or later", "https://www.gnu.org/licenses/agpl-3.0.html"},
    {"GFDL-1.3-or-later", "GNU FDL 1.3 or later", "https://www.gnu.org/licenses/fdl-1.3.html"},
};

static const struct known *find_other(struct span licence)
{
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        if (span_is_nocase(licence, others[i].spdx))
            return &others[i];
    return NULL;
}

/* "CC BY-SA 4.0", "cc-by-sa-4.0": the kind and the version; the latter may be missing. */
struct commons {
    const char *kind;
    struct span version;
};

static bool is_gap(char c)
{
    return c == '-' || c == ' ' || c == '_';
}

/* The words of `kind`, however they are joined. Cuts them off. */
static bool cut_kind(struct span *text, const char *kind)
{
    size_t i = 0;

    for (; kind[i]; i++) {
        char c = i < text->len ? text->data[i] : '\0';

        if (kind[i] == '-' ? !is_gap(c) : (c | ' ') != kind[i])
            return false;
    }
    if (i < text->len && !is_gap(text->data[i]))
        return false;
    *text = span_from(*text, i < text->len ? i + 1 : i);
    return true;
}

static bool commons_parse(struct commons *commons, struct span licence)
{
    static const char *const kinds[] = {"by-nc-nd", "by-nc-sa", "by-nc", "by-nd", "by-sa", "by"};
    struct span rest = licence;

    if (!cut_kind(&rest, "cc"))
        return false;
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (cut_kind(&rest, kinds[i])) {
            commons->kind = kinds[i];
            commons->version = rest;
            return rest.len == 0 ||
                   (rest.len == 3 && rest.data[0] >= '1' && rest.data[0] <= '4' &&
                    rest.data[1] == '.' && (rest.data[2] == '0' || rest.data[2] == '5'));
        }
    return false;
}

void licence_append_name(struct strbuf *out, struct span licence)
{
    struct commons commons;
    const struct known *known;

    licence = span_trim(licence);
    known = find_other(licence);
    if (known) {
        strbuf_append_text(out, known->name);
    } else if (commons_parse(&commons, licence)) {
        strbuf_append_text(out, "CC ");
        for (const char *c = commons.kind; *c; c++)
            strbuf_append_char(out, *c == '-' ? '-' : (char)(*c - ('a' - 'A')));
        if (commons.version.len > 0)
            strbuf_append_format(out, " %.*s", (int)commons.version.len, commons.version.data);
    } else {
        strbuf_append_span(out, licence);
    }
}

void licence_append_url(struct strbuf *out, struct span licence)
{
    struct commons commons;
    const struct known *known;

    licence = span_trim(licence);
    known = find_other(licence);
    if (known)
        strbuf_append_text(out, known->url);
    else if (commons_parse(&commons, licence))
        strbuf_append_format(out, "https://creativecommons.org/licenses/%s/%.*s/", commons.kind,
                             commons.version.len > 0 ? (int)commons.version.len : 3,
                             commons.version.len > 0 ? commons.version.data : "4.0");
    else if (span_starts_with(licence, SPAN("https://")) ||
             span_starts_with(licence, SPAN("http://")))
        strbuf_append_span(out, licence);
}
