#include "deck/link.h"

#include "base/ascii.h"
#include "base/escape.h"
#include "base/percent.h"

#include <string.h>
#include <strings.h>

void links_init(struct links *links, const struct deck_request *request, const char *file,
                struct err_list *errs)
{
    *links = (struct links){.request = request, .file = file, .errs = errs};
    map_init(&links->hosts);
}

void links_release(struct links *links)
{
    map_release(&links->hosts);
}

/* Length of "scheme:" at the start, 0 if there is none. */
static size_t scheme_len(struct span url)
{
    for (size_t i = 0; i < url.len; i++) {
        char c = url.data[i];

        if (c == ':')
            return i > 0 ? i + 1 : 0;
        if (!ascii_is_letter(c) && (i == 0 || !((c >= '0' && c <= '9') || span_set_has("+-.", c))))
            return 0;
    }
    return 0;
}

static bool is_scheme(struct span url, const char *scheme)
{
    return span_is_nocase(span_cut(url, 0, scheme_len(url)), scheme);
}

void links_note_host(struct links *links, struct span url)
{
    bool plain = is_scheme(url, "http:");
    struct strbuf origin = STRBUF_INIT;
    struct span host;
    size_t len = 0;

    if (plain || is_scheme(url, "https:"))
        host = span_from(url, scheme_len(url));
    else
        host = url;
    if (!span_starts_with(host, SPAN("//")))
        return;
    host = span_from(host, 2);
    while (len < host.len && !span_set_has("/?#\\", host.data[len]))
        len++;
    host = span_cut(host, 0, len);
    for (size_t i = 0; i < host.len; i++) {
        if (!ascii_is_letter(host.data[i]) && !span_set_has("0123456789.-:[]", host.data[i]))
            return; /* nothing that belongs into a policy */
    }
    if (host.len == 0)
        return;
    strbuf_append_text(&origin, plain ? "http://" : "https://");
    strbuf_append_span(&origin, host);
    map_put(&links->hosts, strbuf_span(&origin), links);
    strbuf_release(&origin);
}

static void append_decoded(struct strbuf *out, struct span text)
{
    for (size_t i = 0; i < text.len; i++) {
        int byte = percent_byte(text, i);

        strbuf_append_char(out, byte < 0 ? text.data[i] : (char)byte);
        if (byte >= 0)
            i += PERCENT_LENGTH - 1;
    }
}

/* One step of a path, which may be a step back; false if that leads out of the root. */
static bool append_step(struct strbuf *out, struct span part)
{
    if (part.len == 0 || span_is(part, "."))
        return true;
    if (!span_is(part, "..")) {
        if (out->len > 0)
            strbuf_append_char(out, '/');
        strbuf_append_span(out, part);
        return true;
    }
    if (out->len == 0)
        return false;
    while (out->len > 0 && out->data[out->len - 1] != '/')
        strbuf_truncate(out, out->len - 1);
    if (out->len > 0)
        strbuf_truncate(out, out->len - 1);
    return true;
}

/*
 * Joins a directory ("a/b" or "a/b/" or "") and a relative path into one without "." and "..";
 * false if that leads out of the root.
 */
static bool join(struct strbuf *out, const char *directory, struct span path)
{
    struct span texts[] = {span_of(directory), path}, part;

    for (size_t i = 0; i < 2; i++) {
        while (span_next_part(&texts[i], '/', &part)) {
            if (!append_step(out, part))
                return false;
        }
    }
    return true;
}

/* The path of the root as a URL relative to the page. */
static void append_relative(struct strbuf *out, const char *page, struct span path)
{
    size_t common = 0, start = out->len;

    for (size_t i = 0; i < path.len && page[i] == path.data[i] && page[i]; i++) {
        if (page[i] == '/')
            common = i + 1;
    }
    for (const char *p = page + common; *p; p++) {
        if (*p == '/')
            strbuf_append_text(out, "../");
    }
    if (out->len == start) /* so that a colon in the name is no scheme, and "" is the page */
        strbuf_append_text(out, "./");
    url_path(out, span_from(path, common));
}

