#include "site/talk_head.h"

#include "base/escape.h"
#include "site/licence.h"
#include "site/named_file.h"
#include "site/oembed_links.h"
#include "site/talk_words.h"
#include "site/url.h"
#include "site/video.h"

#include <string.h>

/* What both forms say. */
struct head {
    struct strbuf *out;
    struct talk *talk;
    const struct deck_page_site *site;
    const struct deck_settings *settings;
    struct strbuf summary, address, picture; /* the latter two are absolute, or empty */
    const struct site_file *cover;           /* of the picture */
};

/* Those that every reader of cards can draw. */
static bool is_card_picture(const struct site_file *file)
{
    return file && (strcmp(file->mime->type, "image/png") == 0 ||
                    strcmp(file->mime->type, "image/jpeg") == 0);
}

static void append_meta(struct head *head, const char *attribute, const char *name,
                        struct span content)
{
    if (content.len == 0)
        return;
    strbuf_append_format(head->out, "<meta %s=\"%s\" content=\"", attribute, name);
    html_attr(head->out, content);
    strbuf_append_text(head->out, "\">\n");
}

static void append_number(struct head *head, const char *name, unsigned number)
{
    if (number > 0)
        strbuf_append_format(head->out, "<meta property=\"%s\" content=\"%u\">\n", name, number);
}

static void append_cards(struct head *head)
{
    append_meta(head, "property", "og:type", SPAN("article"));
    append_meta(head, "property", "og:title", talk_title(head->talk));
    append_meta(head, "property", "og:description", strbuf_span(&head->summary));
    append_meta(head, "property", "og:site_name", span_of(head->site->shell->title));
    append_meta(head, "property", "og:url", strbuf_span(&head->address));
    append_meta(head, "property", "og:image", strbuf_span(&head->picture));
    if (head->picture.len > 0) {
        append_number(head, "og:image:width", head->cover->width);
        append_number(head, "og:image:height", head->cover->height);
    }
    append_meta(head, "property", "article:published_time", span_of(head->settings->date));
    append_meta(head, "name", "twitter:card",
                head->picture.len > 0 ? SPAN("summary_large_image") : SPAN("summary"));
}

/* `,"key":` before the next value of an object. */
static void append_key(struct strbuf *out, const char *key)
{
    strbuf_append_format(out, ",\"%s\":", key);
}

static void append_field(struct strbuf *out, const char *key, struct span text)
{
    if (text.len == 0)
        return;
    append_key(out, key);
    json_text(out, text);
}

static void append_authors(struct head *head)
{
    const char *between = "";

    if (head->settings->speakers.count == 0)
        return;
    append_key(head->out, "author");
    strbuf_append_char(head->out, '[');
    vec_each (&head->settings->speakers, speaker) {
        struct span name = span_of(speaker->name);
        const char *url = people_url(head->site->people, name);

        strbuf_append_format(head->out, "%s{\"@type\":\"Person\"", between);
        append_field(head->out, "name", people_name(head->site->people, name));
        if (!url && url_is_web(speaker->url))
            url = speaker->url;
        append_field(head->out, "url", span_of(url));
        strbuf_append_char(head->out, '}');
        between = ",";
    }
    strbuf_append_char(head->out, ']');
}

static void append_keywords(struct head *head)
{
    const char *between = "";

    if (head->settings->tags.list.count == 0)
        return;
    append_key(head->out, "keywords");
    strbuf_append_char(head->out, '[');
    vec_each (&head->settings->tags.list, tag) {
        strbuf_append_text(head->out, between);
        json_text(head->out, span_of(*tag));
        between = ",";
    }
    strbuf_append_char(head->out, ']');
}

