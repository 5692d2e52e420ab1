#include "site/well_known.h"

#include <string.h>

void robots_build(struct strbuf *out, struct span address)
{
    strbuf_append_text(out, "User-agent: *\nAllow: /\n");
    if (address.len == 0)
        return;
    strbuf_append_text(out, "\nSitemap: ");
    strbuf_append_span(out, address);
    strbuf_append_text(out, "/sitemap.xml\n");
}

static void append_each(struct strbuf *out, const char *field, const struct text_list *values)
{
    vec_each (&values->list, value)
        strbuf_append_format(out, "%s: %s\n", field, *value);
}

void security_txt_build(struct strbuf *out, const struct security_settings *security,
                        struct span address)
{
    append_each(out, "Contact", &security->contact);
    strbuf_append_format(out, "Expires: %sT23:59:59Z\n", security->expires);
    append_each(out, "Encryption", &security->encryption);
    append_each(out, "Acknowledgments", &security->acknowledgments);
    append_each(out, "Policy", &security->policy);
    append_each(out, "Hiring", &security->hiring);
    if (security->languages)
        strbuf_append_format(out, "Preferred-Languages: %s\n", security->languages);
    if (address.len == 0)
        return;
    strbuf_append_text(out, "Canonical: ");
    strbuf_append_span(out, address);
    strbuf_append_text(out, "/.well-known/security.txt\n");
}

bool security_txt_is_over(const struct security_settings *security, time_t now)
{
    char today[sizeof "2027-12-31"];
    struct tm tm;

    return gmtime_r(&now, &tm) && strftime(today, sizeof today, "%F", &tm) > 0 &&
           strcmp(security->expires, today) < 0;
}
