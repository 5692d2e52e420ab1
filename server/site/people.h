/*
 * people: whom a name in a deck means.
 *
 * The configuration's `people:` has keys and names. A speaker of a deck is the person whose key or
 * name the deck says, spelled with the same stem (stem.h); who is not there is known by name only.
 * Borrows the settings; immutable, and safe on many threads.
 */
#pragma once

#include "base/digest.h"
#include "base/map.h"
#include "conf/people_settings.h"

struct people {
    const struct people_settings *settings;
    struct map by_stem;     /* of keys and names → struct person_settings */
    struct digest identity; /* another one whenever the functions below say anything else */
};

void people_init(struct people *people, const struct people_settings *settings);
void people_release(struct people *people);

/* NULL where the configuration does not know the name. */
const struct person_settings *people_find(const struct people *people, struct span name);

/* What the person is called in full: the name itself, where nothing else is known. */
struct span people_name(const struct people *people, struct span name);

/* The page of their own on the web that the configuration names, or NULL. */
const char *people_url(const struct people *people, struct span name);

/* What the address of the person's page is made from: the key, else the name itself. */
struct span people_key(const struct people *people, struct span name);