/* A recording as schema.org's VideoObject; files need an absolute address. */
static void append_recording(struct head *head, const struct recording *recording,
                             const char **between)
{
    const struct site_file *file = NULL;
    struct strbuf url = STRBUF_INIT;
    struct video video;

    video_parse(&video, span_of(recording->url));
    if (video.kind == VIDEO_FILE)
        file = named_file_find(head->talk, head->site, recording->url);
    if (file)
        url_append_absolute(&url, span_of(head->site->shell->address), span_of(file->file->path));
    if (url.len > 0 || video.kind == VIDEO_FRAME || video.kind == VIDEO_PAGE) {
        strbuf_append_format(head->out, "%s{\"@type\":\"VideoObject\"", *between);
        append_field(head->out, "name",
                     recording->title ? span_of(recording->title) : talk_title(head->talk));
        append_field(head->out, "description", strbuf_span(&head->summary));
        append_field(head->out, "uploadDate", span_of(head->settings->date));
        append_field(head->out, "thumbnailUrl", strbuf_span(&head->picture));
        append_field(head->out, "contentUrl", strbuf_span(&url));
        append_field(head->out, "embedUrl", strbuf_span(&video.frame));
        append_field(head->out, "url", strbuf_span(&video.page));
        strbuf_append_char(head->out, '}');
        *between = ",";
    }
    video_release(&video);
    strbuf_release(&url);
}

static void append_recordings(struct head *head)
{
    const char *between = "";
    size_t start = head->out->len;

    append_key(head->out, "video");
    strbuf_append_char(head->out, '[');
    vec_each (&head->settings->video.list, recording)
        append_recording(head, recording, &between);
    if (*between)
        strbuf_append_char(head->out, ']');
    else
        strbuf_truncate(head->out, start);
}

/* Where and when the talk was held. */
static void append_event(struct head *head)
{
    const struct deck_settings *settings = head->settings;
    const char *place = settings->venue ? settings->venue : settings->location;

    if (!settings->date || (!settings->event && !place))
        return;
    append_key(head->out, "recordedAt");
    strbuf_append_text(head->out, "{\"@type\":\"Event\"");
    append_field(head->out, "name",
                 settings->event ? span_of(settings->event) : talk_title(head->talk));
    append_field(head->out, "startDate", span_of(settings->date));
    if (place) {
        append_key(head->out, "location");
        strbuf_append_text(head->out, "{\"@type\":\"Place\"");
        append_field(head->out, "name", span_of(place));
        append_field(head->out, "address", span_of(settings->location));
        strbuf_append_char(head->out, '}');
    }
    strbuf_append_char(head->out, '}');
}

static void append_schema(struct head *head)
{
    struct strbuf licence = STRBUF_INIT;

    strbuf_append_text(head->out, "<script type=\"application/ld+json\">"
                                  "{\"@context\":\"https://schema.org\","
                                  "\"@type\":\"PresentationDigitalDocument\"");
    append_field(head->out, "name", talk_title(head->talk));
    append_field(head->out, "alternativeHeadline", span_of(head->settings->subtitle));
    append_field(head->out, "description", strbuf_span(&head->summary));
    append_field(head->out, "url", strbuf_span(&head->address));
    append_field(head->out, "image", strbuf_span(&head->picture));
    append_field(head->out, "datePublished", span_of(head->settings->date));
    append_field(head->out, "inLanguage",
                 head->settings->lang ? span_of(head->settings->lang) : SPAN("en"));
    licence_append_url(&licence, span_of(head->settings->license));
    append_field(head->out, "license", strbuf_span(&licence));
    append_authors(head);
    append_keywords(head);
    append_recordings(head);
    append_event(head);
    strbuf_append_text(head->out, "}</script>\n");
    strbuf_release(&licence);
}

void talk_head_append(struct strbuf *out, struct talk *talk, const struct deck_page_site *site)
{
    struct head head = {
        .out = out,
        .talk = talk,
        .site = site,
        .settings = &talk->made->deck->settings,
        .summary = STRBUF_INIT,
        .address = STRBUF_INIT,
        .picture = STRBUF_INIT,
    };

    talk_words_append_summary(&head.summary, talk, site->people);
    url_append_absolute(&head.address, span_of(site->shell->address), span_of(talk->path));
    head.cover = named_file_find_picture(talk, site, head.settings->cover);
    if (is_card_picture(head.cover))
        url_append_absolute(&head.picture, span_of(site->shell->address),
                            span_of(head.cover->file->path));
    append_cards(&head);
    if (site->shell->answers_queries)
        oembed_links_append(out, talk, site->shell);
    append_schema(&head);
    strbuf_release(&head.summary);
    strbuf_release(&head.address);
    strbuf_release(&head.picture);
}
