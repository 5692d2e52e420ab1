#include "tool/export.h"

#include "base/escape.h"
#include "base/file.h"
#include "base/mem.h"
#include "base/strbuf.h"
#include "site/computed.h"
#include "tool/export_tree.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

struct export
{
    const struct site *site;
    struct export_tree tree;
    struct err_list *errs;
    size_t files;
    int err; /* the first that ended it */
};

static const char *const endings[CODING_COUNT] = {"", ".gz", ".br"};

static bool is_html(const struct resource *resource)
{
    return resource->content_type && strncmp(resource->content_type, "text/html", 9) == 0;
}

/* Has the last part of the path no ending? */
static bool is_bare(struct span path)
{
    for (size_t i = path.len; i > 0 && path.data[i - 1] != '/'; i--)
        if (path.data[i - 1] == '.')
            return false;
    return true;
}

/* "2015/talk/index.html" for "/2015/talk/"; the caller frees. */
static char *file_of(struct span path, const struct resource *resource)
{
    int len = (int)path.len - 1;

    if (path.data[path.len - 1] == '/')
        return mem_format("%.*sindex.html", len, path.data + 1);
    return mem_format("%.*s%s", len, path.data + 1,
                      is_html(resource) && is_bare(path) ? ".html" : "");
}

static void fail(struct export *export, const char *path, int err)
{
    export->err = err;
    err_add(export->errs, SEVERITY_ERROR, NULL, 0, 0, "cannot write %s: %s", path, strerror(-err));
}

static void write_memory(struct export *export, const char *path, const struct resource *resource)
{
    for (size_t i = 0; i < CODING_COUNT && !export->err; i++) {
        const struct blob *body = resource->forms[i].body;
        char *name = mem_format("%s%s", path, endings[i]);
        int err = 0;

        if (body && !export_tree_has(&export->tree, name))
            err = export_tree_write(&export->tree, name, blob_span(body), resource->modified);
        if (err)
            fail(export, name, err);
        free(name);
    }
}

/* One that went or changed since the site was loaded is left out: the next export has it. */
static void copy_file(struct export *export, const char *path, const struct resource *resource)
{
    struct stat st;
    int file = -1, err = file_open_beneath(site_root(export->site), resource->file, &file, &st);

    if (!err && st.st_size != resource->size)
        err = -ESTALE;
    if (err) {
        err_add(export->errs, SEVERITY_WARNING, resource->file, 0, 0,
                "the file is not what it was a moment ago (%s) and is left out: export again",
                strerror(-err));
    } else {
        err = export_tree_copy(&export->tree, path, file, resource->size, resource->modified);
        if (err)
            fail(export, path, err);
    }
    if (file >= 0)
        close(file);
}

/* Drawings of the site's own address; everything else that is computed answers questions. */
static void write_computed(struct export *export, const char *path, const struct resource *resource)
{
    struct computed answer;
    int err = 0;

    if (strncmp(resource->content_type, "image/", 6) != 0 ||
        !computed_make(&answer, resource, SPAN("-"), SPAN("")))
        return;
    if (answer.status == 200 && answer.body.len > 0)
        err = export_tree_write(&export->tree, path, strbuf_span(&answer.body), resource->modified);
    if (err)
        fail(export, path, err);
    computed_release(&answer);
}

static void write_resource(void *context, struct span path, const struct resource *resource)
{
    struct export *export = context;
    char *name;

    if (export->err || resource->kind == RESOURCE_REDIRECT)
        return;
    name = file_of(path, resource);
    /* A page that stands for its directory comes before a file of that name. */
    if (!export_tree_has(&export->tree, name)) {
        if (resource->kind == RESOURCE_COMPUTED)
            write_computed(export, name, resource);
        else if (resource->kind == RESOURCE_MEMORY)
            write_memory(export, name, resource);
        else
            copy_file(export, name, resource);
    }
    free(name);
}

