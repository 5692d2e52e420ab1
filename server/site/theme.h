/*
 * theme: what reveal.js's themes look like, for what is drawn and shown outside of the slides.
 */
#pragma once

/* Colours of CSS. */
struct palette {
    const char *theme, *ground, *ink, *accent;
};

/*
 * What drawings of a deck were made for. A theme is named as the deck has it, NULL is the default;
 * nothing is known of the author's own.
 */
enum theme_ground { THEME_UNKNOWN, THEME_LIGHT, THEME_DARK };

/* NULL: not known. */
const struct palette *theme_palette(const char *theme);
enum theme_ground theme_ground(const char *theme);
