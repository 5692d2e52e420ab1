#include "base/pool.h"

#include "base/mem.h"

#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <stdlib.h>

struct pool {
    atomic_size_t next;
    size_t count;
    pool_job *job;
    void *context;
};

unsigned pool_cores(void)
{
    cpu_set_t set;
    int count = sched_getaffinity(0, sizeof set, &set) == 0 ? CPU_COUNT(&set) : 1;

    return count > 0 ? (unsigned)count : 1;
}

static void *work(void *arg)
{
    struct pool *pool = arg;
    size_t index;

    while ((index = atomic_fetch_add(&pool->next, 1)) < pool->count)
        pool->job(pool->context, index);
    return NULL;
}

void pool_run(unsigned threads, size_t count, pool_job *job, void *context)
{
    struct pool pool = {.count = count, .job = job, .context = context};
    pthread_t *helpers;
    unsigned started = 0;

    if (threads == 0)
        threads = pool_cores();
    if (threads > count)
        threads = (unsigned)count;
    helpers = mem_zero(threads, sizeof *helpers);
    /* The caller works too; where no thread can be had, it does all of it. */
    while (started + 1 < threads && pthread_create(&helpers[started], NULL, work, &pool) == 0)
        started++;
    work(&pool);
    for (unsigned i = 0; i < started; i++)
        pthread_join(helpers[i], NULL);
    free(helpers);
}
