#include "site/oembed.h"

#include "base/escape.h"
#include "base/json.h"
#include "http/path.h"
#include "site/talk_page.h"
#include "site/talk_share.h"
#include "site/url.h"

#include <string.h>
#include <strings.h>

enum { URL_MAX = 4096 };

/* The least there is room for, whatever is asked. */
enum { FRAME_LEAST = 16 };

struct frame {
    const struct talk *talk;
    struct span address;  /* of the site */
    struct span fragment; /* "#/2/1", or empty */
    unsigned width, height;
};

static size_t find_any(struct span text, const char *set)
{
    size_t at = 0;

    while (at < text.len && !span_set_has(set, text.data[at]))
        at++;
    return at;
}

/* Cuts "Host:port" off an address; http and https are one, and a scheme's own port goes unsaid. */
static struct span cut_host(struct span *address)
{
    bool secure = address->len > 4 && (address->data[4] == 's' || address->data[4] == 'S');
    struct span port = secure ? SPAN(":443") : SPAN(":80"), host;
    ptrdiff_t slashes = span_find(*address, SPAN("://"));
    size_t end;

    if (slashes >= 0)
        *address = span_from(*address, (size_t)slashes + 3);
    end = find_any(*address, "/?#");
    host = span_cut(*address, 0, end);
    *address = span_from(*address, end);
    if (span_ends_with(host, port))
        host.len -= port.len;
    return host;
}

/* Cuts the site's address off, whatever the case of its host's name. */
static bool strip_address(struct span *url, struct span address)
{
    struct span path = *url, base = address;
    struct span host = cut_host(&path), own = cut_host(&base);

    if (own.len == 0 || own.len != host.len || strncasecmp(own.data, host.data, own.len) != 0 ||
        !span_starts_with(path, base))
        return false;
    path = span_from(path, base.len);
    if (path.len > 0 && !span_set_has("/?#", path.data[0]))
        return false;
    *url = path;
    return true;
}

/* From the site's own name or the one it is asked by; a path stands for itself. */
static bool is_ours(struct span *url, const struct oembed *oembed, struct span asked)
{
    if (span_starts_with(*url, SPAN("/")) && !span_starts_with(*url, SPAN("//")))
        return true;
    if (!url_is_web(url->data))
        return false;
    return strip_address(url, span_of(oembed->shell->address)) || strip_address(url, asked);
}

/* The path that a redirection leads to; its location is relative to the path, and encoded. */
static bool follow(struct strbuf *path, const char *location)
{
    struct strbuf target = STRBUF_INIT;
    char buffer[URL_MAX + 2];
    struct span decoded;
    bool fine;

    if (location[0] != '/') {
        size_t end = path->len;

        while (end > 0 && path->data[end - 1] != '/')
            end--;
        url_path(&target, span_cut(strbuf_span(path), 0, end));
    }
    strbuf_append_text(&target, location);
    fine = target.len <= URL_MAX && path_decode(strbuf_span(&target), buffer, &decoded) == 0;
    if (fine) {
        strbuf_reset(path);
        strbuf_append_span(path, decoded);
    }
    strbuf_release(&target);
    return fine;
}

/* NULL also where there is nothing to show. */
static const struct talk *find_talk(const struct oembed *oembed, struct span path)
{
    path = span_from(path, 1);
    if (span_ends_with(path, SPAN("/" TALK_PAGE)) || span_is(path, TALK_PAGE))
        path.len -= strlen(TALK_PAGE);
    for (size_t i = 0; i < oembed->talks->count; i++)
        if (span_is(path, oembed->talks->list[i].path))
            return talk_deck(&oembed->talks->list[i])->broken ? NULL : &oembed->talks->list[i];
    return NULL;
}

