#include "site/talk_recordings.h"

#include "base/escape.h"
#include "base/map.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "site/cover.h"
#include "site/language.h"
#include "site/named_file.h"
#include "site/video.h"

#include <string.h>

/* What one recording is made with. */
struct showing {
    struct strbuf *out;
    struct talk *talk;
    const struct deck_page_site *site;
    const struct recording *recording;
    const struct site_file *poster;
    struct text_list *frame_origins;
};

static void warn(const struct showing *showing, const char *key, const char *name, const char *what)
{
    const struct setting_origin *origin =
        deck_settings_origin(&showing->talk->made->deck->settings, key);

    err_add(&showing->talk->made->problems, SEVERITY_WARNING,
            origin ? origin->file : showing->talk->file, origin ? origin->line : 0, 0, "`%s` %s",
            name, what);
}

static void append_file_attribute(const struct showing *showing, const char *name,
                                  const struct site_file *file)
{
    struct strbuf url = STRBUF_INIT;

    named_file_append_url(&url, showing->talk, file);
    html_attribute(showing->out, name, strbuf_span(&url));
    strbuf_release(&url);
}

/* What the recording is called: its own title, else what all of them are. */
static struct span title_of(const struct showing *showing)
{
    return showing->recording->title ? span_of(showing->recording->title)
                                     : talk_title(showing->talk);
}

/* Of captions that do not name theirs. */
static struct span language_of(const struct showing *showing)
{
    struct span lang = span_of(showing->recording->lang);

    if (lang.len == 0)
        lang = span_of(showing->talk->made->deck->settings.lang);
    return lang.len > 0 ? lang : SPAN("en");
}

static void append_track(const struct showing *showing, const struct site_file *file,
                         struct span lang)
{
    strbuf_append_text(showing->out, "<track kind=\"captions\"");
    append_file_attribute(showing, "src", file);
    html_attribute(showing->out, "srclang", lang);
    html_attribute(showing->out, "label", language_name(lang));
    strbuf_append_text(showing->out, ">\n");
}

/* "de" of "talk.de.vtt" beside "talk.mp4", empty for "talk.vtt"; false for anything else. */
static bool is_captions_of(const struct site_file *file, const struct site_file *video,
                           struct span *ret_lang)
{
    struct span name = span_of(file->file->name), stem = span_of(video->file->name), lang;

    while (stem.len > 0 && stem.data[stem.len - 1] != '.')
        stem.len--;
    if (!span_starts_with(name, stem) || name.len < stem.len + 3 ||
        !span_is_nocase(span_from(name, name.len - 3), "vtt"))
        return false;
    lang = span_cut(name, stem.len, name.len - 3);
    if (lang.len > 0 && lang.data[lang.len - 1] == '.')
        lang.len--;
    *ret_lang = lang;
    return span_find_char(lang, '.') < 0;
}

/* What stands beside the recording; each language once, and the file that names it goes first. */
static void append_captions_beside(const struct showing *showing, const struct site_file *video)
{
    const struct site_files *files = showing->site->witness->files;
    struct map given; /* languages, in lower case */
    size_t first, end;

    map_init(&given);
    witness_ask_kin(showing->site->witness, video, &showing->talk->made->evidence, &first, &end);
    for (int named = 1; named >= 0; named--)
        for (size_t i = first; i < end; i++) {
            struct strbuf key = STRBUF_INIT;
            struct span lang;

            if (!files->list[i].readable || !is_captions_of(&files->list[i], video, &lang) ||
                (lang.len > 0) != named)
                continue;
            if (!named)
                lang = language_of(showing);
            utf8_append_folded(&key, lang, false);
            if (!map_put(&given, strbuf_span(&key), &given))
                append_track(showing, &files->list[i], lang);
            strbuf_release(&key);
        }
    map_release(&given);
}

static void append_captions(const struct showing *showing, const struct site_file *video)
{
    const char *named = showing->recording->captions;
    const struct site_file *captions = named && !named_file_is_remote(named)
                                           ? named_file_find(showing->talk, showing->site, named)
                                           : NULL;

    if (captions)
        append_track(showing, captions, language_of(showing));
    else if (named)
        warn(showing, "video", named, "is not there: put the captions beside the recording");
    else
        append_captions_beside(showing, video);
}

/* True for what has a picture. */
static bool is_audio(const struct site_file *file)
{
    return file->mime && strncmp(file->mime->type, "audio/", 6) == 0;
}

static void append_poster(const struct showing *showing)
{
    if (showing->poster)
        append_file_attribute(showing, "poster", showing->poster);
}

static void append_file(const struct showing *showing, const struct site_file *file)
{
    const char *tag = is_audio(file) ? "audio" : "video";

    strbuf_append_format(showing->out,
                         "<%s class=\"recording-player\" controls preload=\"metadata\"", tag);
    append_file_attribute(showing, "src", file);
    if (!is_audio(file))
        append_poster(showing);
    html_attribute(showing->out, "aria-label", title_of(showing));
    strbuf_append_text(showing->out, ">\n");
    append_captions(showing, file);
    strbuf_append_text(showing->out, "<a");
    append_file_attribute(showing, "href", file);
    strbuf_append_format(showing->out, ">The recording</a>\n</%s>\n", tag);
}

