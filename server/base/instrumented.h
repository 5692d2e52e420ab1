/*
 * instrumented: whether this is a build with sanitizers.
 *
 * They look into the process from outside of it, as nothing may that serves for real.
 */
#pragma once

#include <stdbool.h>

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
static const bool instrumented = true;
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer) ||                         \
    __has_feature(memory_sanitizer)
static const bool instrumented = true;
#else
static const bool instrumented = false;
#endif
#else
static const bool instrumented = false;
#endif
