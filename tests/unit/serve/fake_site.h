/*
 * fake_site: a small site for the server's unit tests, without decks or disk.
 *
 * Defines the functions of site/site.h itself; the archive's are not linked then. Each edition has
 * a letter, which its page consists of, so that a test can tell which one answered.
 */
#pragma once

#include "site/site.h"

/*
 * "/", "/deck" → "/deck/", "/deck/", "/same", "/deck/file.bin", "/computed" and error pages. What
 * is asked with `?repeat=x&times=2000` or `?fail=why` is computed.
 */
struct site *fake_site_new(char letter, const char *root);

/* How many are alive. */
unsigned fake_site_count(void);

enum { FAKE_PAGE_SIZE = 4000, FAKE_FILE_SIZE = 100000 };
