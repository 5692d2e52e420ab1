/*
 * compress: the coded forms of a representation, most of them made once when the site is loaded.
 *
 * The same bytes always give the same result: no time, name or machine goes into it. A form that is
 * not smaller than what it stands for does not exist. Safe on many threads at once.
 */
#pragma once

#include "base/blob.h"
#include "base/span.h"
#include "base/strbuf.h"
#include "http/coding.h"

/* RFC 1952, zlib's best level. NULL where it is not smaller. */
struct blob *compress_gzip(struct span data);

/* The same in a fraction of the time, somewhat larger: for what is made for one request,
 * or is large and seldom asked for. */
struct blob *compress_gzip_quick(struct span data);

/*
 * RFC 7932. The quality falls with the size, so that a large page does not hold up the start.
 * NULL where it is not smaller.
 */
struct blob *compress_brotli(struct span data);

/* The same in a tenth of the time, no smaller than gzip's best. */
struct blob *compress_brotli_quick(struct span data);

/* "zlib 1.2.13, brotli 1.0.9": as loaded. */
void compress_append_libraries(struct strbuf *out);
