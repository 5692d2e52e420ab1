/*
 * pool: the same job on many items, on all cores.
 *
 * pool_run blocks until every item is done. Items are handed out in order, one at a time, so that
 * long ones even out; jobs must not touch each other's data.
 */
#pragma once

#include <stddef.h>

typedef void pool_job(void *context, size_t index);

/* Processors this process may run on (its affinity mask), at least 1. */
unsigned pool_cores(void);

/* Runs job(context, 0 … count-1) on up to `threads` threads; 0 means one per core. */
void pool_run(unsigned threads, size_t count, pool_job *job, void *context);
