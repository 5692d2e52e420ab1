#include "site/video.h"

#include "base/escape.h"

#include <stdlib.h>
#include <string.h>

#define LETTERS_AND_DIGITS "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"

/* The parts of an address of the web; all but the host are as written. */
struct address {
    struct strbuf host; /* lower case, with the port */
    struct span path, query, fragment;
};

static bool consists_of(struct span text, const char *set)
{
    for (size_t i = 0; i < text.len; i++)
        if (!span_set_has(set, text.data[i]))
            return false;
    return text.len > 0;
}

/* Nothing that a URL cannot hold, so that it means the same to everybody. */
static bool is_printable(struct span text)
{
    for (size_t i = 0; i < text.len; i++)
        if ((unsigned char)text.data[i] <= ' ' || (unsigned char)text.data[i] == 0x7f ||
            span_set_has("\"'<>\\^`{|}", text.data[i]))
            return false;
    return text.len > 0;
}

static bool has_scheme(struct span text)
{
    for (size_t i = 0; i < text.len && !span_set_has("/?#", text.data[i]); i++)
        if (text.data[i] == ':')
            return true;
    return false;
}

/* Cuts the text behind the first of that character off. */
static struct span cut_behind(struct span *text, char mark)
{
    ptrdiff_t at = span_find_char(*text, mark);
    struct span rest = at < 0 ? span_of(NULL) : span_from(*text, (size_t)at + 1);

    if (at >= 0)
        text->len = (size_t)at;
    return rest;
}

static bool is_host(struct span host)
{
    return consists_of(host, LETTERS_AND_DIGITS "-.:") &&
           span_set_has(LETTERS_AND_DIGITS, host.data[0]);
}

/* What stands behind "//". */
static bool address_parse(struct address *address, struct span text)
{
    struct span host;

    address->fragment = cut_behind(&text, '#');
    address->query = cut_behind(&text, '?');
    host = text;
    address->path = cut_behind(&host, '/');
    if (!is_host(host))
        return false;
    for (size_t i = 0; i < host.len; i++) {
        char c = host.data[i];

        strbuf_append_char(&address->host, c >= 'A' && c <= 'Z' ? (char)(c + ('a' - 'A')) : c);
    }
    return true;
}

static bool host_is(const struct address *address, const char *name)
{
    struct span host = strbuf_span(&address->host);

    for (const char *const *prefix = (const char *const[]){"www.", "m.", "music.", NULL}; *prefix;
         prefix++)
        if (span_starts_with(host, span_of(*prefix))) {
            host = span_from(host, strlen(*prefix));
            break;
        }
    return span_is(host, name);
}

/* The value of a query's field; empty if it has none. */
static struct span field_of(struct span query, const char *name)
{
    struct span field;

    while (span_next_part(&query, '&', &field)) {
        struct span key = field, value = cut_behind(&key, '=');

        if (span_is(key, name))
            return value;
    }
    return span_of(NULL);
}

/* The path's part of that number, from 0; empty behind its end. */
static struct span part_of(struct span path, unsigned number)
{
    struct span part;

    while (span_next_part(&path, '/', &part))
        if (number-- == 0)
            return part;
    return span_of(NULL);
}

/* "90", "90s", "1h2m3s"; 0 for anything else. */
static unsigned long seconds_of(struct span text)
{
    unsigned long seconds = 0, number = 0;
    bool bad = text.len > 9;

    for (size_t i = 0; i < text.len && !bad; i++) {
        char c = text.data[i];

        if (c >= '0' && c <= '9') {
            number = number * 10 + (unsigned long)(c - '0');
            continue;
        }
        bad = !span_set_has("hms", c);
        seconds += number * (c == 'h' ? 3600 : c == 'm' ? 60 : 1);
        number = 0;
    }
    return bad ? 0 : seconds + number;
}

static void set_frame(struct video *video, const char *name, const char *origin)
{
    video->kind = VIDEO_FRAME;
    strbuf_append_text(&video->host, name);
    strbuf_append_text(&video->origin, origin);
    strbuf_append_text(&video->frame, origin);
}

