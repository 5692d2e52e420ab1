#include "site/csp.h"

#include "site/embedded.h"

#include <stdbool.h>
#include <string.h>

#define OWN_PARTS                                                                                  \
    "default-src 'none'; script-src 'self'; style-src 'self'; "                                    \
    "img-src 'self' data:; font-src 'self'; connect-src 'self'; "                                  \
    "base-uri 'none'; form-action 'self'"

const char csp_page[] = OWN_PARTS;

const char csp_code[] = "default-src 'none'";

const char csp_author[] =
    "default-src 'self' https: data: blob: 'unsafe-inline' 'unsafe-eval'; object-src 'none'; "
    "base-uri 'self'; form-action 'self'";

/* scheme://host[:port] and nothing that could end the directive. */
static bool is_origin(const char *text)
{
    size_t scheme = strncmp(text, "https://", 8) == 0  ? 8
                    : strncmp(text, "http://", 7) == 0 ? 7
                                                       : 0;
    size_t len = strlen(text);

    return scheme > 0 && len > scheme &&
           strspn(text + scheme, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
                                 "0123456789-.:[]") == len - scheme;
}

static void append_origins(struct strbuf *out, const struct text_list *hosts)
{
    vec_each (&hosts->list, host)
        if (is_origin(*host))
            strbuf_append_format(out, " %s", *host);
}

void csp_append_talk(struct strbuf *out, const struct text_list *frame_origins)
{
    struct strbuf origins = STRBUF_INIT;

    append_origins(&origins, frame_origins);
    strbuf_append_format(out, OWN_PARTS "; media-src 'self' data:; frame-src%s",
                         origins.len > 0 ? origins.data : " 'none'");
    strbuf_release(&origins);
}

void csp_append_deck(struct strbuf *out, const struct text_list *hosts)
{
    struct strbuf origins = STRBUF_INIT;

    append_origins(&origins, hosts);
    strbuf_append_format(
        out,
        "default-src 'none'; script-src 'self' %s; "
        "style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:%s; "
        "font-src 'self' data:; connect-src 'self'; media-src 'self' data: blob:%s; "
        "frame-src 'self'%s; base-uri 'none'; form-action 'none'",
        embedded_notes_script_hash, origins.data, origins.data, origins.data);
    strbuf_release(&origins);
}
