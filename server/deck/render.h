/*
 * render: the Markdown of one deck's slides to HTML.
 *
 * The seam between the deck's text (source, front matter, include, split) and what one slide says.
 * Whoever assembles the deck makes one renderer, shows it the whole text once, so that link
 * references and footnotes work across slides, then hands it slide after slide in order. Slides
 * are isolated: what one leaves open ends with it.
 *
 * Lines are those of the assembled text, from 1; the caller maps problems that were added to the
 * err_list back to the author's files and lines. Spans given are borrowed for the call only,
 * except the whole text of renderer_define, which must outlive the renderer.
 */
#pragma once

#include "base/err.h"
#include "base/span.h"
#include "base/strbuf.h"
#include "conf/deck_settings.h"
#include "deck/deck.h"
#include "deck/nested.h"

#include <stdbool.h>

struct slide_source {
    struct span markdown;
    struct span html;  /* instead: the slide as its author wrote it in HTML */
    struct span tag;   /* the <section> start tag that it stands in, or empty */
    struct span notes; /* all Note: parts of the slide, joined by blank lines; may be empty */
    unsigned line, notes_line; /* of the first byte of each */
};

struct slide_html {
    struct strbuf attributes; /* of <section>: each with a leading space; data-*, class, …, no id */
    struct strbuf body;
    struct strbuf notes;   /* what is inside aside.notes; empty if none */
    char *id;              /* from a .slide comment, or NULL */
    char *heading;         /* plain text of the first heading, "" if none */
    unsigned heading_line; /* where that stands; 0 if nowhere */
    char *text;            /* plain text without notes */
    char *notes_text;      /* plain text of the notes, "" if none */
    bool hidden;           /* data-visibility="hidden": reveal.js removes the slide */
    struct nested nested;
};

void slide_html_init(struct slide_html *html);
void slide_html_release(struct slide_html *html);

struct renderer; /* of one deck: settings, files, definitions of all its slides, what was used */

/* All arguments are borrowed as long as the renderer lives; `file` is named in problems. */
struct renderer *renderer_new(const struct deck_request *request,
                              const struct deck_settings *settings, const char *file,
                              struct err_list *errs);
void renderer_free(struct renderer *renderer);

/* Link references and footnotes of the whole deck; once, before the first slide. */
void renderer_define(struct renderer *renderer, struct span whole_text);

/* Fills an initialised slide_html. */
void renderer_slide(struct renderer *renderer, const struct slide_source *source,
                    struct slide_html *ret);

/*
 * A URL as written in the deck's Markdown or HTML (entities decoded, not yet escaped): links to
 * other decks' sources become their URLs, files of the site get their digest, dead relative ones
 * are problems. Appended unescaped; html_attr is the caller's.
 */
void renderer_append_url(struct renderer *renderer, struct strbuf *out, struct span url,
                         unsigned line);

/* Moves what was used (languages, has_code, hosts, …) into the deck. */
void renderer_finish(struct renderer *renderer, struct deck *deck);
