/*
 * picture: how large a picture is, from the first bytes of its file.
 *
 * PNG, JPEG, GIF, WebP and SVG; what a page needs to leave room before the picture has come. Bytes
 * are hostile: nothing is read behind their end, the work is linear, and what cannot be told is
 * not told. A JPEG that says it lies on its side is measured as browsers show it. An SVG has a
 * size only if it states one: with a viewBox alone it fills the room that it gets.
 */
#pragma once

#include "base/span.h"

#include <stdbool.h>

/* In CSS pixels, each 1…PICTURE_MAX; false, nothing written, where the bytes do not tell. */
bool picture_measure(struct span head, unsigned *ret_width, unsigned *ret_height);

enum {
    PICTURE_MAX = 65535,
    PICTURE_HEAD = 256 * 1024, /* so many bytes are enough: photographs carry profiles in front */
};
