/*
 * libraries: which versions of what others wrote are running.
 */
#pragma once

#include "base/strbuf.h"

/* "libmicrohttpd 0.9.75, GnuTLS 3.7.9, cmark-gfm …": as loaded, not as compiled. */
void libraries_append(struct strbuf *out);
