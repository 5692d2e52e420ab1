/*
 * loader: builds a site on a thread of its own, while the one before is served.
 *
 * One load at a time: loader_start, then loader_finish once `done_fd` is readable. The settings are
 * borrowed. Whoever gets a site keeps the one before it until the next is there: what has not
 * changed is taken over from it.
 */
#pragma once

#include "conf/site_settings.h"
#include "site/site.h"

#include <pthread.h>
#include <stdbool.h>
#include <stdint.h>

struct loader {
    const struct site_settings *settings;
    pthread_t thread;
    int done_fd; /* becomes readable when a load is done */
    bool running;
    bool progress; /* shown on the terminal */
    uint64_t started;
    struct site *site; /* the last one loaded; touched by the thread until it was joined */
    int err;
};

/* 0 or negative errno: there is no descriptor left. */
int loader_init(struct loader *loader, const struct site_settings *settings);
void loader_release(struct loader *loader); /* it is not running */

/* 0 or negative errno: there is no thread to load on, which is logged. */
int loader_start(struct loader *loader);

/* Waits for the end; the site is the caller's, NULL when it could not be loaded: that is logged. */
struct site *loader_finish(struct loader *loader);

unsigned loader_ms(const struct loader *loader); /* since the start of the last load */