/* The page's directory is the deck's, so that relative URLs mean what the author wrote. */
static bool page_is_beside(const struct links *links)
{
    struct span page = span_of(links->request->path);

    if (span_ends_with(page, SPAN("/")))
        page.len--;
    return span_is(page, links->request->directory);
}

struct parts {
    struct span path, query, fragment; /* with their marks */
};

static struct parts split(struct span url)
{
    struct parts parts = {.path = url};
    size_t mark = 0;

    while (mark < url.len && url.data[mark] != '#')
        mark++;
    parts.fragment = span_from(url, mark);
    parts.path = span_cut(url, 0, mark);
    for (mark = 0; mark < parts.path.len && parts.path.data[mark] != '?';)
        mark++;
    parts.query = span_from(parts.path, mark);
    parts.path = span_cut(parts.path, 0, mark);
    return parts;
}

/* "talk.md#3": reveal.js writes the slide as "#/3". */
static void append_slide(struct strbuf *out, struct span fragment)
{
    if (fragment.len > 1 && fragment.data[1] != '/') {
        strbuf_append_text(out, "#/");
        fragment = span_from(fragment, 1);
    }
    strbuf_append_span(out, fragment);
}

static void append_file(struct links *links, struct strbuf *out, const struct parts *parts,
                        struct span path, const struct deck_file *file)
{
    if (file->path)
        append_relative(out, links->request->path, span_of(file->path));
    else if (page_is_beside(links) || parts->path.data[0] == '/')
        strbuf_append_span(out, parts->path);
    else
        append_relative(out, links->request->path, path);
    if (file->digest && parts->query.len == 0)
        strbuf_append_format(out, "?v=%s", file->digest);
    strbuf_append_span(out, parts->query);
    strbuf_append_span(out, parts->fragment);
}

static void append_local(struct links *links, struct strbuf *out, const struct parts *parts,
                         struct span path, enum link_use use, unsigned line,
                         struct deck_file *ret_file)
{
    const struct deck_files *files = &links->request->files;
    struct span deck;

    if (use == LINK_TO && files->deck_url && files->deck_url(files->context, path, &deck)) {
        append_relative(out, links->request->path, deck);
        strbuf_append_span(out, parts->query);
        append_slide(out, parts->fragment);
        return;
    }
    if (files->find && path.len > 0 && !files->find(files->context, path, ret_file)) {
        bool absolute = parts->path.data[0] == '/';

        *ret_file = (struct deck_file){0};
        err_add(links->errs, absolute ? SEVERITY_NOTE : SEVERITY_WARNING, links->file, line, 0,
                use == LINK_TO ? "the link \"%.*s\" leads nowhere: no such file"
                               : "\"%.*s\" is not there: no such file",
                (int)parts->path.len, parts->path.data);
    }
    append_file(links, out, parts, path, ret_file);
}

void links_append(struct links *links, struct strbuf *out, struct span url, enum link_use use,
                  unsigned line, struct deck_file *ret_file)
{
    struct strbuf decoded = STRBUF_INIT, path = STRBUF_INIT;
    struct parts parts;

    *ret_file = (struct deck_file){0};
    url = span_trim(url);
    parts = split(url);
    if (use == LINK_FILE)
        links_note_host(links, url);
    if (is_scheme(url, "javascript:"))
        err_add(links->errs, SEVERITY_NOTE, links->file, line, 0,
                "javascript: URLs do not run here; use a script of the deck instead");
    if (parts.path.len == 0 || scheme_len(url) > 0 || span_starts_with(url, SPAN("//"))) {
        strbuf_append_span(out, url);
        return;
    }
    append_decoded(&decoded, parts.path);
    if (memchr(decoded.data, '\0', decoded.len) == NULL &&
        join(&path, parts.path.data[0] == '/' ? "" : links->request->directory,
             strbuf_span(&decoded))) {
        append_local(links, out, &parts, strbuf_span(&path), use, line, ret_file);
    } else {
        err_add(links->errs, SEVERITY_WARNING, links->file, line, 0,
                "\"%.*s\" leads out of the directory that is served", (int)url.len, url.data);
        strbuf_append_span(out, url);
    }
    strbuf_release(&path);
    strbuf_release(&decoded);
}
