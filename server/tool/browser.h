/*
 * browser: an installed Chromium, driven without a window.
 *
 * It is started with a new profile of its own and spoken to by the DevTools protocol over a pair of
 * pipes. One page; calls wait for its answer. It never goes to the network by itself: what it opens
 * is for the caller to choose.
 */
#pragma once

#include "base/err.h"

#include <stdio.h>

struct browser;

/*
 * `program`: what to start, or NULL for the first that is installed. Negative errno, with a line in
 * `errs` that says the mend.
 */
int browser_start(const char *program, struct err_list *errs, struct browser **ret_browser);
void browser_stop(struct browser *browser); /* NULL is fine */

/*
 * Opens the page, waits until the JavaScript expression, a promise, is kept, and writes what would
 * be printed to `out` as PDF, pages in the size that the page asks for. Negative errno, with a line
 * in `errs`.
 */
int browser_print(struct browser *browser, const char *url, const char *ready, FILE *out,
                  struct err_list *errs);
