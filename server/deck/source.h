/*
 * source: the bytes of a file as clean text.
 *
 * Whatever an editor of the last thirty years left behind becomes UTF-8 with LF line ends, a final
 * line feed, no byte order mark and no control characters (but tabs and form feeds), which are
 * orders to a terminal: they become U+FFFD, with a warning. Bytes that are no text in the declared
 * charset are a problem with the place of the first of them.
 */
#pragma once

#include "base/err.h"
#include "base/span.h"
#include "base/strbuf.h"

/*
 * The charset, an iconv name, is what the bytes say of themselves (a byte order mark, or a
 * `charset:` key in a leading YAML block), else `charset`, else (NULL) UTF-8. 0, or -EILSEQ with
 * the problem in `errs`.
 */
int source_decode(struct span bytes, const char *charset, const char *file, struct err_list *errs,
                  struct strbuf *ret_text);

/* Line and column (in characters) of a byte of the text, both from 1. */
void source_place(struct span text, size_t at, unsigned *ret_line, unsigned *ret_column);
