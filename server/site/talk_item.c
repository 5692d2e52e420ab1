#include "site/talk_item.h"

#include "base/escape.h"
#include "site/excerpt.h"
#include "site/language.h"
#include "site/talk_page.h"
#include "site/talk_recordings.h"
#include "site/talk_slides.h"
#include "site/talk_words.h"
#include "site/theme.h"
#include "site/url.h"

#include <stdlib.h>
#include <string.h>

/* From "2015-07-04" or "2015-07"; the year is shown where no heading says it. */
static void append_date(struct strbuf *out, const char *date, bool with_year)
{
    static const char *const months[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                         "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    unsigned long month = strlen(date) >= 7 ? strtoul(date + 5, NULL, 10) : 0;
    unsigned long day = strlen(date) >= 10 ? strtoul(date + 8, NULL, 10) : 0;

    if (!*date || (!with_year && (month < 1 || month > 12)))
        return;
    strbuf_append_text(out, "<time class=\"talk-date\" datetime=\"");
    html_attr(out, span_of(date));
    strbuf_append_text(out, "\">");
    if (day)
        strbuf_append_format(out, "<span class=\"talk-day\">%lu</span> ", day);
    if (month >= 1 && month <= 12)
        strbuf_append_format(out, "<span class=\"talk-month\">%s</span>", months[month - 1]);
    if (with_year)
        strbuf_append_format(out, " <span class=\"talk-year\">%.4s</span>", date);
    strbuf_append_text(out, "</time>\n");
}

/* An element within the line, as the title is: it keeps the side of what is around it. */
static void append_subtitle(struct strbuf *out, const struct talk_frame *frame,
                            const struct deck_settings *settings)
{
    if (!settings->subtitle || !*settings->subtitle)
        return;
    strbuf_append_text(out, "<p class=\"talk-subtitle\"><span");
    language_append_attributes(out, settings->lang);
    strbuf_append_char(out, '>');
    matches_append_html(out, frame->sought, span_of(settings->subtitle));
    strbuf_append_text(out, "</span></p>\n");
}

static void append_link(struct strbuf *out, const struct talk_frame *frame, const char *path,
                        struct span text)
{
    strbuf_append_text(out, "<a href=\"");
    url_append_relative(out, frame->path, span_of(path));
    strbuf_append_text(out, "\">");
    matches_append_html(out, frame->sought, text);
    strbuf_append_text(out, "</a>");
}

/* Event, venue and place, each once; the first two lead to what else was there. */
static void append_venue(struct strbuf *out, const struct talk_frame *frame,
                         const struct deck_settings *settings)
{
    const char *parts[TALK_WORDS_WHERE_MAX];
    size_t count = talk_words_where(settings, parts);
    struct strbuf html = STRBUF_INIT;

    for (size_t i = 0; i < count; i++) {
        const struct catalog_group *venue =
            catalog_find(frame->catalog, CATALOG_VENUES, span_of(parts[i]));

        strbuf_append_text(&html, i > 0 ? ", " : "");
        if (venue && !span_is(frame->path, venue->path))
            append_link(&html, frame, venue->path, span_of(parts[i]));
        else
            matches_append_html(&html, frame->sought, span_of(parts[i]));
    }
    if (html.len > 0)
        strbuf_append_format(out, "<p class=\"talk-venue\">%s</p>\n", html.data);
    strbuf_release(&html);
}

/* On a person's own page, the name is no link. */
static void append_speakers(struct strbuf *out, const struct talk_frame *frame,
                            const struct deck_settings *settings)
{
    const char *between = "";

    if (settings->speakers.count == 0)
        return;
    strbuf_append_text(out, "<p class=\"talk-speakers\">");
    vec_each (&settings->speakers, speaker) {
        struct byline byline = catalog_byline(frame->catalog, speaker);

        strbuf_append_text(out, between);
        if (byline.path && !span_is(frame->path, byline.path))
            append_link(out, frame, byline.path, byline.name);
        else
            matches_append_html(out, frame->sought, byline.name);
        between = ", ";
    }
    strbuf_append_text(out, "</p>\n");
}

static bool is_sought(const struct talk_frame *frame, struct span text)
{
    struct matches matches;
    bool sought;

    matches_find(&matches, frame->sought, text);
    sought = matches.list.count > 0;
    matches_release(&matches);
    return sought;
}

/* Only those that say why the talk was found. */
static void append_tags(struct strbuf *out, const struct talk_frame *frame,
                        const struct deck_settings *settings)
{
    const char *before = "<p class=\"talk-tags\">Tags: ";
    bool any = false;

    vec_each (&settings->tags.list, tag) {
        const struct catalog_group *group =
            catalog_find(frame->catalog, CATALOG_TAGS, span_of(*tag));

        if (!group || !is_sought(frame, span_of(*tag)))
            continue;
        strbuf_append_text(out, any ? ", " : before);
        append_link(out, frame, group->path, span_of(*tag));
        any = true;
    }
    strbuf_append_text(out, any ? "</p>\n" : "");
}

static void append_cover(struct strbuf *out, const struct talk_frame *frame,
                         const struct talk *talk)
{
    const struct cover *cover = &talk->shown->cover;

    strbuf_append_format(out, "<img class=\"talk-cover%s\" src=\"",
                         theme_ground_class(talk_deck(talk)->settings.theme));
    cover_append_url(out, cover, frame->path);
    if (cover->width > 0)
        strbuf_append_format(out, "\" width=\"%u\" height=\"%u", cover->width, cover->height);
    strbuf_append_text(out, "\" alt=\"\" loading=\"lazy\">\n");
}

/* Something that there is of the talk: at its own address, or at one that is relative to that. */
static void append_mark(struct strbuf *out, const struct talk_frame *frame, const struct talk *talk,
                        const char *place, const char *label)
{
    strbuf_append_text(out, "<li><a href=\"");
    if (!url_is_web(place))
        url_append_relative(out, frame->path, span_of(talk->path));
    html_attr(out, span_of(place));
    strbuf_append_format(out, "\">%s</a></li>\n", label);
}

static void append_marks(struct strbuf *out, const struct talk_frame *frame,
                         const struct talk *talk)
{
    const struct deck_settings *settings = &talk_deck(talk)->settings;
    const char *about = talk->slideless ? "" : TALK_PAGE;
    struct strbuf video = STRBUF_INIT;

    strbuf_append_text(out, "<ul class=\"talk-marks\">\n");
    append_mark(out, frame, talk, about, "About");
    if (!talk->slideless && !talk_deck(talk)->broken)
        append_mark(out, frame, talk, "", "Slides");
    strbuf_append_format(&video, "%s#" TALK_RECORDINGS, about);
    if (talk->shown->has_recordings)
        append_mark(out, frame, talk, video.data, "Video");
    if (talk->shown->pdfs.list.count > 0)
        append_mark(out, frame, talk, talk->shown->pdfs.list.items[0], "PDF");
    if (settings->publish_notes && !talk->slideless)
        append_mark(out, frame, talk, TALK_PAGE "#" TALK_SLIDES, "Notes");
    strbuf_append_text(out, "</ul>\n");
    strbuf_release(&video);
}

void talk_item_append(struct strbuf *out, const struct talk_frame *frame, const struct talk *talk,
                      struct span more)
{
    const struct deck_settings *settings = &talk_deck(talk)->settings;
    int level = frame->heading + 1;

    strbuf_append_text(out, "<li class=\"talk\">\n");
    append_date(out, talk_date(talk), frame->with_years);
    strbuf_append_format(out, "<div class=\"talk-text\">\n<h%d class=\"talk-title\"><a href=\"",
                         level);
    url_append_relative(out, frame->path, span_of(talk->path));
    strbuf_append_char(out, '"');
    language_append_attributes(out, settings->lang);
    strbuf_append_char(out, '>');
    matches_append_html(out, frame->sought, talk_title(talk));
    strbuf_append_format(out, "</a></h%d>\n", level);
    append_subtitle(out, frame, settings);
    append_venue(out, frame, settings);
    append_speakers(out, frame, settings);
    if (frame->sought)
        append_tags(out, frame, settings);
    if (talk_deck(talk)->broken)
        strbuf_append_text(out, "<p class=\"talk-broken\">"
                                "This deck has a mistake and cannot be shown yet.</p>\n");
    append_marks(out, frame, talk);
    strbuf_append_span(out, more);
    strbuf_append_text(out, "</div>\n");
    append_cover(out, frame, talk);
    strbuf_append_text(out, "</li>\n");
}

void talk_item_append_list(struct strbuf *out, const struct talk_frame *frame,
                           const struct talk *const *talks, size_t count)
{
    strbuf_append_text(out, "<ol class=\"talks\">\n");
    for (size_t i = 0; i < count; i++)
        talk_item_append(out, frame, talks[i], SPAN(""));
    strbuf_append_text(out, "</ol>\n");
}

static void append_year(struct strbuf *out, const struct talk_frame *frame,
                        const struct talk *const *talks, size_t count)
{
    struct talk_frame below = *frame;
    const char *date = talk_date(*talks);
    const struct catalog_group *year =
        catalog_find(frame->catalog, CATALOG_YEARS, span_cut(span_of(date), 0, 4));
    const char *name = year ? year->name : "Undated";

    below.heading++;
    strbuf_append_format(out, "<section class=\"year\" aria-labelledby=\"y%s\">\n<h%d id=\"y%s\">",
                         name, below.heading, name);
    if (year)
        append_link(out, frame, year->path, span_of(year->name));
    else
        strbuf_append_text(out, name);
    strbuf_append_format(out, "</h%d>\n", below.heading);
    talk_item_append_list(out, &below, talks, count);
    strbuf_append_text(out, "</section>\n");
}

void talk_item_append_years(struct strbuf *out, const struct talk_frame *frame,
                            const struct talk *const *talks, size_t count)
{
    size_t first = 0;

    while (first < count) {
        const char *date = talk_date(talks[first]);
        size_t end = first + 1;

        while (end < count && strncmp(talk_date(talks[end]), date, 4) == 0)
            end++;
        append_year(out, frame, talks + first, end - first);
        first = end;
    }
}
