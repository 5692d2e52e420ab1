#include "tool/pdf.h"

#include "base/escape.h"
#include "base/mem.h"
#include "serve/server.h"
#include "tool/browser.h"

#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* A page of the author's own has no reveal.js of ours, and is ready when it is loaded. */
static const char ready[] = "new Promise((done) => {"
                            " const isReady = () => document.readyState === 'complete' &&"
                            " (!document.getElementById('reveal-options') ||"
                            " document.documentElement.classList.contains('print-ready'));"
                            " const look = () => isReady() ? done() : setTimeout(look, 50);"
                            " look(); })";

/* On this machine only, at a port that is free; what else the settings say stays. */
static struct site_settings private_settings(const struct site_settings *settings)
{
    struct site_settings own = *settings;

    own.port = 0;
    own.bind = (char *)(uintptr_t) "127.0.0.1";
    own.listens = (struct listen_list){0};
    own.base_path = NULL;
    own.access_log = NULL;
    own.threads = 1;
    return own;
}

/* "polyconf.pdf" of "2015/polyconf/"; the site's only deck may have no name. */
static char *default_file(const char *path)
{
    size_t end = strlen(path), start;

    while (end > 0 && path[end - 1] == '/')
        end--;
    for (start = end; start > 0 && path[start - 1] != '/';)
        start--;
    return end > start ? mem_format("%.*s.pdf", (int)(end - start), path + start)
                       : mem_copy_text("deck.pdf");
}

static int print(const char *program, const char *url, FILE *out, struct err_list *errs)
{
    struct browser *browser;
    int err = browser_start(program, errs, &browser);

    if (err)
        return err;
    err = browser_print(browser, url, ready, out, errs);
    browser_stop(browser);
    return err;
}

/* Beside the place of the file, and put there when it is whole. */
static int print_file(const char *program, const char *url, const char *file, struct err_list *errs)
{
    char *unfinished = mem_format("%s.XXXXXX", file);
    int err = 0, fd = mkstemp(unfinished);
    FILE *out = fd < 0 ? NULL : fdopen(fd, "w");

    if (!out) {
        err = -errno;
    } else {
        mode_t mask = umask(0);

        umask(mask);
        err = print(program, url, out, errs);
        if ((fchmod(fd, 0666 & ~mask) < 0 || fclose(out) != 0) && !err)
            err = -errno;
        if (!err && rename(unfinished, file) < 0)
            err = -errno;
        if (err)
            unlink(unfinished);
    }
    if (err && !err_list_has(errs, SEVERITY_ERROR))
        err_add(errs, SEVERITY_ERROR, NULL, 0, 0, "%s cannot be written: %s", file, strerror(-err));
    free(unfinished);
    return err;
}

static int print_from(const struct server *server, const char *program, const char *path,
                      bool notes, const char *file, struct err_list *errs)
{
    struct strbuf url = STRBUF_INIT;
    int err;

    strbuf_append_text(&url, server_url(server));
    url_path(&url, span_of(path));
    strbuf_append_format(&url, "?view=print%s", notes ? "&showNotes=separate-page" : "");
    if (strcmp(file, "-") == 0) {
        err = print(program, url.data, stdout, errs);
        fflush(stdout);
    } else {
        err = print_file(program, url.data, file, errs);
    }
    strbuf_release(&url);
    return err;
}

int pdf_write(const struct site_settings *settings, struct site *site,
              const struct pdf_order *order, struct err_list *errs, struct strbuf *said)
{
    const struct site_settings own = private_settings(settings);
    const char *path = site_deck_named(site, settings, order->deck, errs);
    struct server *server = NULL;
    char *file = NULL;
    int err = path ? server_new(&own, errs, &server) : -ENOENT;

    if (err) {
        site_free(site);
        return err;
    }
    file = order->file ? mem_copy_text(order->file) : default_file(path);
    err = server_start(server, site, errs);
    if (!err)
        err = print_from(server, settings->chromium, path, order->notes, file, errs);
    server_free(server);
    if (!err && strcmp(file, "-") != 0)
        strbuf_append_format(said, "%s\n", file);
    free(file);
    return err;
}
