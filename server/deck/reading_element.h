/*
 * reading_element: what becomes of each element when a slide is read.
 *
 * One table of names. What is not in it gives way to what is inside it.
 */
#pragma once

#include "base/span.h"

enum reading_way {
    READING_INSIDE, /* only what is inside */
    READING_KEPT,   /* with its `tag` and the attributes that say something */
    READING_NOTHING,
    READING_HEADING, /* below the slide's own */
    READING_PICTURE,
    READING_MEDIA, /* video or audio */
    READING_SOURCE,
    READING_FRAME, /* a link to what it would show */
    READING_BOX,   /* a checkbox: its state as a character */
};

struct reading_element {
    const char *name;
    enum reading_way way;
    const char *tag;           /* READING_KEPT: the name that is written */
    const char *attributes;    /* those that are written too, with a blank around each; or NULL */
    const char *before, *more; /* written before the tag and in it; NULL: nothing */
    const char *after;         /* behind the end tag */
};

/* Never NULL; ASCII case ignored. */
const struct reading_element *reading_element_find(struct span name);
