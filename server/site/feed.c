#include "site/feed.h"

#include "base/digest.h"
#include "base/escape.h"
#include "base/timestamp.h"
#include "deck/prose.h"
#include "site/talk_page.h"
#include "site/url.h"

#include <string.h>

enum { SUMMARY_MAX = 600 }; /* bytes */

static void append_element(struct strbuf *out, const char *name, struct span text)
{
    if (text.len == 0)
        return;
    strbuf_append_format(out, "<%s>", name);
    xml_text(out, text);
    strbuf_append_format(out, "</%s>\n", name);
}

/* A UUID of our own making (RFC 9562 §5.8): 122 bits of digests. */
static void append_uuid(struct strbuf *out, struct span path)
{
    struct strbuf text = STRBUF_INIT;
    struct digest first, second;

    strbuf_append_text(&text, "decksd/");
    strbuf_append_span(&text, path);
    first = digest_bytes(strbuf_span(&text));
    strbuf_append_text(&text, "/again");
    second = digest_bytes(strbuf_span(&text));
    strbuf_append_format(out, "urn:uuid:%.8s-%.4s-8%.3s-8%.3s-%.12s", first.text, first.text + 8,
                         first.text + 12, second.text, second.text + 4);
    strbuf_release(&text);
}

static void append_id(struct strbuf *out, const struct feed *feed, struct span path)
{
    struct strbuf id = STRBUF_INIT;

    if (!url_append_absolute(&id, feed->outlook.address, path))
        append_uuid(&id, path);
    append_element(out, "id", strbuf_span(&id));
    strbuf_release(&id);
}

static void append_link(struct strbuf *out, const char *rel, const char *type, struct span url)
{
    strbuf_append_format(out, "<link rel=\"%s\"", rel);
    if (type) {
        strbuf_append_text(out, " type=\"");
        xml_text(out, span_of(type));
        strbuf_append_char(out, '"');
    }
    strbuf_append_text(out, " href=\"");
    xml_text(out, url);
    strbuf_append_char(out, '"');
}

static void append_page_link(struct strbuf *out, const struct feed *feed, const char *rel,
                             const char *type, struct span path)
{
    struct strbuf url = STRBUF_INIT;

    outlook_append_url(&url, &feed->outlook, path);
    append_link(out, rel, type, strbuf_span(&url));
    strbuf_append_text(out, "/>\n");
    strbuf_release(&url);
}

static void append_about_link(struct strbuf *out, const struct feed *feed, struct span path)
{
    struct strbuf about = STRBUF_INIT;

    strbuf_append_span(&about, path);
    strbuf_append_text(&about, TALK_PAGE);
    append_page_link(out, feed, "related", "text/html", strbuf_span(&about));
    strbuf_release(&about);
}

/* A file of media is an enclosure, wherever it lies; a page that plays it is related. */
static void append_attachment(struct strbuf *out, struct strbuf *url, const struct site_file *file)
{
    const struct mime *mime = attachment_media(file, strbuf_span(url));

    append_link(out, mime ? "enclosure" : "related", mime ? mime->plain : NULL, strbuf_span(url));
    if (file)
        strbuf_append_format(out, " length=\"%lld\"", (long long)file->file->size);
    strbuf_append_text(out, "/>\n");
    strbuf_reset(url);
}

static void append_attachments(struct strbuf *out, const struct feed *feed, const struct talk *talk)
{
    const struct deck_settings *settings = &talk_deck(talk)->settings;
    struct strbuf url = STRBUF_INIT;
    const struct site_file *file;

    vec_each (&settings->video.list, recording)
        if (attachment_append_recording(&url, &feed->outlook, talk, recording, &file))
            append_attachment(out, &url, file);
    vec_each (&settings->pdf.list, pdf)
        if (attachment_append_url(&url, &feed->outlook, talk, *pdf, &file))
            append_attachment(out, &url, file);
    strbuf_release(&url);
}

static void append_author(struct strbuf *out, struct span name, const char *url)
{
    strbuf_append_text(out, "<author>\n");
    append_element(out, "name", name);
    if (url_is_web(url)) {
        struct strbuf uri = STRBUF_INIT;

        url_append_web(&uri, url);
        append_element(out, "uri", strbuf_span(&uri));
        strbuf_release(&uri);
    }
    strbuf_append_text(out, "</author>\n");
}

static void append_authors(struct strbuf *out, const struct feed *feed,
                           const struct deck_settings *settings)
{
    vec_each (&settings->speakers, speaker) {
        struct byline byline = catalog_byline(feed->catalog, speaker);

        append_author(out, byline.name, byline.url);
    }
}

