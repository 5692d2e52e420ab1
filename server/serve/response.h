/*
 * response: libmicrohttpd's response objects, with the headers that each kind of answer has.
 *
 * What every answer about a resource says of it (type, entity tag, age, policy) is put together
 * here and nowhere else, whether the answer is made once for an edition or for a single request.
 * Content-Length, Date and Connection are libmicrohttpd's business. The caller destroys what it
 * gets; values come from the site and hold no line ends.
 */
#pragma once

#include "base/blob.h"
#include "http/coding.h"
#include "site/resource.h"

#include <microhttpd.h>
#include <stdint.h>
#include <sys/types.h>

/* What is said of one form of a resource, beyond its type and policy. */
struct response_meta {
    const char *etag; /* NULL for error pages: they have neither tag, date nor ranges */
    time_t modified; /* Last-Modified, brought down to now if it is later; MODIFIED_UNKNOWN: none */
    bool fresh_for_ever;
    const char *vary;   /* NULL: the same for everybody */
    enum coding coding; /* of this one */
};

/* Where the bytes of a form are: in a borrowed blob, or, if that is NULL, in an open file. */
struct source {
    struct blob *blob;
    int file;
    uint64_t size;
};

/* All of a blob. */
struct source source_blob(struct blob *blob);

/* Never NULL: ends the process when memory is out. A file is the response's from then on. */
struct MHD_Response *response_new(const struct source *source, uint64_t start, uint64_t len);
struct MHD_Response *response_blob(struct blob *blob); /* all of it */
struct MHD_Response *response_empty(void);

void response_add(struct MHD_Response *response, const char *name, const char *value);

/* Strict-Transport-Security (RFC 6797 §6.1); nothing for NULL. */
void response_add_hsts(struct MHD_Response *response, const char *hsts);

/* ETag, Cache-Control, Vary, Last-Modified: all that a 304 says (RFC 9110 §15.4.5). */
void response_add_validators(struct MHD_Response *response, const struct response_meta *meta);

/* Those, and what goes with a body. `type` NULL: the resource's. */
void response_add_headers(struct MHD_Response *response, const struct resource *resource,
                          const struct response_meta *meta, const char *type);
