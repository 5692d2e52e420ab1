/*
 * clock: durations, apart from the time of day.
 */
#pragma once

#include <stdint.h>

/* Nanoseconds of CLOCK_MONOTONIC; only differences mean something. */
uint64_t clock_monotonic_ns(void);
