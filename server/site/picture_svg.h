/*
 * picture_svg: the size that an SVG states on its root element.
 *
 * The part of picture that reads text: finds the first element behind prolog, comments and document
 * type, and takes its width and height where both are lengths in absolute units, or one of them
 * and a viewBox for the ratio (SVG 2 §8.2). All else is left to the browser.
 */
#pragma once

#include "base/span.h"

#include <stdbool.h>

/* As picture_measure, each size up to the largest. */
bool picture_svg_measure(struct span head, unsigned largest, unsigned *ret_width,
                         unsigned *ret_height);