/* The talk at a decoded path or where that leads to, which is no more than two steps. */
static const struct talk *find_led(const struct oembed *oembed, struct strbuf *path)
{
    for (int step = 0; step < 3; step++) {
        const struct resource *resource = routes_find(oembed->routes, strbuf_span(path));

        if (!resource)
            return NULL;
        if (resource->kind != RESOURCE_REDIRECT)
            return find_talk(oembed, strbuf_span(path));
        if (!follow(path, resource->location))
            return NULL;
    }
    return NULL;
}

/* A slide's place in the deck, and nothing that needs to be encoded. */
static bool is_place(struct span fragment)
{
    for (size_t i = 0; i < fragment.len; i++)
        if (fragment.data[i] <= ' ' || fragment.data[i] > '~' ||
            span_set_has("\"<>", fragment.data[i]))
            return false;
    return span_starts_with(fragment, SPAN("#/"));
}

static bool find_deck(const struct oembed *oembed, struct span url, struct span asked,
                      struct frame *frame)
{
    struct strbuf path = STRBUF_INIT;
    char buffer[URL_MAX + 2];
    struct span decoded, written;

    if (url.len > URL_MAX || !is_ours(&url, oembed, asked))
        return false;
    frame->fragment = span_from(url, find_any(url, "#"));
    if (!is_place(frame->fragment))
        frame->fragment.len = 0;
    written = span_cut(url, 0, find_any(url, "?#"));
    if (written.len == 0)
        written = SPAN("/");
    if (path_decode(written, buffer, &decoded) < 0)
        return false;
    strbuf_append_span(&path, decoded);
    frame->talk = find_led(oembed, &path);
    strbuf_release(&path);
    return frame->talk;
}

/* maxwidth and maxheight; what is no number is no bound. */
static unsigned bound(const struct query *query, const char *name)
{
    struct span value;
    unsigned number = 0;

    if (!query_value(query, name, &value) || value.len == 0 || value.len > 6)
        return 0;
    for (size_t i = 0; i < value.len; i++) {
        if (value.data[i] < '0' || value.data[i] > '9')
            return 0;
        number = number * 10 + (unsigned)(value.data[i] - '0');
    }
    return number;
}

static void choose_size(struct frame *frame, const struct query *query)
{
    unsigned width = bound(query, "maxwidth"), height = bound(query, "maxheight");

    frame->width = TALK_SHARE_WIDTH;
    frame->height = TALK_SHARE_HEIGHT;
    if (width > 0 && width < frame->width) {
        frame->width = width;
        frame->height = width * TALK_SHARE_HEIGHT / TALK_SHARE_WIDTH;
    }
    if (height > 0 && height < frame->height) {
        frame->width = height * TALK_SHARE_WIDTH / TALK_SHARE_HEIGHT;
        frame->height = height;
    }
    frame->width = frame->width < FRAME_LEAST ? FRAME_LEAST : frame->width;
    frame->height = frame->height < FRAME_LEAST ? FRAME_LEAST : frame->height;
}

/* Writes the answer's members, whatever its format. */
struct writer {
    struct json json;
    bool xml;
};

static void write_text(struct writer *writer, const char *name, struct span text)
{
    if (text.len == 0)
        return;
    if (!writer->xml) {
        json_add_text(&writer->json, name, text);
        return;
    }
    strbuf_append_format(writer->json.out, "<%s>", name);
    xml_text(writer->json.out, text);
    strbuf_append_format(writer->json.out, "</%s>\n", name);
}

static void write_number(struct writer *writer, const char *name, unsigned number)
{
    if (writer->xml)
        strbuf_append_format(writer->json.out, "<%s>%u</%s>\n", name, number, name);
    else
        json_add_number(&writer->json, name, number);
}

