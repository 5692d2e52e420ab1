#include "site/decks_json.h"

#include "base/json.h"
#include "base/timestamp.h"
#include "site/talk_page.h"
#include "site/url.h"

static void add_path(struct json *json, const struct decks_json *decks, const char *name,
                     struct span path)
{
    struct strbuf url = STRBUF_INIT;

    outlook_append_url(&url, &decks->outlook, path);
    json_add_text(json, name, strbuf_span(&url));
    strbuf_release(&url);
}

/* A talk without slides has its page at its own address. */
static void add_about(struct json *json, const struct decks_json *decks, const struct talk *talk)
{
    struct strbuf path = STRBUF_INIT;

    strbuf_append_text(&path, talk->path);
    strbuf_append_text(&path, talk->slideless ? "" : TALK_PAGE);
    add_path(json, decks, "about", strbuf_span(&path));
    strbuf_release(&path);
}

static void add_time(struct json *json, const char *name, time_t time)
{
    struct strbuf text = STRBUF_INIT;

    timestamp_append(&text, time);
    json_add_text(json, name, strbuf_span(&text));
    strbuf_release(&text);
}

static void add_web_address(struct json *json, const char *name, const char *address)
{
    struct strbuf url = STRBUF_INIT;

    if (url_is_web(address))
        url_append_web(&url, address);
    json_add_known(json, name, url.data);
    strbuf_release(&url);
}

static void add_speakers(struct json *json, const struct decks_json *decks,
                         const struct deck_settings *settings)
{
    json_begin_list(json, "speakers");
    vec_each (&settings->speakers, speaker) {
        struct byline byline = catalog_byline(decks->catalog, speaker);

        json_begin_object(json, NULL);
        json_add_text(json, "name", byline.name);
        add_web_address(json, "url", byline.url);
        if (byline.path)
            add_path(json, decks, "page", span_of(byline.path));
        json_end_object(json);
    }
    json_end_list(json);
}

static void add_cover(struct json *json, const struct decks_json *decks, const struct talk *talk,
                      const char *cover)
{
    const struct site_file *file;
    struct strbuf url = STRBUF_INIT;

    if (cover)
        attachment_append_url(&url, &decks->outlook, talk, cover, &file);
    json_add_known(json, "cover", url.data);
    strbuf_release(&url);
}

static void add_recordings(struct json *json, const struct decks_json *decks,
                           const struct talk *talk, const struct recording_list *recordings)
{
    json_begin_list(json, "video");
    vec_each (&recordings->list, recording) {
        const struct site_file *file;
        struct strbuf url = STRBUF_INIT;

        if (attachment_append_recording(&url, &decks->outlook, talk, recording, &file)) {
            json_begin_object(json, NULL);
            json_add_text(json, "url", strbuf_span(&url));
            json_add_known(json, "title", recording->title);
            json_add_known(json, "lang", recording->lang);
            json_end_object(json);
        }
        strbuf_release(&url);
    }
    json_end_list(json);
}

static void add_pdfs(struct json *json, const struct decks_json *decks, const struct talk *talk,
                     const struct text_list *pdfs)
{
    json_begin_list(json, "pdf");
    vec_each (&pdfs->list, pdf) {
        const struct site_file *file;
        struct strbuf url = STRBUF_INIT;

        if (attachment_append_url(&url, &decks->outlook, talk, *pdf, &file))
            json_add_text(json, NULL, strbuf_span(&url));
        strbuf_release(&url);
    }
    json_end_list(json);
}

static void add_links(struct json *json, const struct deck_settings *settings)
{
    json_begin_list(json, "links");
    vec_each (&settings->links, link) {
        json_begin_object(json, NULL);
        json_add_known(json, "title", link->title);
        json_add_text(json, "url", span_of(link->url));
        json_end_object(json);
    }
    json_end_list(json);
}

static void add_tags(struct json *json, const struct deck_settings *settings)
{
    json_begin_list(json, "tags");
    vec_each (&settings->tags.list, tag)
        json_add_text(json, NULL, span_of(*tag));
    json_end_list(json);
}

static void add_talk(struct json *json, const struct decks_json *decks, const struct talk *talk)
{
    const struct deck_settings *settings = &talk_deck(talk)->settings;

    json_begin_object(json, NULL);
    json_add_text(json, "path", span_of(talk->path));
    add_path(json, decks, "url", span_of(talk->path));
    add_about(json, decks, talk);
    json_add_text(json, "title", talk_title(talk));
    json_add_known(json, "subtitle", settings->subtitle);
    json_add_known(json, "date", settings->date);
    add_speakers(json, decks, settings);
    json_add_known(json, "event", settings->event);
    json_add_known(json, "venue", settings->venue);
    json_add_known(json, "location", settings->location);
    json_add_known(json, "description", settings->description);
    add_tags(json, settings);
    json_add_known(json, "lang", settings->lang);
    json_add_known(json, "license", settings->license);
    json_add_number(json, "slides", talk->shown->slide_count);
    add_cover(json, decks, talk, settings->cover);
    add_recordings(json, decks, talk, &settings->video);
    add_pdfs(json, decks, talk, &settings->pdf);
    add_links(json, settings);
    json_add_flag(json, "embed", settings->embed);
    add_time(json, "updated", talk_updated(talk, decks->now));
    json_end_object(json);
}

void decks_json_build(struct strbuf *out, const struct decks_json *decks)
{
    struct json json = {.out = out};

    json_begin_object(&json, NULL);
    json_add_text(&json, "title", decks->title);
    add_path(&json, decks, "url", SPAN(""));
    json_begin_list(&json, "decks");
    vec_each (&decks->catalog->talks.talks, talk)
        add_talk(&json, decks, *talk);
    json_end_list(&json);
    json_end_object(&json);
    strbuf_append_char(out, '\n');
}
