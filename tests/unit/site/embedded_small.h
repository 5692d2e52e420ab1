/*
 * embedded_small: a table of embedded files for tests, in place of the one that the build makes.
 *
 * The shells name their values between bars, so that a test sees each; the rest is only as much as
 * the modules under test ask for.
 */
#pragma once

#include "site/embedded.h"

#include <string.h>
#include <strings.h>

#define SMALL_FILE(name, url, type, text)                                                          \
    {                                                                                              \
        name, url, type, "0123456789", (const unsigned char *)(text), NULL, NULL,                  \
            sizeof(text) - 1, 0, 0                                                                 \
    }

const struct embedded embedded_files[] = {
    SMALL_FILE("code.js", "/_/code.01.js", "text/javascript; charset=utf-8", "c"),
    SMALL_FILE("deck.js", "/_/deck.01.js", "text/javascript; charset=utf-8", "d"),
    SMALL_FILE("highlight/monokai.css", "/_/highlight/monokai.01.css", "text/css", "h"),
    SMALL_FILE("icon.svg", "/_/icon.01.svg", "image/svg+xml", "<svg/>"),
    SMALL_FILE("katex.css", "/_/katex.01.css", "text/css", "k"),
    SMALL_FILE("katex.js", "/_/katex.01.js", "text/javascript; charset=utf-8", "k"),
    SMALL_FILE("lang/css.js", "/_/lang/css.01.js", "text/javascript; charset=utf-8", "l"),
    SMALL_FILE("lang/rust.js", "/_/lang/rust.01.js", "text/javascript; charset=utf-8", "l"),
    SMALL_FILE("lang/xml.js", "/_/lang/xml.01.js", "text/javascript; charset=utf-8", "l"),
    SMALL_FILE("mermaid.js", "/_/mermaid.01.js", "text/javascript; charset=utf-8", "m"),
    SMALL_FILE("pages/deck.html", "", "",
               "{{lang}}|{{title}}|{{description}}|{{canonical}}|{{{head}}}|{{home}}|"
               "{{home_label}}|{{about}}|{{author}}|{{theme}}|{{{styles}}}|{{plain}}|{{script}}|{{{"
               "parts}}}|"
               "{{{slides}}}|{{{options}}}|{{{scripts}}}"),
    SMALL_FILE("pages/site.html", "", "",
               "{{lang}}|{{title}}|{{description}}|{{canonical}}|{{robots}}|{{style}}|{{script}}|{{"
               "{head}}}|{{class}}|"
               "{{site}}|{{home}}|{{{navigation}}}|{{{above}}}|{{heading_lang}}|{{heading_dir}}|{{"
               "heading}}|"
               "{{{content}}}|{{{footer}}}"),
    SMALL_FILE("plain.css", "/_/plain.01.css", "text/css", "p"),
    SMALL_FILE("site.css", "/_/site.01.css", "text/css", "s"),
    SMALL_FILE("talk.js", "/_/talk.01.js", "text/javascript; charset=utf-8", "t"),
    SMALL_FILE("theme/black.css", "/_/theme/black.01.css", "text/css", "t"),
    SMALL_FILE("theme/white.css", "/_/theme/white.01.css", "text/css", "t"),
};

const size_t embedded_count = sizeof embedded_files / sizeof *embedded_files;

const struct embedded *embedded_find(const char *name)
{
    for (size_t i = 0; i < embedded_count; i++)
        if (strcmp(embedded_files[i].name, name) == 0)
            return &embedded_files[i];
    return NULL;
}

static const char *const needs_nothing[] = {NULL};
static const char *const needs_css[] = {"css", NULL};

const struct embedded_alias embedded_aliases[] = {
    {"css", "css", needs_nothing},
    {"html", "xml", needs_css},
    {"rs", "rust", needs_nothing},
    {"rust", "rust", needs_nothing},
};

const size_t embedded_alias_count = sizeof embedded_aliases / sizeof *embedded_aliases;

const char *embedded_emoji_find(const char *name, size_t len)
{
    return len == 4 && memcmp(name, "tada", 4) == 0 ? "\xf0\x9f\x8e\x89" : NULL;
}

const struct embedded_alias *embedded_language(const char *alias, size_t len)
{
    for (size_t i = 0; i < embedded_alias_count; i++)
        if (strlen(embedded_aliases[i].alias) == len &&
            strncasecmp(embedded_aliases[i].alias, alias, len) == 0)
            return &embedded_aliases[i];
    return NULL;
}

const char embedded_notes_script_hash[] = "'sha256-0'";
