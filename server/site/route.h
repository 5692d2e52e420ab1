/*
 * route: the table from paths to resources while it is filled, and afterwards.
 *
 * The first that takes a path keeps it; who comes second is told. Resources, their texts and
 * blobs belong to the table. Content types and policies are shared among resources.
 */
#pragma once

#include "base/map.h"
#include "base/span.h"
#include "base/vec.h"
#include "site/resource.h"

#include <stdbool.h>
#include <stddef.h>
#include <time.h>

struct routes {
    VEC(struct resource *) all;  /* a resource's id is its place */
    struct map by_path;          /* "/2015/polyconf/" → struct resource */
    struct map by_composed_path; /* those that are not ASCII, see names.h */
    struct map texts;            /* content types and policies */
    struct map mounts;           /* "/2015/talk/" → "/2015/", where its files are; owned */
};

void routes_init(struct routes *routes);
void routes_release(struct routes *routes);

/* A new resource with the identity form's digest; the caller fills in the rest. */
struct resource *routes_new(struct routes *routes, enum resource_kind kind, const char *type,
                            const char *csp, struct digest digest);

/* A resource in memory with its forms, whose references are taken; NULL forms do not exist. */
struct resource *routes_new_memory(struct routes *routes, const char *type, const char *csp,
                                   struct digest digest, struct blob *const forms[CODING_COUNT]);

/*
 * A resource whose answers are computed (computed.h); they are no older than `modified`. What
 * `context` is belongs to the site.
 */
struct resource *routes_new_computed(struct routes *routes, const char *type, const char *csp,
                                     resource_compute *compute, const void *context,
                                     time_t modified);

/* Gives the resource another policy. */
void routes_set_policy(struct routes *routes, struct resource *resource, const char *csp);

/* Lets the path, which starts with a slash, stand for the resource; false if it is taken. */
bool routes_put(struct routes *routes, struct span path, struct resource *resource);

/* 308 from the path to `location`, which is percent-encoded and relative to it, or absolute. */
bool routes_redirect(struct routes *routes, struct span path, const char *location);

/*
 * For a deck whose address is not that of its directory: what is not found below `path` is looked
 * for below `directory`, so that relative links work that nobody rewrote. Both end in a slash.
 */
void routes_mount(struct routes *routes, struct span path, const char *directory);

const struct resource *routes_find(const struct routes *routes, struct span path);