static void find_youtube(struct video *video, const struct address *address)
{
    static const char *const paths[] = {"embed", "shorts", "live", "v"};
    struct span id = span_of(NULL), start = field_of(address->query, "t");

    if (host_is(address, "youtu.be"))
        id = part_of(address->path, 0);
    else if (!host_is(address, "youtube.com") && !host_is(address, "youtube-nocookie.com"))
        return;
    else if (span_is(part_of(address->path, 0), "watch"))
        id = field_of(address->query, "v");
    for (size_t i = 0; i < sizeof paths / sizeof *paths && !id.len; i++)
        if (span_is(part_of(address->path, 0), paths[i]))
            id = part_of(address->path, 1);
    if (id.len != 11 || !consists_of(id, LETTERS_AND_DIGITS "-_"))
        return;
    if (start.len == 0)
        start = field_of(address->query, "start");
    set_frame(video, "YouTube", "https://www.youtube-nocookie.com");
    strbuf_append_format(&video->frame, "/embed/%.*s?autoplay=1", (int)id.len, id.data);
    if (seconds_of(start) > 0)
        strbuf_append_format(&video->frame, "&start=%lu", seconds_of(start));
}

/* vimeo.com/1234, /1234/hash for one that is not listed, /channels/x/1234 */
static void find_vimeo(struct video *video, const struct address *address)
{
    struct span hash = field_of(address->query, "h"), part;
    unsigned number = 0;

    if (!host_is(address, "vimeo.com") && !host_is(address, "player.vimeo.com"))
        return;
    do {
        part = part_of(address->path, number++);
    } while (part.len > 0 && !consists_of(part, "0123456789"));
    if (part.len == 0)
        return;
    if (part_of(address->path, number).len > 0)
        hash = part_of(address->path, number);
    set_frame(video, "Vimeo", "https://player.vimeo.com");
    strbuf_append_format(&video->frame, "/video/%.*s?dnt=1&autoplay=1", (int)part.len, part.data);
    if (consists_of(hash, LETTERS_AND_DIGITS))
        strbuf_append_format(&video->frame, "&h=%.*s", (int)hash.len, hash.data);
}

static void find_ccc(struct video *video, const struct address *address)
{
    struct span slug = part_of(address->path, 1);

    if (!host_is(address, "media.ccc.de") || !span_is(part_of(address->path, 0), "v") ||
        !consists_of(slug, LETTERS_AND_DIGITS "-_."))
        return;
    set_frame(video, "media.ccc.de", "https://media.ccc.de");
    strbuf_append_format(&video->frame, "/v/%.*s/oembed", (int)slug.len, slug.data);
}

/* /w/short-id, /videos/watch/uuid, /videos/embed/uuid */
static void find_peertube(struct video *video, const struct address *address)
{
    struct span id = part_of(address->path, 1), first = part_of(address->path, 0);
    bool is_long = span_is(first, "videos") && (span_is(id, "watch") || span_is(id, "embed"));
    struct strbuf origin = STRBUF_INIT;

    if (is_long)
        id = part_of(address->path, 2);
    if ((!is_long && !span_is(first, "w")) || id.len < 22 || id.len > 36 ||
        !consists_of(id, LETTERS_AND_DIGITS "-"))
        return;
    strbuf_append_format(&origin, "https://%s", address->host.data);
    set_frame(video, address->host.data, origin.data);
    strbuf_append_format(&video->frame, "/videos/embed/%.*s?autoplay=1", (int)id.len, id.data);
    strbuf_release(&origin);
}

static void parse_web(struct video *video, struct span text)
{
    static void (*const finders[])(struct video *, const struct address *) = {
        find_youtube, find_vimeo, find_ccc, find_peertube};
    bool secure = span_starts_with(text, SPAN("https:"));
    struct address address = {.host = STRBUF_INIT};

    strbuf_append_span(&video->page, text);
    if (!is_printable(text) ||
        !address_parse(&address,
                       span_from(text, secure ? strlen("https://") : strlen("http://")))) {
        video->kind = VIDEO_BAD;
    } else {
        video->kind = VIDEO_PAGE;
        for (size_t i = 0; i < sizeof finders / sizeof *finders && video->kind == VIDEO_PAGE; i++)
            if (secure || finders[i] != find_peertube)
                finders[i](video, &address);
        if (video->kind == VIDEO_PAGE)
            strbuf_append_span(&video->host, strbuf_span(&address.host));
    }
    strbuf_release(&address.host);
}

void video_parse(struct video *video, struct span address)
{
    *video = (struct video){VIDEO_BAD, STRBUF_INIT, STRBUF_INIT, STRBUF_INIT, STRBUF_INIT};
    address = span_trim(address);
    if (span_starts_with(address, SPAN("https://")) || span_starts_with(address, SPAN("http://")))
        parse_web(video, address);
    else if (address.len > 0 && !has_scheme(address) && !span_starts_with(address, SPAN("//")))
        video->kind = VIDEO_FILE;
}

void video_release(struct video *video)
{
    strbuf_release(&video->page);
    strbuf_release(&video->frame);
    strbuf_release(&video->origin);
    strbuf_release(&video->host);
}
