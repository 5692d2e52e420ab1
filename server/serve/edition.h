/*
 * edition: a site with its answers made.
 *
 * For each form of each resource there is one response object, made when it is first asked for,
 * whose headers never change; all threads share it. It holds a reference to the bytes, so an answer
 * that is still going out does not need the edition any more. The edition owns its site.
 */
#pragma once

#include "base/span.h"
#include "http/coding.h"
#include "site/site.h"

#include <microhttpd.h>
#include <stdbool.h>
#include <stddef.h>

struct edition;

/*
 * Takes the site; numbers begin with 1. `hsts`: what Strict-Transport-Security says where it is
 * wanted, or NULL; borrowed for the edition's life.
 */
struct edition *edition_new(struct site *site, unsigned number, const char *hsts);
void edition_free(struct edition *edition); /* NULL is fine */

unsigned edition_number(const struct edition *edition);
double edition_age(const struct edition *edition); /* seconds since edition_new */

const struct site *edition_site(const struct edition *edition);

/* The sizes of the forms that a resource in memory has; NEGOTIATE_ABSENT for the others. */
const size_t *edition_sizes(const struct edition *edition, const struct resource *resource);

/*
 * The answer of a form that exists: the whole, or 304's headers; `strict`, with
 * Strict-Transport-Security. Borrowed.
 */
struct MHD_Response *edition_whole(const struct edition *edition, const struct resource *resource,
                                   enum coding coding, bool strict);
struct MHD_Response *edition_not_modified(const struct edition *edition,
                                          const struct resource *resource, enum coding coding,
                                          bool strict);

/* What the headers of that form say, for answers that are made for one request. */
struct response_meta edition_meta(const struct edition *edition, const struct resource *resource,
                                  enum coding coding);
