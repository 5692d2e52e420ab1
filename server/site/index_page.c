#include "site/index_page.h"

#include "base/escape.h"
#include "base/mem.h"
#include "base/vec.h"
#include "site/url.h"

#include <string.h>
#include <strings.h>

struct listing {
    VEC(const struct talk *) talks;
};

static const char *date_of(const struct talk *talk)
{
    const char *date = talk_deck(talk)->settings.date;

    return date && strlen(date) >= 4 ? date : "";
}

static int compare_talks(const void *a, const void *b)
{
    const struct talk *left = *(const struct talk *const *)a;
    const struct talk *right = *(const struct talk *const *)b;
    int order = strcmp(date_of(right), date_of(left)); /* newest first, undated last */

    if (!order)
        order = strcasecmp(talk_deck(left)->settings.title, talk_deck(right)->settings.title);
    return order ? order : strcmp(left->path, right->path);
}

static void append_element(struct strbuf *out, const char *tag, const char *class_name,
                           const char *text)
{
    if (!text || !*text)
        return;
    strbuf_append_format(out, "<%s class=\"%s\">", tag, class_name);
    html_text(out, span_of(text));
    strbuf_append_format(out, "</%s>\n", tag);
}

/* From "2015-07-04" or "2015-07"; a year alone is said by the heading. */
static void append_date(struct strbuf *out, const char *date)
{
    static const char *const months[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                         "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    unsigned long month = strlen(date) >= 7 ? strtoul(date + 5, NULL, 10) : 0;
    unsigned long day = strlen(date) >= 10 ? strtoul(date + 8, NULL, 10) : 0;

    if (month < 1 || month > 12)
        return;
    strbuf_append_text(out, "<time class=\"talk-date\" datetime=\"");
    html_attr(out, span_cut(span_of(date), 0, day ? 10 : 7));
    strbuf_append_text(out, "\">");
    if (day)
        strbuf_append_format(out, "<span class=\"talk-day\">%lu</span> ", day);
    strbuf_append_format(out, "<span class=\"talk-month\">%s</span></time>\n", months[month - 1]);
}

/* Event, venue and place, as far as they are known and each once. */
static void append_venue(struct strbuf *out, const struct deck_settings *settings)
{
    const char *const parts[] = {settings->event, settings->venue, settings->location};
    struct strbuf text = STRBUF_INIT;

    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        if (!parts[i] || !*parts[i] || strstr(text.data, parts[i]))
            continue;
        strbuf_append_format(&text, "%s%s", text.len ? ", " : "", parts[i]);
    }
    append_element(out, "p", "talk-venue", text.data);
    strbuf_release(&text);
}

static bool is_web_address(const char *url)
{
    return url && (strncmp(url, "https://", 8) == 0 || strncmp(url, "http://", 7) == 0);
}

static void append_speakers(struct strbuf *out, const struct deck_settings *settings)
{
    const char *between = "";

    if (settings->speakers.count == 0)
        return;
    strbuf_append_text(out, "<p class=\"talk-speakers\">");
    vec_each (&settings->speakers, speaker) {
        bool linked = is_web_address(speaker->url);

        strbuf_append_text(out, between);
        if (linked) {
            strbuf_append_text(out, "<a href=\"");
            html_attr(out, span_of(speaker->url));
            strbuf_append_text(out, "\">");
        }
        html_text(out, span_of(speaker->name));
        strbuf_append_text(out, linked ? "</a>" : "");
        between = ", ";
    }
    strbuf_append_text(out, "</p>\n");
}

static void append_talk(struct strbuf *out, const struct talk *talk)
{
    const struct deck_settings *settings = &talk_deck(talk)->settings;

    strbuf_append_text(out, "<li class=\"talk\">\n");
    append_date(out, date_of(talk));
    strbuf_append_text(out, "<div class=\"talk-text\">\n<h3 class=\"talk-title\"><a href=\"");
    url_append_relative(out, SPAN(""), span_of(talk->path));
    strbuf_append_char(out, '"');
    if (settings->lang) {
        strbuf_append_text(out, " lang=\"");
        html_attr(out, span_of(settings->lang));
        strbuf_append_char(out, '"');
    }
    strbuf_append_char(out, '>');
    html_text(out, talk_title(talk));
    strbuf_append_text(out, "</a></h3>\n");
    append_element(out, "p", "talk-subtitle", settings->subtitle);
    append_venue(out, settings);
    append_speakers(out, settings);
    if (talk_deck(talk)->broken)
        append_element(out, "p", "talk-broken", "This deck has a mistake and cannot be shown yet.");
    strbuf_append_text(out, "</div>\n</li>\n");
}

static void append_year(struct strbuf *out, const char *date, const struct listing *listing,
                        size_t first, size_t end)
{
    struct span year = *date ? span_cut(span_of(date), 0, 4) : SPAN("Undated");

    strbuf_append_format(out,
                         "<section class=\"year\" aria-labelledby=\"y%.*s\">\n<h2 id=\"y%.*s\">",
                         (int)year.len, year.data, (int)year.len, year.data);
    html_text(out, year);
    strbuf_append_text(out, "</h2>\n<ol class=\"talks\">\n");
    for (size_t i = first; i < end; i++)
        append_talk(out, listing->talks.items[i]);
    strbuf_append_text(out, "</ol>\n</section>\n");
}

static void append_listing(struct strbuf *out, const struct listing *listing)
{
    size_t first = 0, count = listing->talks.count;

    while (first < count) {
        const char *date = date_of(listing->talks.items[first]);
        size_t end = first + 1;

        while (end < count && strncmp(date_of(listing->talks.items[end]), date, 4) == 0)
            end++;
        append_year(out, date, listing, first, end);
        first = end;
    }
}

static const char empty_site[] =
    "<div class=\"empty\">\n<p>There is no talk here yet. Put a deck into the root directory, for "
    "example as <code>hello/deck.md</code>:</p>\n"
    "<pre>---\ntitle: Hello\n---\n\n# Hello\n\n---\n\n## The second slide\n\nNote: only you see "
    "this.</pre>\n</div>\n";

void index_page_build(const struct talk *talks, size_t count, struct span title,
                      const struct reuse *reuse, struct page *ret_page)
{
    struct strbuf html = STRBUF_INIT, content = STRBUF_INIT, style = STRBUF_INIT,
                  description = STRBUF_INIT;
    struct listing listing = {0};

    for (size_t i = 0; i < count; i++)
        if (!talk_deck(&talks[i])->settings.draft)
            vec_push(&listing.talks, &talks[i]);
    if (listing.talks.count > 0) {
        qsort(listing.talks.items, listing.talks.count, sizeof *listing.talks.items, compare_talks);
        strbuf_append_format(&description, listing.talks.count == 1 ? "%zu talk" : "%zu talks",
                             listing.talks.count);
        append_listing(&content, &listing);
    } else {
        strbuf_append_text(&content, empty_site);
    }
    url_append_embedded(&style, SPAN(""), "site.css");

    const struct template_value values[] = {
        {"lang", SPAN("en")},
        {"title", title},
        {"description", strbuf_span(&description)},
        {"canonical", SPAN("")},
        {"style", strbuf_span(&style)},
        {"head", SPAN("")},
        {"heading", title},
        {"content", strbuf_span(&content)},
        {"footer", SPAN("Served by decksd.\n")},
    };

    page_append_shell(&html, "pages/index.html", values, sizeof values / sizeof *values);
    page_finish(ret_page, &html, reuse);
    vec_release(&listing.talks);
    strbuf_release(&content);
    strbuf_release(&style);
    strbuf_release(&description);
}
