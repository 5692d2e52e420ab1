#include "serve/libraries.h"

#include "conf/node.h"
#include "deck/commonmark.h"
#include "deck/regex.h"
#include "http/compress.h"

#include <gnutls/gnutls.h>
#include <microhttpd.h>
#include <seccomp.h>

void libraries_append(struct strbuf *out)
{
    const struct scmp_version *seccomp = seccomp_version();

    strbuf_append_format(out, "libmicrohttpd %s, GnuTLS %s, libseccomp %u.%u.%u, ",
                         MHD_get_version(), gnutls_check_version(NULL), seccomp->major,
                         seccomp->minor, seccomp->micro);
    commonmark_append_library(out);
    strbuf_append_text(out, ", ");
    regex_append_library(out);
    strbuf_append_text(out, ", ");
    node_append_library(out);
    strbuf_append_text(out, ", ");
    compress_append_libraries(out);
}
