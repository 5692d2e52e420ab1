#include "serve/edition.h"

#include "base/clock.h"
#include "base/mem.h"
#include "http/conditional.h"
#include "http/negotiate.h"
#include "serve/response.h"

#include <stdatomic.h>
#include <stdlib.h>

/* For clients by HTTP, and for those who shall not come otherwise than by HTTPS. */
enum strictness { RELAXED, STRICT, STRICTNESS_COUNT };

/* Made when they are first asked for; NULL until then. */
struct answer_set {
    struct MHD_Response *_Atomic whole[CODING_COUNT], *_Atomic not_modified[CODING_COUNT];
};

struct answers {
    size_t sizes[CODING_COUNT];
    struct answer_set sets[STRICTNESS_COUNT];
    bool is_error; /* an error page */
};

struct edition {
    struct site *site;
    const char *hsts;        /* what strict answers say */
    struct answers *answers; /* by the ids of the resources */
    unsigned number;
    uint64_t made; /* clock_monotonic_ns */
};

static void take_sizes(const struct edition *edition, const struct resource *resource)
{
    struct answers *answers = &edition->answers[resource->id];

    for (int i = 0; i < CODING_COUNT; i++) {
        const struct blob *body = resource->forms[i].body;

        answers->sizes[i] = body ? blob_size(body) : NEGOTIATE_ABSENT;
    }
}

/* With the body for 304 too, which is not sent: the length belongs to the 200 it stands for. */
static struct MHD_Response *make(const struct edition *edition, const struct resource *resource,
                                 enum coding coding, bool whole, bool strict)
{
    struct response_meta meta = edition_meta(edition, resource, coding);
    struct MHD_Response *response = response_blob(resource->forms[coding].body);

    if (whole)
        response_add_headers(response, resource, &meta, NULL);
    else
        response_add_validators(response, &meta);
    if (strict)
        response_add_hsts(response, edition->hsts);
    return response;
}

/* Of several threads that ask first, one's answer stays. */
static struct MHD_Response *ask(const struct edition *edition, const struct resource *resource,
                                enum coding coding, bool whole, bool strict)
{
    struct answer_set *set = &edition->answers[resource->id].sets[strict ? STRICT : RELAXED];
    struct MHD_Response *_Atomic *place = whole ? &set->whole[coding] : &set->not_modified[coding];
    struct MHD_Response *there = atomic_load_explicit(place, memory_order_acquire), *made;

    if (there)
        return there;
    made = make(edition, resource, coding, whole, strict);
    if (atomic_compare_exchange_strong(place, &there, made))
        return made;
    MHD_destroy_response(made);
    return there;
}

struct edition *edition_new(struct site *site, unsigned number, const char *hsts)
{
    struct edition *edition = mem_zero(1, sizeof *edition);
    size_t count = site_resource_count(site);

    edition->site = site;
    edition->hsts = hsts;
    edition->number = number;
    edition->made = clock_monotonic_ns();
    edition->answers = mem_zero(count, sizeof *edition->answers);
    for (int status = 400; status < 600; status++) {
        edition->answers[site_error_page(site, status, false)->id].is_error = true;
        edition->answers[site_error_page(site, status, true)->id].is_error = true;
    }
    for (size_t id = 0; id < count; id++) {
        const struct resource *resource = site_resource(site, id);

        if (resource->kind == RESOURCE_MEMORY)
            take_sizes(edition, resource);
    }
    return edition;
}

static void destroy(struct MHD_Response *response)
{
    if (response)
        MHD_destroy_response(response);
}

void edition_free(struct edition *edition)
{
    size_t count;

    if (!edition)
        return;
    count = site_resource_count(edition->site);
    for (size_t id = 0; id < count; id++)
        for (int i = 0; i < STRICTNESS_COUNT * CODING_COUNT; i++) {
            struct answer_set *set = &edition->answers[id].sets[i / CODING_COUNT];

            destroy(set->whole[i % CODING_COUNT]);
            destroy(set->not_modified[i % CODING_COUNT]);
        }
    free(edition->answers);
    site_free(edition->site);
    free(edition);
}

unsigned edition_number(const struct edition *edition)
{
    return edition->number;
}

double edition_age(const struct edition *edition)
{
    return (double)(clock_monotonic_ns() - edition->made) / 1e9;
}

const struct site *edition_site(const struct edition *edition)
{
    return edition->site;
}

const size_t *edition_sizes(const struct edition *edition, const struct resource *resource)
{
    return edition->answers[resource->id].sizes;
}

struct MHD_Response *edition_whole(const struct edition *edition, const struct resource *resource,
                                   enum coding coding, bool strict)
{
    return ask(edition, resource, coding, true, strict);
}

struct MHD_Response *edition_not_modified(const struct edition *edition,
                                          const struct resource *resource, enum coding coding,
                                          bool strict)
{
    return ask(edition, resource, coding, false, strict);
}

struct response_meta edition_meta(const struct edition *edition, const struct resource *resource,
                                  enum coding coding)
{
    const struct answers *answers = &edition->answers[resource->id];
    const char *vary = answers->is_error ? "Accept" : NULL;
    unsigned forms = 0;

    for (int i = 0; i < CODING_COUNT; i++)
        forms += answers->sizes[i] != NEGOTIATE_ABSENT;
    if (forms > 1)
        vary = answers->is_error ? "Accept, Accept-Encoding" : "Accept-Encoding";
    return (struct response_meta){
        .etag = answers->is_error ? NULL : resource->forms[coding].etag,
        .modified = resource->undated ? MODIFIED_UNKNOWN : resource->modified,
        .fresh_for_ever = resource->freshness == FRESHNESS_FOREVER,
        .vary = vary,
        .coding = coding,
    };
}