static void append_moved(struct strbuf *html, struct span location)
{
    strbuf_append_text(html,
                       "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
                       "<title>Moved</title>\n<link rel=\"icon\" href=\"data:,\">\n<meta "
                       "name=\"robots\" content=\"noindex\">\n"
                       "<meta http-equiv=\"refresh\" content=\"0; url=");
    html_attr(html, location);
    strbuf_append_text(html, "\">\n</head>\n<body>\n<p><a href=\"");
    html_attr(html, location);
    strbuf_append_text(html, "\">This page has moved.</a></p>\n</body>\n</html>\n");
}

/* "/search/" to "/search", which is computed and not there. */
static bool leads_to_query(const struct export *export, struct span path)
{
    const struct resource *page = site_find(export->site, span_cut(path, 0, path.len - 1));

    return page && page->kind == RESOURCE_COMPUTED;
}

/* Only those of directories: servers of files add the slash by themselves. */
static void write_redirect(void *context, struct span path, const struct resource *resource)
{
    struct export *export = context;
    struct strbuf html = STRBUF_INIT, location = STRBUF_INIT;
    char *name, *page;
    int err = 0;

    if (export->err || resource->kind != RESOURCE_REDIRECT || path.data[path.len - 1] != '/' ||
        leads_to_query(export, path))
        return;
    name = file_of(path, resource);
    page = mem_format("%.*s.html", (int)path.len - 2, path.data + 1);
    if (export_tree_has(&export->tree, page)) {
        const char *last = strrchr(page, '/');
        strbuf_append_text(&location, "../");
        url_path(&location, span_of(last ? last + 1 : page));
    } else {
        strbuf_append_text(&location, resource->location);
    }
    append_moved(&html, strbuf_span(&location));
    if (!export_tree_has(&export->tree, name))
        err = export_tree_write(&export->tree, name, strbuf_span(&html), resource->modified);
    if (err)
        fail(export, name, err);
    strbuf_release(&html);
    strbuf_release(&location);
    free(name);
    free(page);
}

static void write_all(struct export *export)
{
    site_each(export->site, write_resource, export);
    if (!export->err)
        write_memory(export, "404.html", site_error_page(export->site, 404, false));
    site_each(export->site, write_redirect, export);
    if (!export->err) {
        export->files = export->tree.written.count;
        int err = export_tree_finish(&export->tree);
        if (err)
            fail(export, EXPORT_TREE_LIST, err);
    }
}

/* At or below the root: what is written there would be read as decks the next time. */
static bool lies_in_root(int directory, int root)
{
    struct stat at, here, above = {0};
    int step = fcntl(directory, F_DUPFD_CLOEXEC, 0);
    bool found = false;

    if (fstat(root, &at) < 0)
        at = (struct stat){0};
    while (step >= 0 && fstat(step, &here) == 0) {
        found = here.st_ino == at.st_ino && here.st_dev == at.st_dev;
        if (found || (here.st_ino == above.st_ino && here.st_dev == above.st_dev))
            break;
        int next = openat(step, "..", O_PATH | O_DIRECTORY | O_CLOEXEC);
        close(step);
        step = next;
        above = here;
    }
    if (step >= 0)
        close(step);
    return found;
}

int export_write(struct site *site, const char *directory, struct err_list *errs,
                 struct strbuf *said)
{
    struct export export = {.site = site, .errs = errs};
    int err = export_tree_open(&export.tree, directory, errs);

    if (!err) {
        if (lies_in_root(export.tree.directory, site_root(site))) {
            err_add(errs, SEVERITY_ERROR, NULL, 0, 0,
                    "%s lies in the directory of the decks: name one elsewhere", directory);
            export.err = -EINVAL;
        } else {
            write_all(&export);
        }
        err = export.err;
        if (!err)
            strbuf_append_format(said, "%s: %zu files\n", directory, export.files);
        export_tree_release(&export.tree);
    }
    site_free(site);
    return err;
}
