/*
 * resource: what a path of the site stands for, ready to be sent.
 *
 * A resource is made when the site is loaded and never changes. It is held in memory with all its
 * representations, or it is a file below the root that is opened for each request, or it
 * redirects, or its answers are computed from the query. But for the last, everything that a
 * request needs to answer is in here: no deck, no template, no compression is touched any more.
 * The site owns its resources; bodies are shared blobs.
 */
#pragma once

#include "base/blob.h"
#include "base/digest.h"
#include "http/coding.h"

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>
#include <time.h>

enum resource_kind { RESOURCE_MEMORY, RESOURCE_FILE, RESOURCE_REDIRECT, RESOURCE_COMPUTED };

/* How long a client may keep it without asking again. */
enum freshness {
    FRESHNESS_CHECK,   /* no-cache: pages */
    FRESHNESS_FOREVER, /* a year, immutable: the URL carries the digest */
};

struct representation {
    struct blob *body; /* NULL: there is no such form */
    char *etag;        /* with its quotes; another one for each coding */
};

struct computed;
struct query;

/*
 * Fills in the answer. False where the query is nothing to it: then it is answered as if there was
 * no such function, from memory or with 404.
 */
typedef bool resource_compute(const void *context, const struct query *query,
                              struct computed *answer);

struct resource {
    enum resource_kind kind;
    size_t id;                /* dense, from 0: an index for tables beside the site's */
    const char *content_type; /* with charset where it has one; the site's, as the next */
    const char *csp;          /* Content-Security-Policy, NULL for what is no page */
    bool unframed;            /* by others: the policy says so as well */
    bool unlisted;            /* by search engines */
    bool shared;              /* with scripts of other sites */
    enum freshness freshness;
    bool undated; /* nobody is told `modified`: it is of many files, whose times differ on nodes
                     that say the same, and may go back when what is said changes */
    time_t modified;
    struct digest digest; /* of the identity form; `?v=<digest>` makes a file FRESHNESS_FOREVER */

    struct representation forms[CODING_COUNT]; /* RESOURCE_MEMORY */

    char *file; /* RESOURCE_FILE: below the root; etag in forms[CODING_IDENTITY].etag, no body */
    off_t size; /* and as it was when its digest was taken, to notice a change: */
    struct timespec file_modified;
    ino_t inode;

    char *location; /* RESOURCE_REDIRECT: 308, relative to the resource's own path, no query */

    /*
     * RESOURCE_COMPUTED, or RESOURCE_MEMORY that has other answers for some queries; else NULL.
     * What it is made from belongs to the site, too.
     */
    resource_compute *compute;
    const void *compute_context;
};