static void append_link(const struct showing *showing, const struct video *video)
{
    strbuf_append_text(showing->out, "<p><a");
    html_attribute(showing->out, "href", strbuf_span(&video->page));
    strbuf_append_text(showing->out, ">Watch at ");
    html_text(showing->out, strbuf_span(&video->host));
    strbuf_append_text(showing->out, "</a></p>\n");
}

static void note_origin(struct text_list *origins, const struct strbuf *origin)
{
    vec_each (&origins->list, known)
        if (strcmp(*known, origin->data) == 0)
            return;
    vec_push(&origins->list, mem_copy_text(origin->data));
}

/* There is always one: where the deck has no picture, the one that we drew for it. */
static void append_frame_poster(const struct showing *showing)
{
    const struct cover *cover = &showing->talk->made->cover;
    struct strbuf url = STRBUF_INIT;

    if (showing->poster)
        named_file_append_url(&url, showing->talk, showing->poster);
    else
        cover_append_url(&url, cover, span_of(showing->talk->path));
    strbuf_append_text(showing->out, "<img");
    html_attribute(showing->out, "src", strbuf_span(&url));
    strbuf_append_text(showing->out, " alt=\"\" loading=\"lazy\">");
    strbuf_release(&url);
}

static void append_frame(const struct showing *showing, const struct video *video)
{
    struct strbuf *out = showing->out;

    note_origin(showing->frame_origins, &video->origin);
    strbuf_append_text(out, "<div class=\"recording-frame\"");
    html_attribute(out, "data-frame", strbuf_span(&video->frame));
    html_attribute(out, "data-title", title_of(showing));
    strbuf_append_text(out, ">\n<a");
    html_attribute(out, "href", strbuf_span(&video->page));
    strbuf_append_char(out, '>');
    append_frame_poster(showing);
    strbuf_append_text(out, "<span class=\"recording-play\">Watch at ");
    html_text(out, strbuf_span(&video->host));
    strbuf_append_text(out, "</span></a>\n</div>\n");
}

static const struct site_file *find_poster(const struct showing *showing)
{
    const char *name = showing->recording->poster;
    const struct site_file *file = named_file_find_picture(showing->talk, showing->site, name);

    if (name && !file)
        warn(showing, "video", name,
             "is no picture of the deck: put the poster beside the recording");
    return file ? file : showing->poster;
}

static void append_recording(struct showing *showing)
{
    const char *url = showing->recording->url;
    const struct site_file *file = NULL;
    struct video video;

    video_parse(&video, span_of(url));
    showing->poster = find_poster(showing);
    if (video.kind == VIDEO_FILE)
        file = named_file_find(showing->talk, showing->site, url);
    if (file)
        append_file(showing, file);
    else if (video.kind == VIDEO_FRAME)
        append_frame(showing, &video);
    else if (video.kind == VIDEO_PAGE)
        append_link(showing, &video);
    else if (video.kind == VIDEO_FILE)
        warn(showing, "video", url,
             "is not there: put the recording beside the deck, or name its "
             "address with https://");
    else
        warn(showing, "video", url,
             "is no address of a recording: it begins with https://, or is "
             "a file of the deck");
    video_release(&video);
}

void talk_recordings_append(struct strbuf *out, struct talk *talk,
                            const struct deck_page_site *site, const struct site_file *cover,
                            struct text_list *frame_origins)
{
    const struct recording_list *recordings = &talk->made->deck->settings.video;
    struct strbuf parts = STRBUF_INIT;

    vec_each (&recordings->list, recording) {
        struct strbuf part = STRBUF_INIT;
        struct showing showing = {&part, talk, site, recording, cover, frame_origins};

        append_recording(&showing);
        if (part.len > 0) {
            strbuf_append_text(&parts, "<div class=\"recording\">\n");
            if (recording->title) {
                strbuf_append_text(&parts, "<h3>");
                html_text(&parts, span_of(recording->title));
                strbuf_append_text(&parts, "</h3>\n");
            }
            strbuf_append_span(&parts, strbuf_span(&part));
            strbuf_append_text(&parts, "</div>\n");
        }
        strbuf_release(&part);
    }
    talk->made->has_recordings = parts.len > 0;
    if (talk->made->has_recordings) {
        strbuf_append_format(out,
                             "<section class=\"recordings\" aria-labelledby=\"" TALK_RECORDINGS
                             "\">\n<h2 id=\"" TALK_RECORDINGS "\">%s</h2>\n",
                             recordings->list.count > 1 ? "Recordings" : "Recording");
        strbuf_append_span(out, strbuf_span(&parts));
        strbuf_append_text(out, "</section>\n");
    }
    strbuf_release(&parts);
}