static void write_author(struct writer *writer, const struct oembed *oembed,
                         const struct talk *talk)
{
    struct strbuf names = STRBUF_INIT, url = STRBUF_INIT;
    const struct deck_settings *settings = &talk_deck(talk)->settings;

    vec_each (&settings->speakers, speaker) {
        struct byline byline = catalog_byline(oembed->catalog, speaker);

        strbuf_append_text(&names, names.len ? ", " : "");
        strbuf_append_span(&names, byline.name);
        if (settings->speakers.count == 1 && byline.url)
            url_append_web(&url, byline.url);
    }
    write_text(writer, "author_name", strbuf_span(&names));
    write_text(writer, "author_url", strbuf_span(&url));
    strbuf_release(&names);
    strbuf_release(&url);
}

/* All three or none, says the format. */
static void write_thumbnail(struct writer *writer, const struct oembed *oembed,
                            const struct frame *frame)
{
    const struct outlook outlook = {frame->address, SPAN(""), oembed->walk, oembed->files};
    const char *cover = talk_deck(frame->talk)->settings.cover;
    const struct site_file *file;
    struct strbuf url = STRBUF_INIT;

    if (cover && attachment_append_url(&url, &outlook, frame->talk, cover, &file) && file &&
        file->width > 0) {
        write_text(writer, "thumbnail_url", strbuf_span(&url));
        write_number(writer, "thumbnail_width", file->width);
        write_number(writer, "thumbnail_height", file->height);
    }
    strbuf_release(&url);
}

static void write_members(struct writer *writer, const struct oembed *oembed,
                          const struct frame *frame)
{
    struct strbuf deck = STRBUF_INIT, html = STRBUF_INIT, home = STRBUF_INIT;

    url_append_absolute(&deck, frame->address, span_of(frame->talk->path));
    strbuf_append_span(&deck, frame->fragment);
    talk_share_append_frame(&html, frame->talk, strbuf_span(&deck), frame->width, frame->height);
    url_append_absolute(&home, frame->address, SPAN(""));
    write_text(writer, "type", SPAN("rich"));
    write_text(writer, "version", SPAN("1.0"));
    write_text(writer, "title", talk_title(frame->talk));
    write_author(writer, oembed, frame->talk);
    write_text(writer, "provider_name", span_of(oembed->shell->title));
    write_text(writer, "provider_url", strbuf_span(&home));
    write_thumbnail(writer, oembed, frame);
    write_text(writer, "html", strbuf_span(&html));
    write_number(writer, "width", frame->width);
    write_number(writer, "height", frame->height);
    strbuf_release(&deck);
    strbuf_release(&html);
    strbuf_release(&home);
}

static void write_answer(struct computed *answer, const struct oembed *oembed,
                         const struct frame *frame, bool xml)
{
    struct writer writer = {.json = {.out = &answer->body}, .xml = xml};

    if (xml) {
        answer->type = "text/xml; charset=utf-8";
        strbuf_append_text(&answer->body, "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<oembed>\n");
        write_members(&writer, oembed, frame);
        strbuf_append_text(&answer->body, "</oembed>\n");
    } else {
        json_begin_object(&writer.json, NULL);
        write_members(&writer, oembed, frame);
        json_end_object(&writer.json);
        strbuf_append_char(&answer->body, '\n');
    }
}

bool oembed_compute(const void *context, const struct query *query, struct computed *answer)
{
    const struct oembed *oembed = context;
    struct frame frame = {.address = span_of(oembed->shell->address)};
    struct span url, format = SPAN("json");
    bool has_format = query_value(query, "format", &format);

    if (frame.address.len == 0)
        frame.address = answer->address;
    if (has_format && !span_is(format, "json") && !span_is(format, "xml"))
        answer->status = 501;
    else if (!query_value(query, "url", &url) || url.len == 0 || frame.address.len == 0)
        answer->status = 400;
    else if (!find_deck(oembed, url, answer->address, &frame))
        answer->status = 404;
    else if (!talk_deck(frame.talk)->settings.embed)
        answer->status = 401;
    if (answer->status != 200)
        return true;
    choose_size(&frame, query);
    write_answer(answer, oembed, &frame, span_is(format, "xml"));
    return true;
}
