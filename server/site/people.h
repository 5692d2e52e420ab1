/*
 * people: whom a name in a deck means.
 *
 * The configuration's `people:` has keys and names. A speaker of a deck is the person whose key or
 * name the deck says, however it is capitalised; who is not there is known by name only. Borrows
 * the settings; immutable, and safe on many threads.
 */
#pragma once

#include "base/digest.h"
#include "base/map.h"
#include "conf/people_settings.h"

struct people {
    const struct people_settings *settings;
    struct map by_name;     /* folded keys and names → struct person_settings */
    struct digest identity; /* another one whenever the functions below say anything else */
};

void people_init(struct people *people, const struct people_settings *settings);
void people_release(struct people *people);

/* NULL where the configuration does not know the name. */
const struct person_settings *people_find(const struct people *people, struct span name);

/* What the person is called in full: the name itself, where nothing else is known. */
struct span people_name(const struct people *people, struct span name);
