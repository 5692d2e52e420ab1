#include "site/talk_slides.h"

#include "base/escape.h"
#include "deck/reading.h"
#include "site/language.h"

#include <string.h>

/* On the page, where reading.h puts it. */
static void append_anchor(struct strbuf *out, const struct deck_slide *slide)
{
    strbuf_append_text(out, "s-");
    html_attr(out, span_of(slide->id));
}

/* In the deck: what its address shows there. An author's own page knows slides by their numbers. */
static void append_deck_address(struct strbuf *out, const struct deck *deck,
                                const struct deck_slide *slide)
{
    struct strbuf path = STRBUF_INIT;

    if (!deck->whole_page)
        url_path(&path, span_of(slide->id));
    else if (slide->v > 0)
        strbuf_append_format(&path, "%u/%u", slide->h, slide->v);
    else
        strbuf_append_format(&path, "%u", slide->h);
    strbuf_append_format(out, "./#/%s", path.data);
    strbuf_release(&path);
}

/* Slides that go on under the heading before them are one entry. */
static bool is_in_contents(const struct deck *deck, size_t index)
{
    const struct deck_slide *slide = &deck->index.items[index];

    return *slide->heading && (index == 0 || strcmp(slide->heading, slide[-1].heading) != 0);
}

static size_t count_contents(const struct deck *deck)
{
    size_t count = 0;

    for (size_t i = 0; i < deck->index.count; i++)
        count += is_in_contents(deck, i);
    return count;
}

static void append_contents(struct strbuf *out, const struct deck *deck)
{
    if (count_contents(deck) < 2)
        return;
    strbuf_append_text(out, "<nav class=\"contents\" aria-labelledby=\"contents\">\n"
                            "<h2 id=\"contents\">Contents</h2>\n<ol");
    language_append_attributes(out, deck->settings.lang);
    strbuf_append_text(out, ">\n");
    for (size_t i = 0; i < deck->index.count; i++) {
        const struct deck_slide *slide = &deck->index.items[i];

        if (!is_in_contents(deck, i))
            continue;
        strbuf_append_format(out, "<li%s><a href=\"#", slide->v > 0 ? " class=\"below\"" : "");
        append_anchor(out, slide);
        strbuf_append_text(out, "\">");
        html_text(out, span_of(slide->heading));
        strbuf_append_text(out, "</a></li>\n");
    }
    strbuf_append_text(out, "</ol>\n</nav>\n");
}

static void append_notes(struct strbuf *out, const struct reading *reading, size_t index)
{
    struct strbuf notes = STRBUF_INIT;

    reading_append_notes(reading, index, &notes);
    if (span_trim(strbuf_span(&notes)).len > 0) {
        strbuf_append_text(out, "<div class=\"notes\">\n<p class=\"notes-label\">Notes</p>\n");
        strbuf_append_span(out, span_trim(strbuf_span(&notes)));
        strbuf_append_text(out, "\n</div>\n");
    }
    strbuf_release(&notes);
}

static void append_slide(struct strbuf *out, const struct deck *deck, const struct reading *reading,
                         size_t index)
{
    const struct deck_slide *slide = &deck->index.items[index];
    struct strbuf part = STRBUF_INIT;

    strbuf_append_text(out, "<li class=\"slide\" id=\"");
    append_anchor(out, slide);
    strbuf_append_text(out, "\">\n<p class=\"slide-number\"><a href=\"");
    append_deck_address(out, deck, slide);
    strbuf_append_format(out, "\" aria-label=\"Show slide %zu\">%zu</a></p>\n", index + 1,
                         index + 1);
    reading_append_heading(reading, index, &part);
    if (part.len > 0) {
        strbuf_append_text(out, "<h3>");
        strbuf_append_span(out, span_trim(strbuf_span(&part)));
        strbuf_append_text(out, "</h3>\n");
    }
    strbuf_reset(&part);
    reading_append_body(reading, index, &part);
    strbuf_append_span(out, span_trim(strbuf_span(&part)));
    strbuf_append_char(out, '\n');
    if (deck->settings.publish_notes)
        append_notes(out, reading, index);
    strbuf_append_text(out, "</li>\n");
    strbuf_release(&part);
}

void talk_slides_append(struct strbuf *out, const struct deck *deck)
{
    struct reading *reading;

    if (deck->broken || deck->index.count == 0)
        return;
    append_contents(out, deck);
    strbuf_append_text(out, "<section class=\"slides\" aria-labelledby=\"" TALK_SLIDES "\">\n"
                            "<h2 id=\"" TALK_SLIDES "\">Slides</h2>\n<ol");
    language_append_attributes(out, deck->settings.lang);
    strbuf_append_text(out, ">\n");
    reading = reading_new(deck);
    for (size_t i = 0; i < deck->index.count; i++)
        append_slide(out, deck, reading, i);
    reading_free(reading);
    strbuf_append_text(out, "</ol>\n</section>\n");
}
