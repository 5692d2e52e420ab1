#include "site/look.h"

#include "base/escape.h"
#include "base/mem.h"
#include "deck/prose.h"
#include "site/embedded.h"
#include "site/url.h"

#include <stdlib.h>
#include <string.h>

/* The file below the root that a setting names, or NULL. */
static const struct site_file *find_file(const struct site_files *files, const char *key,
                                         const char *name, struct err_list *errs)
{
    const struct site_file *file = NULL;
    struct strbuf path = STRBUF_INIT;

    if (!name)
        return NULL;
    if (url_append_joined(&path, SPAN(""), span_of(name)))
        file = site_files_find(files, strbuf_span(&path));
    if (!file)
        err_add(errs, SEVERITY_WARNING, NULL, 0, 0,
                "`%s: %s`: there is no such file below the root: put it there, or name another",
                key, name);
    strbuf_release(&path);
    return file;
}

static char *file_url(const struct site_file *file)
{
    struct strbuf url = STRBUF_INIT;

    if (!file)
        return NULL;
    url_path(&url, span_of(file->file->path));
    strbuf_append_format(&url, "?v=%s", file->digest.text);
    return strbuf_detach(&url, NULL);
}

static void append_colours(struct strbuf *out, const struct colour_settings *colours,
                           enum colour_scheme scheme)
{
    strbuf_append_text(out, ":root{");
    for (int i = 0; i < COLOUR_COUNT; i++)
        if (*colours->said[scheme][i])
            strbuf_append_format(out, "--%s:%s;", colour_name((enum colour)i),
                                 colours->said[scheme][i]);
    strbuf_append_char(out, '}');
}

/* Ours with the colours behind it, for the screen only: paper has its own. */
static void make_sheet(struct look *look, const struct colour_settings *colours,
                       const struct reuse *reuse)
{
    const struct embedded *ours = embedded_find("site.css");
    struct strbuf css = STRBUF_INIT;

    if (!ours)
        return;
    if (!colour_settings_any(colours, COLOUR_LIGHT) && !colour_settings_any(colours, COLOUR_DARK)) {
        look->style = mem_copy_text(url_embedded("site.css"));
        return;
    }
    strbuf_append(&css, ours->data, ours->size);
    strbuf_append_text(&css, "@media screen{");
    append_colours(&css, colours, COLOUR_LIGHT);
    strbuf_append_text(&css, "@media (prefers-color-scheme:dark){");
    append_colours(&css, colours, COLOUR_DARK);
    strbuf_append_text(&css, "}}\n");
    page_finish(&look->sheet, &css, reuse);
    look->style = mem_format("_/site.%s.css", look->sheet.digest.text);
}

static void identify(struct look *look)
{
    const char *const texts[] = {look->description,
                                 look->footer,
                                 look->head,
                                 look->logo,
                                 look->custom_css,
                                 look->style,
                                 look->shells.identity.text};
    struct strbuf all = STRBUF_INIT;

    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        strbuf_append_format(&all, "%s%c", texts[i] ? texts[i] : "", 0);
    look->identity = digest_bytes(strbuf_span(&all));
    strbuf_release(&all);
}

void look_init(struct look *look, const struct site_settings *settings,
               const struct site_files *files, const struct reuse *reuse, const struct look *before,
               struct err_list *errs)
{
    const struct site_file *logo = find_file(files, "logo", settings->logo, errs);
    const struct site_file *css = find_file(files, "customCss", settings->custom_css, errs);

    *look = (struct look){
        .description = mem_copy_text(settings->description),
        .footer = mem_copy_text(settings->footer),
        .head = mem_copy_text(settings->head),
        .logo = file_url(logo),
        .custom_css = file_url(css),
        .logo_width = logo ? logo->width : 0,
        .logo_height = logo ? logo->height : 0,
    };
    if (settings->footer)
        prose_check(span_of(settings->footer), &(struct prose_place){.what = "footer"}, errs);
    colour_settings_check(&settings->colours, errs);
    make_sheet(look, &settings->colours, reuse);
    if (shells_read(&look->shells, settings->templates, errs) < 0 && before) {
        shells_release(&look->shells);
        shells_copy(&look->shells, &before->shells);
    }
    identify(look);
}

void look_release(struct look *look)
{
    free(look->description);
    free(look->footer);
    free(look->head);
    free(look->logo);
    free(look->custom_css);
    free(look->style);
    page_release(&look->sheet);
    shells_release(&look->shells);
    *look = (struct look){0};
}
