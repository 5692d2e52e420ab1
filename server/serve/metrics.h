/*
 * metrics: what the server counts, in Prometheus' text format.
 *
 * Each serving thread counts for itself, in memory of its own: one writer, so that counting needs
 * neither lock nor atomic addition. Whoever asks gets the sum.
 */
#pragma once

#include "base/strbuf.h"
#include "serve/connection.h"

#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

enum { METRICS_STATUS_MIN = 100, METRICS_STATUS_MAX = 599, METRICS_CACHE_LINE = 64 };

/* Of one lane. */
struct counters {
    _Alignas(METRICS_CACHE_LINE)
        atomic_uint_fast64_t requests[METRICS_STATUS_MAX - METRICS_STATUS_MIN + 1];
    atomic_uint_fast64_t bytes[CODING_COUNT];
    atomic_uint_fast64_t aborted;
};

struct counters *counters_new(unsigned lanes); /* free() */

/* By the lane's own thread: a request that was answered, to its end or not. */
void counters_count(struct counters *counters, const struct outcome *outcome, bool complete);

struct service;
struct edition;

uint64_t counters_requests(const struct service *service); /* all that were answered */

/* All figures, as text/plain; version=0.0.4. */
void metrics_render(struct strbuf *out, struct service *service, const struct edition *edition);
