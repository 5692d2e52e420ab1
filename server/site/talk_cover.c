#include "site/talk_cover.h"

#include "base/mem.h"
#include "site/cover_svg.h"
#include "site/named_file.h"
#include "site/talk_words.h"

static void report_missing(struct talk *talk, const char *name)
{
    const struct setting_origin *origin =
        deck_settings_origin(&talk->made->deck->settings, "cover");

    err_add(&talk->made->problems, SEVERITY_WARNING, origin ? origin->file : talk->file,
            origin ? origin->line : 0, 0,
            "the cover `%s` %s: put the picture beside the deck and name it so", name,
            named_file_is_remote(name) ? "is on another host and is not loaded"
                                       : "is no picture of the site");
}

static void take_file(struct talk *talk, const struct site_file *file)
{
    struct cover *cover = &talk->made->cover;

    cover->path = mem_copy_text(file->file->path);
    cover->digest = file->digest;
    cover->width = file->width;
    cover->height = file->height;
    rendering_depend(talk->made, file->file->modified.tv_sec);
}

/* "Ada Adams · PolyConf, Poznań · 2015" */
static void append_line(struct strbuf *out, const struct talk *talk,
                        const struct deck_page_site *site)
{
    const struct deck_settings *settings = &talk->made->deck->settings;
    struct strbuf where = STRBUF_INIT;

    talk_append_speakers(out, talk, site->people);
    talk_words_append_where(&where, settings);
    if (where.len > 0)
        strbuf_append_format(out, "%s%s", out->len > 0 ? " · " : "", where.data);
    if (settings->date)
        strbuf_append_format(out, "%s%.4s", out->len > 0 ? " · " : "", settings->date);
    strbuf_release(&where);
}

static void draw(struct talk *talk, const struct deck_page_site *site)
{
    const struct deck_settings *settings = &talk->made->deck->settings;
    struct cover *cover = &talk->made->cover;
    struct strbuf line = STRBUF_INIT, svg = STRBUF_INIT;

    append_line(&line, talk, site);
    cover_svg_render(&svg, &(struct cover_words){span_of(settings->title), strbuf_span(&line),
                                                 span_of(settings->lang), settings->theme});
    page_finish_quick(&cover->drawn, &svg, site->reuse);
    cover->digest = cover->drawn.digest;
    cover->path = mem_format("%scover.%s.svg", talk->path, cover->digest.text);
    cover->width = COVER_WIDTH;
    cover->height = COVER_HEIGHT;
    strbuf_release(&line);
}

void talk_cover_make(struct talk *talk, const struct deck_page_site *site)
{
    const char *name = talk->made->deck->settings.cover;
    const struct site_file *file = named_file_find_picture(talk, site, name);

    if (name && !file)
        report_missing(talk, name);
    if (file)
        take_file(talk, file);
    else
        draw(talk, site);
}
