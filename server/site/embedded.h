/*
 * The files that the browser loads, carried inside the binary.
 *
 * assets/build.mjs makes them at build time: bundled, minified, named by what they hold, and
 * compressed as far as it goes, so that nothing here costs anything at run time. It writes
 * embedded.S (the bytes, read-only) and embedded.c (the tables that this header declares).
 *
 * A file has a name ("deck.js", "theme/black.css") and a URL that carries its digest:
 *
 *     "/_/" + the name up to its last dot + "." + digest + the rest /_/theme/black.1a2b3c4d5e.css
 *
 * A URL therefore never changes its content and may be cached for ever. Files that refer to one
 * another (fonts from a style sheet) do so by such URLs, relative to themselves, so that the whole
 * tree may be served below any prefix.
 *
 * Names that begin with "pages/" are not for the browser: they are the page shells that the site
 * layer fills. assets/README.md has the values of each, and the contract between page and script.
 *
 * Everything is const, lives as long as the process and belongs to nobody.
 */
#ifndef DECKSD_SITE_EMBEDDED_H
#define DECKSD_SITE_EMBEDDED_H

#include <stddef.h>

struct embedded {
    const char *name;   /* "theme/black.css" */
    const char *url;    /* "/_/theme/black.1a2b3c4d5e.css" */
    const char *type;   /* the Content-Type's value, with charset where there is one */
    const char *digest; /* of the content, lower-case hex; good as an entity tag's opaque part */
    const unsigned char *data, *gzip, *brotli; /* gzip and brotli are NULL where they do not pay */
    size_t size, gzip_size, brotli_size;
};

/* All files in the order of their names (strcmp), to walk over. */
extern const struct embedded embedded_files[];
extern const size_t embedded_count;

/* The file of that name, or NULL. */
const struct embedded *embedded_find(const char *name);

/*
 * What an author writes behind ``` and the highlight.js language that is meant: "js" is
 * "javascript", whose file is "lang/javascript.js". Languages whose text holds other languages
 * (HTML holds CSS and JavaScript) name those in needs, all the way down; a page that loads the
 * former loads them too, in any order.
 */
struct embedded_alias {
    const char *alias;        /* lower case; every language is an alias of itself */
    const char *language;     /* "javascript" */
    const char *const *needs; /* other languages, ended by NULL; never NULL itself */
};

/* All aliases in the order of strcmp. */
extern const struct embedded_alias embedded_aliases[];
extern const size_t embedded_alias_count;

/* What alias[0..len) stands for, ASCII case ignored as highlight.js does, or NULL: not known. */
const struct embedded_alias *embedded_language(const char *alias, size_t len);

/* GitHub's short codes, without their colons: "tada" is U+1F389. In the order of strcmp. */
struct embedded_emoji {
    const char *name, *text;
};
extern const struct embedded_emoji embedded_emoji[];
extern const size_t embedded_emoji_count;

/* What name[0..len) stands for, or NULL. */
const char *embedded_emoji_find(const char *name, size_t len);

/*
 * reveal.js writes one inline script, into the window of the speaker view. This is the source
 * expression that lets it run, with its quotes: 'sha256-…'. It belongs into script-src.
 */
extern const char embedded_notes_script_hash[];

#endif
