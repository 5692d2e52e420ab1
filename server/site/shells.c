#include "site/shells.h"

#include "base/file.h"
#include "base/mem.h"
#include "conf/nearest.h"
#include "site/embedded.h"

#include <assert.h>
#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

enum { SHELL_LIMIT = 1 << 20 }; /* bytes of a file */

#define TEXT(name)                                                                                 \
    {                                                                                              \
        name, false, false                                                                         \
    }
#define TEXT_NEEDED(name)                                                                          \
    {                                                                                              \
        name, false, true                                                                          \
    }
#define HTML(name)                                                                                 \
    {                                                                                              \
        name, true, false                                                                          \
    }
#define HTML_NEEDED(name)                                                                          \
    {                                                                                              \
        name, true, true                                                                           \
    }

static const struct template_name site_names[] = {
    TEXT("lang"),         TEXT("title"),       TEXT("description"),    TEXT("canonical"),
    TEXT("robots"),       TEXT("icon"),        TEXT_NEEDED("style"),   TEXT("script"),
    HTML("head"),         TEXT("class"),       TEXT("site"),           TEXT("home"),
    HTML("logo"),         HTML("navigation"),  HTML("above"),          TEXT("heading"),
    TEXT("heading_lang"), TEXT("heading_dir"), HTML_NEEDED("content"), HTML("footer"),
};

static const struct template_name deck_names[] = {
    TEXT("lang"),           TEXT("title"),          TEXT("description"),  TEXT("canonical"),
    TEXT("icon"),           TEXT("author"),         TEXT_NEEDED("theme"), HTML_NEEDED("styles"),
    TEXT("plain"),          TEXT_NEEDED("script"),  HTML_NEEDED("parts"), HTML("head"),
    TEXT("home"),           TEXT("home_label"),     TEXT("about"),        HTML_NEEDED("slides"),
    HTML_NEEDED("options"), HTML_NEEDED("scripts"),
};

static const struct kind {
    const char *file, *built_in;
    const struct template_name *names;
    size_t count;
} kinds[] = {
    [SHELL_SITE] = {"site.html", "pages/site.html", site_names,
                    sizeof site_names / sizeof *site_names},
    [SHELL_DECK] = {"deck.html", "pages/deck.html", deck_names,
                    sizeof deck_names / sizeof *deck_names},
};

const char *shells_file(enum shell_kind kind)
{
    return kinds[kind].file;
}

const struct template_name *shells_names(enum shell_kind kind, size_t *ret_count)
{
    *ret_count = kinds[kind].count;
    return kinds[kind].names;
}

static struct span embedded_text(const char *name)
{
    const struct embedded *file = embedded_find(name);

    return file ? (struct span){(const char *)file->data, file->size} : SPAN("");
}

static int read_shell(struct shells *shells, enum shell_kind kind, const char *directory,
                      struct err_list *errs)
{
    char *path = mem_format("%s/%s", directory, kinds[kind].file);
    int err = file_read_path(path, SHELL_LIMIT, &shells->own[kind]);

    if (err == -ENOENT)
        err = 0;
    else if (err)
        err_add(errs, SEVERITY_ERROR, path, 0, 0, "cannot be read: %s", strerror(-err));
    else
        err = template_check(strbuf_span(&shells->own[kind]), path, kinds[kind].names,
                             kinds[kind].count, errs);
    free(path);
    return err;
}

/* A file that is HTML and none of ours was meant to be one. */
static void report_stranger(const char *directory, const char *name, struct err_list *errs)
{
    struct nearest nearest;
    char *path;

    if (*name == '.' || !span_ends_with(span_of(name), SPAN(".html")))
        return;
    nearest_init(&nearest, name);
    for (int i = 0; i < SHELL_KIND_COUNT; i++) {
        if (strcmp(name, kinds[i].file) == 0)
            return;
        nearest_offer(&nearest, kinds[i].file);
    }
    path = mem_format("%s/%s", directory, name);
    err_add(errs, SEVERITY_ERROR, path, 0, 0, "there is no page of this name: call it `%s`",
            nearest.best ? nearest.best : "site.html` or `deck.html");
    free(path);
}

static int read_directory(struct shells *shells, const char *directory, struct err_list *errs)
{
    size_t before = errs->list.count + errs->dropped;
    DIR *dir = opendir(directory);

    if (!dir) {
        int err = -errno;
        err_add(errs, SEVERITY_ERROR, NULL, 0, 0, "the templates in %s cannot be read: %s",
                directory, strerror(-err));
        return err;
    }
    for (const struct dirent *entry; (entry = readdir(dir));)
        report_stranger(directory, entry->d_name, errs);
    closedir(dir);
    for (int i = 0; i < SHELL_KIND_COUNT; i++)
        read_shell(shells, (enum shell_kind)i, directory, errs);
    return errs->list.count + errs->dropped > before ? -EINVAL : 0;
}

static void identify(struct shells *shells)
{
    struct strbuf all = STRBUF_INIT;

    for (int i = 0; i < SHELL_KIND_COUNT; i++) {
        strbuf_append_span(&all, strbuf_span(&shells->own[i]));
        strbuf_append_char(&all, '\0');
    }
    shells->identity = digest_bytes(strbuf_span(&all));
    strbuf_release(&all);
}

int shells_read(struct shells *shells, const char *directory, struct err_list *errs)
{
    int err = 0;

    for (int i = 0; i < SHELL_KIND_COUNT; i++)
        strbuf_init(&shells->own[i]);
    if (directory)
        err = read_directory(shells, directory, errs);
    for (int i = 0; err && i < SHELL_KIND_COUNT; i++)
        strbuf_release(&shells->own[i]);
    identify(shells);
    return err;
}

int shells_check(const char *directory, struct err_list *errs)
{
    struct shells shells;
    int err = shells_read(&shells, directory, errs);

    shells_release(&shells);
    return err;
}

void shells_copy(struct shells *shells, const struct shells *from)
{
    shells->identity = from->identity;
    for (int i = 0; i < SHELL_KIND_COUNT; i++) {
        strbuf_init(&shells->own[i]);
        strbuf_append_span(&shells->own[i], strbuf_span(&from->own[i]));
    }
}

void shells_release(struct shells *shells)
{
    for (int i = 0; i < SHELL_KIND_COUNT; i++)
        strbuf_release(&shells->own[i]);
}

void shells_append(struct strbuf *out, const struct shells *shells, enum shell_kind kind,
                   const struct template_value *values, size_t count)
{
    const struct strbuf *own = &shells->own[kind];
    struct template_value *all = mem_zero(count + 1, sizeof *all);
    struct span bad;
    int err;

    assert(count + 1 == kinds[kind].count);
    memcpy(all, values, count * sizeof *all);
    all[count] = (struct template_value){"icon", embedded_text("pages/icon.txt")};
    err =
        template_render(out, own->len > 0 ? strbuf_span(own) : embedded_text(kinds[kind].built_in),
                        all, count + 1, &bad);
    assert(!err); /* it was checked */
    (void)err;
    free(all);
}
