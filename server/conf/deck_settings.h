/*
 * deck_settings: what a deck says of itself.
 *
 * Layers are merged in order of precedence (built-in < site config < parent directories' files
 * < own directory's files < front matter); each adds to or overrides what the ones before said, key
 * by key (revealOptions deeply). Keys of other tools are accepted and mapped in deck_dialect,
 * nowhere else. A wrong key or type is a problem with its place and the value is left as it was; a
 * key without a value says nothing. Where each value was read is kept.
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

struct recording {
    char *url; /* an address, or a file of the deck; never NULL */
    char *title, *captions, *lang, *poster;
};

struct recording_list {
    VEC(struct recording) list;
};

enum math_mode {
    MATH_TEXT, /* as reveal.js: Markdown reads it as text, KaTeX draws it afterwards (default) */
    MATH_RAW,  /* shielded from Markdown */
    MATH_OFF,
};

struct text_list {
    VEC(char *) list;
};

/* In force where nothing is set, as reveal-md has them; the deck layer is lenient about blanks. */
#define DECK_SEPARATOR "\\r?\\n---\\r?\\n"
#define DECK_VERTICAL_SEPARATOR "\\r?\\n----\\r?\\n"
#define DECK_NOTES_SEPARATOR "^\\s*notes?:"

struct setting_origin {
    const char *key; /* of the table of keys */
    char *file;
    unsigned line;
    const char *what; /* that is no setting but stands for one: "heading"; NULL: the key itself */
};

struct deck_settings {
    char *title, *subtitle, *description, *venue, *event, *location, *lang, *license, *slug, *cover;
    char *date;    /* as ISO 8601: 2015-07-04, 2015-07 or 2015; NULL when none */
    char *updated; /* the same, of the last change */
    VEC(struct speaker) speakers;
    VEC(struct deck_link) links;
    struct text_list tags, css, scripts, aliases, source, pdf;
    struct recording_list video;
    char *theme; /* name of a reveal.js theme or a CSS file of the deck; default "black" */
    char *highlight_theme;                                  /* default "monokai" */
    char *separator, *vertical_separator, *notes_separator; /* regular expressions; NULL: default */
    bool no_vertical;                                       /* verticalSeparator: false or null */
    char *charset;                                          /* NULL: UTF-8 */
    enum math_mode math;
    bool mermaid; /* default true */
    bool embed;   /* default true */
    bool lenient_headings, animate_lists, emoji, draft, publish_notes;
    struct node *reveal_options; /* owned map or NULL */

    VEC(struct setting_origin) origins; /* one a key that was set */
};

/*
 * The files of a directory that hold settings for its decks and those below, in rising precedence,
 * ended by NULL: other tools' files, then deck.yaml.
 */
extern const char *const deck_settings_files[];

void deck_settings_init(struct deck_settings *settings);
void deck_settings_release(struct deck_settings *settings);

/*
 * Reads one layer into the settings. `layer` is a map (NULL and NODE_NULL are empty layers), in the
 * shape that goes with its file's name; what is wrong with it goes to `errs`.
 */
void deck_settings_read(struct deck_settings *settings, const struct node *layer,
                        struct err_list *errs);

/* All settings as YAML, a line a key, each with the place it comes from. */
void deck_settings_explain(struct strbuf *out, const struct deck_settings *settings);

/* Gives a key a value's place; `what` lives as long as the program. */
void deck_settings_note_origin(struct deck_settings *settings, const char *key, const char *file,
                               unsigned line, const char *what);

/* The place a key was set at; NULL for one that no layer set. */
const struct setting_origin *deck_settings_origin(const struct deck_settings *settings,
                                                  const char *key);

/* The same in words, "file:line", "file:line heading" or "built-in", appended. */
void deck_settings_append_origin(struct strbuf *out, const struct deck_settings *settings,
                                 const char *key);