/* The abstract, else where the talk is given. */
static void append_summary(struct strbuf *out, const struct deck_settings *settings)
{
    const char *const places[] = {settings->event, settings->venue, settings->location};
    struct strbuf text = STRBUF_INIT;

    prose_append_plain(&text, span_of(settings->description), SUMMARY_MAX);
    if (text.len == 0)
        for (size_t i = 0; i < sizeof places / sizeof *places; i++)
            if (places[i] && *places[i])
                strbuf_append_format(&text, "%s%s", text.len ? ", " : "", places[i]);
    append_element(out, "summary", strbuf_span(&text));
    strbuf_release(&text);
}

static void append_times(struct strbuf *out, const struct talk *talk, time_t updated)
{
    struct strbuf day = STRBUF_INIT, time = STRBUF_INIT;
    const char *date = talk_date(talk);

    timestamp_append(&time, updated);
    strbuf_append_format(&day, "%s%sT00:00:00Z", date,
                         strlen(date) < 5   ? "-01-01"
                         : strlen(date) < 8 ? "-01"
                                            : "");
    if (*date && strcmp(day.data, time.data) <= 0)
        append_element(out, "published", strbuf_span(&day));
    append_element(out, "updated", strbuf_span(&time));
    strbuf_release(&day);
    strbuf_release(&time);
}

/* What can be shown, as far as there is room. */
static void collect_entries(struct talk_list *entries, const struct talk_list *list)
{
    vec_each (&list->talks, talk)
        if (entries->talks.count < FEED_MAX && !talk_deck(*talk)->broken)
            vec_push(&entries->talks, *talk);
}

/* Of the entries; of the site where there are none. */
static time_t newest(const struct feed *feed, const struct talk_list *entries)
{
    time_t newest = entries->talks.count ? 0 : feed->begun;

    vec_each (&entries->talks, talk) {
        time_t one = talk_updated(*talk, feed->now);

        newest = one > newest ? one : newest;
    }
    return newest;
}

/* BCP 47, as far as XML's xml:lang minds. */
static bool is_language(const char *lang)
{
    size_t part = 0;

    for (; *lang; lang++) {
        bool letter = (*lang >= 'a' && *lang <= 'z') || (*lang >= 'A' && *lang <= 'Z');

        if (*lang == '-' ? part == 0 : ++part > 8 || !(letter || (*lang >= '0' && *lang <= '9')))
            return false;
        if (*lang == '-')
            part = 0;
    }
    return part > 0;
}

static void append_entry(struct strbuf *out, const struct feed *feed, const struct talk *talk)
{
    const struct deck_settings *settings = &talk_deck(talk)->settings;
    struct span path = span_of(talk->path);

    strbuf_append_text(out, "<entry");
    if (settings->lang && is_language(settings->lang)) {
        strbuf_append_text(out, " xml:lang=\"");
        xml_text(out, span_of(settings->lang));
        strbuf_append_char(out, '"');
    }
    strbuf_append_text(out, ">\n");
    append_element(out, "title", talk_title(talk));
    append_id(out, feed, path);
    append_page_link(out, feed, "alternate", "text/html", path);
    if (!talk->slideless)
        append_about_link(out, feed, path);
    append_times(out, talk, talk_updated(talk, feed->now));
    append_authors(out, feed, settings);
    append_summary(out, settings);
    vec_each (&settings->tags.list, tag) {
        strbuf_append_text(out, "<category term=\"");
        xml_text(out, span_of(*tag));
        strbuf_append_text(out, "\"/>\n");
    }
    append_element(out, "rights", span_of(settings->license));
    append_attachments(out, feed, talk);
    strbuf_append_text(out, "</entry>\n");
}

void feed_build(struct strbuf *out, const struct feed *feed)
{
    struct talk_list entries = {0};
    struct strbuf time = STRBUF_INIT;

    collect_entries(&entries, feed->list);
    strbuf_append_text(out, "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n"
                            "<feed xmlns=\"http://www.w3.org/2005/Atom\">\n");
    append_element(out, "title", feed->title);
    append_id(out, feed, feed->outlook.from);
    append_page_link(out, feed, "self", "application/atom+xml", feed->outlook.from);
    append_page_link(out, feed, "alternate", "text/html", feed->page);
    timestamp_append(&time, newest(feed, &entries));
    append_element(out, "updated", strbuf_span(&time));
    append_author(out, feed->title, NULL);
    strbuf_append_text(out, "<generator>decksd</generator>\n");
    vec_each (&entries.talks, talk)
        append_entry(out, feed, *talk);
    strbuf_append_text(out, "</feed>\n");
    strbuf_release(&time);
    vec_release(&entries.talks);
}
