#include "serve/idle.h"

#include "base/mem.h"

#include <microhttpd.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

enum {
    PAGE = 4096,
    BLOCK_ALIGN = 16,
    BLOCK_MAX = 32 * 1024, /* libmicrohttpd maps larger ones itself */
    ROUND_MAX = 16,        /* given back at a time: nobody shall wait for it */
};

static const uint64_t wait_ns = 500000000; /* idle for so long before memory is given back */

#ifdef __has_feature
#define HAS_FEATURE(feature) __has_feature(feature)
#else
#define HAS_FEATURE(feature) 0
#endif

#if defined(__GLIBC__) && !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__) &&       \
    !HAS_FEATURE(address_sanitizer) && !HAS_FEATURE(thread_sanitizer)
/* The size that glibc keeps right before a block, three flags in its lowest bits. */
static size_t word_before(const char *block)
{
    size_t word;

    /* Never across a page's border: there may be nothing. */
    if ((uintptr_t)block % BLOCK_ALIGN != 0 || (uintptr_t)block % PAGE < sizeof word)
        return 0;
    memcpy(&word, block - sizeof word, sizeof word);
    return word;
}
#else
static size_t word_before(const char *block)
{
    (void)block;
    return 0;
}
#endif

/* What the client may write there cannot look like that: empty lines, which become NULs. */
static bool is_block(const char *memory, size_t size)
{
    size_t given = word_before(memory) & ~(size_t)7, needed = size + sizeof(size_t);

    return given >= needed && given < needed + (size_t)3 * BLOCK_ALIGN;
}

size_t idle_block_size(size_t connection_memory)
{
    char *probes[2]; /* one may lie at a page's border */
    bool known = false;

    if (strcmp(MHD_get_version(), "0.9.75") != 0 || sysconf(_SC_PAGESIZE) != PAGE ||
        connection_memory > BLOCK_MAX)
        return 0;
    for (int i = 0; i < 2; i++) {
        probes[i] = mem_alloc(connection_memory);
        known |= is_block(probes[i], connection_memory);
    }
    free(probes[0]);
    free(probes[1]);
    return known ? connection_memory : 0;
}

struct idle_list *idle_lists_new(unsigned lanes, size_t connection_memory)
{
    struct idle_list *lists = mem_zero(lanes, sizeof *lists);
    size_t size = idle_block_size(connection_memory);

    for (unsigned i = 0; i < lanes; i++)
        lists[i].block_size = size;
    return lists;
}

static void unlist(struct idle_list *list, struct idle *idle)
{
    if (!idle->listed)
        return;
    if (idle->previous)
        idle->previous->next = idle->next;
    else
        list->first = idle->next;
    if (idle->next)
        idle->next->previous = idle->previous;
    else
        list->last = idle->previous;
    idle->listed = false;
}

void idle_end(struct idle_list *list, struct idle *idle, const char *request)
{
    unlist(list, idle);
    idle->memory = NULL;
    if (list->block_size > 0 && is_block(request, list->block_size))
        idle->memory = (char *)(uintptr_t)request;
}

static bool is_zero(const char *page)
{
    return page[0] == 0 && memcmp(page, page + 1, PAGE - 1) == 0;
}

/* Pages of zeros are replaced by pages of zeros that need no memory. */
static void give_back(const struct idle *idle, size_t size)
{
    char *start = idle->memory + (PAGE - (uintptr_t)idle->memory % PAGE) % PAGE;
    char *end = idle->memory + size;

    for (char *page = start; page + PAGE <= end; page += PAGE)
        if (!is_zero(page))
            return; /* the next request is coming in already */
    if (start + PAGE <= end)
        madvise(start, (size_t)(end - start) / PAGE * PAGE, MADV_DONTNEED);
}

static void tidy(struct idle_list *list, uint64_t now)
{
    for (int i = 0; i < ROUND_MAX && list->first && now - list->first->since >= wait_ns; i++) {
        give_back(list->first, list->block_size);
        unlist(list, list->first);
    }
}

void idle_begin(struct idle_list *list, struct idle *idle, uint64_t now)
{
    if (idle->memory && !idle->listed) {
        idle->since = now;
        idle->previous = list->last;
        idle->next = NULL;
        if (list->last)
            list->last->next = idle;
        else
            list->first = idle;
        list->last = idle;
        idle->listed = true;
    }
    tidy(list, now);
}

void idle_forget(struct idle_list *list, struct idle *idle)
{
    unlist(list, idle);
}
