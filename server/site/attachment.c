#include "site/attachment.h"

#include "site/upward.h"
#include "site/url.h"
#include "site/video.h"

#include <string.h>

void outlook_append_url(struct strbuf *out, const struct outlook *outlook, struct span path)
{
    if (!url_append_absolute(out, outlook->address, path))
        url_append_relative(out, outlook->from, path);
}

static const struct site_file *find_file(const struct outlook *outlook, const struct talk *talk,
                                         const char *name)
{
    struct upward upward = {outlook->walk, talk->directory, false};
    const struct site_file *found = NULL;
    struct strbuf path = STRBUF_INIT;

    while (!found && upward_next(&upward, name, &path))
        found = site_files_find(outlook->files, strbuf_span(&path));
    strbuf_release(&path);
    return found;
}

bool attachment_append_url(struct strbuf *out, const struct outlook *outlook,
                           const struct talk *talk, const char *name,
                           const struct site_file **ret_file)
{
    bool is_web = url_is_web(name);
    const struct site_file *file = is_web ? NULL : find_file(outlook, talk, name);

    if (is_web)
        url_append_web(out, name);
    else if (file)
        outlook_append_url(out, outlook, span_of(file->file->path));
    else
        return false;
    *ret_file = file;
    return true;
}

bool attachment_append_recording(struct strbuf *out, const struct outlook *outlook,
                                 const struct talk *talk, const struct recording *recording,
                                 const struct site_file **ret_file)
{
    struct video video;
    bool found;

    video_parse(&video, span_of(recording->url));
    if (video.kind == VIDEO_FILE)
        found = attachment_append_url(out, outlook, talk, recording->url, ret_file);
    else
        found = video.kind != VIDEO_BAD &&
                attachment_append_url(out, outlook, talk, video.page.data, ret_file);
    video_release(&video);
    return found;
}

const struct mime *attachment_media(const struct site_file *file, struct span url)
{
    const struct mime *mime;
    size_t end = 0;

    if (file)
        return file->mime;
    while (end < url.len && !span_set_has("?#", url.data[end]))
        end++;
    mime = mime_find(span_cut(url, 0, end));
    if (strncmp(mime->type, "video/", 6) == 0 || strncmp(mime->type, "audio/", 6) == 0 ||
        strcmp(mime->type, "application/pdf") == 0)
        return mime;
    return NULL;
}
