/*
 * theme: what reveal.js's themes look like, for what is drawn and shown outside of the slides.
 */
#pragma once

/* Colours of CSS. */
struct palette {
    const char *theme, *ground, *ink, *accent;
};

/* A theme is named as the deck has it, NULL is the default. NULL: nothing is known of it. */
const struct palette *theme_palette(const char *theme);

/*
 * What was drawn for slides of the theme gets their ground by this class, which has a blank before
 * it; empty where nothing is known of the theme.
 */
const char *theme_ground_class(const char *theme);
