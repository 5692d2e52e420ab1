#include "serve/current.h"

#include "base/mem.h"
#include "serve/edition.h"

#include <pthread.h>
#include <stdlib.h>

enum { CACHE_LINE = 64 };

struct lane {
    _Alignas(CACHE_LINE) pthread_mutex_t lock; /* alone in its cache line */
};

struct current {
    struct edition *edition; /* written with all lanes held */
    unsigned count;
    struct lane *lanes;
};

struct current *current_new(unsigned lanes, struct edition *edition)
{
    struct current *current = mem_zero(1, sizeof *current);

    current->edition = edition;
    current->count = lanes;
    current->lanes = mem_aligned(CACHE_LINE, lanes, sizeof *current->lanes);
    for (unsigned i = 0; i < lanes; i++)
        pthread_mutex_init(&current->lanes[i].lock, NULL);
    return current;
}

void current_free(struct current *current)
{
    if (!current)
        return;
    for (unsigned i = 0; i < current->count; i++)
        pthread_mutex_destroy(&current->lanes[i].lock);
    edition_free(current->edition);
    free(current->lanes);
    free(current);
}

const struct edition *current_enter(struct current *current, unsigned lane)
{
    pthread_mutex_lock(&current->lanes[lane].lock);
    return current->edition;
}

void current_leave(struct current *current, unsigned lane)
{
    pthread_mutex_unlock(&current->lanes[lane].lock);
}

void current_replace(struct current *current, struct edition *edition)
{
    struct edition *before = current->edition;

    for (unsigned i = 0; i < current->count; i++)
        pthread_mutex_lock(&current->lanes[i].lock);
    current->edition = edition;
    for (unsigned i = 0; i < current->count; i++)
        pthread_mutex_unlock(&current->lanes[i].lock);
    edition_free(before);
}
