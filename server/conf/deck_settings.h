/*
 * deck_settings: what a deck says of itself.
 *
 * Layers are merged in order of precedence (built-in < site config < parent directories' deck.yaml
 * < own deck.yaml < front matter); each adds to or overrides what the ones before said, key by key
 * (revealOptions deeply). Keys of other tools are accepted and mapped here, nowhere else. A wrong
 * key or type is a problem with its place and the value is left as it was.
 *
 * The settings own all their texts; absent texts are NULL.
 */
#pragma once

#include "base/err.h"
#include "base/strbuf.h"
#include "base/vec.h"
#include "conf/node.h"

#include <stdbool.h>

struct speaker {
    char *name; /* never NULL */
    char *url, *email;
};

struct deck_link {
    char *title; /* NULL: the URL stands for itself */
    char *url;
};

enum math_mode {
    MATH_TEXT, /* as reveal.js: Markdown reads it as text, KaTeX draws it afterwards (default) */
    MATH_RAW,  /* shielded from Markdown */
    MATH_OFF,
};

struct text_list {
    VEC(char *) list;
};

struct deck_settings {
    char *title, *subtitle, *description, *venue, *event, *location, *lang, *license, *slug, *cover;
    char *date; /* as ISO 8601: 2015-07-04, 2015-07 or 2015; NULL when none */
    VEC(struct speaker) speakers;
    VEC(struct deck_link) links;
    struct text_list tags, css, scripts, aliases, source, video, pdf;
    char *theme; /* name of a reveal.js theme or a CSS file of the deck; default "black" */
    char *highlight_theme;                                  /* default "monokai" */
    char *separator, *vertical_separator, *notes_separator; /* regular expressions; NULL: default */
    bool no_vertical;                                       /* verticalSeparator: false or null */
    char *charset;                                          /* NULL: UTF-8 */
    enum math_mode math;
    bool mermaid; /* default true */
    bool lenient_headings, animate_lists, draft, publish_notes;
    struct node *reveal_options; /* owned map or NULL */
};

void deck_settings_init(struct deck_settings *settings);
void deck_settings_release(struct deck_settings *settings);

/*
 * Reads one layer into the settings. `layer` is a map (NULL and NODE_NULL are empty layers); what
 * is wrong with it goes to `errs`.
 */
void deck_settings_read(struct deck_settings *settings, const struct node *layer,
                        struct err_list *errs);
