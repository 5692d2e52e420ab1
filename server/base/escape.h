/*
 * escape: putting text where it must not be taken for markup, nor for orders.
 *
 * The name says where the text goes. Input is expected to be valid UTF-8; all functions append.
 * Whatever is shown by a terminal in the end, be it by curl, may hold no control characters, and
 * no override that turns round what others wrote behind it: HTML and XML get U+FFFD for both.
 */
#pragma once

#include "base/span.h"
#include "base/strbuf.h"

/* Between tags: & < > */
void html_text(struct strbuf *out, struct span text);

/* Inside a double-quoted attribute value: & < > " */
void html_attr(struct strbuf *out, struct span text);

/* HTML that another program made of a text: nothing in it is escaped. */
void html_markup(struct strbuf *out, struct span markup);

/* A whole attribute behind a tag's name, with the blank before it: ` lang="de"`. */
void html_attribute(struct strbuf *out, const char *name, struct span value);

/*
 * XML 1.0, between tags and inside a double-quoted attribute value. What XML cannot hold in any
 * spelling (U+FFFE, bytes that are no UTF-8) becomes U+FFFD, too.
 */
void xml_text(struct strbuf *out, struct span text);

/* The path of a URL (RFC 3986 §3.3), slashes kept, everything else unreserved or %XX. */
void url_path(struct strbuf *out, struct span path);

/* One value in a query string (RFC 3986 §3.4), everything but unreserved as %XX. */
void url_query(struct strbuf *out, struct span value);

/*
 * A JSON string with its quotes (RFC 8259 §7); < > &, controls and what turns text round are
 * \u-escaped: fit for a script element, and for a terminal.
 */
void json_text(struct strbuf *out, struct span text);

/* JSON of another program, without white space between its parts: the same for its strings. */
void json_markup(struct strbuf *out, struct span json);

/* One line for a log or a terminal: controls, what turns text round, and invalid UTF-8 as \xNN. */
void line_text(struct strbuf *out, struct span text);
