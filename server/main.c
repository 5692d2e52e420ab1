/*
 * decksd: command line, wiring, signals.
 *
 * The main thread waits for signals and for a loader, a thread that builds a site; it is the only
 * one that starts, publishes and stops.
 */
#include "base/log.h"
#include "base/version.h"
#include "conf/effective.h"
#include "conf/options.h"
#include "deck/deck.h"
#include "live/loader.h"
#include "serve/libraries.h"
#include "serve/sd.h"
#include "serve/server.h"
#include "serve/status.h"
#include "site/embedded.h"
#include "site/explain.h"
#include "site/shells.h"
#include "site/site.h"
#include "site/summary.h"
#include "tool/export.h"
#include "tool/pdf.h"

#include <errno.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/signalfd.h>
#include <unistd.h>

enum { EXIT_USAGE = 2, STATUS_MS = 5000 /* between two of its lines */ };

static void write_out(const struct strbuf *text)
{
    fwrite(text->data, 1, text->len, stdout);
    fflush(stdout);
}

static void report_all(struct err_list *errs)
{
    log_problems(errs);
    err_list_release(errs);
}

/* At once; NULL when it could not be loaded: that is logged. */
static struct site *load(struct loader *loader)
{
    return loader_start(loader) < 0 ? NULL : loader_finish(loader);
}

static bool check_server(const struct site_settings *settings)
{
    struct err_list errs;

    err_list_init(&errs);
    server_check(settings, &errs);
    bool good = errs.list.count == 0;
    report_all(&errs);
    return good;
}

static int check(struct loader *loader)
{
    struct strbuf out = STRBUF_INIT;
    bool server_good = check_server(loader->settings);

    struct site *site = load(loader);
    if (!site)
        return EXIT_FAILURE;
    bool good = summary_append_check(&out, site);
    if (loader->settings->verbosity == VERBOSITY_VERBOSE)
        strbuf_append_format(&out, "%zu bytes in memory to be sent\n", site_bytes(site));
    write_out(&out);
    strbuf_release(&out);
    site_free(site);
    return good && server_good ? EXIT_SUCCESS : EXIT_FAILURE;
}

/* What is made of a site instead of serving it. */
static int make(struct loader *loader, const struct options *options)
{
    const struct pdf_order order = {options->deck, options->output, options->notes};
    struct strbuf out = STRBUF_INIT;
    struct err_list errs;

    err_list_init(&errs);
    struct site *site = load(loader);
    if (site)
        log_problems(site_problems(site));
    int err = !site ? -EIO
              : options->command == COMMAND_PDF
                  ? pdf_write(loader->settings, site, &order, &errs, &out)
                  : export_write(site, options->output, &errs, &out);
    report_all(&errs);
    write_out(&out);
    strbuf_release(&out);
    return err ? EXIT_FAILURE : EXIT_SUCCESS;
}

static int explain(const struct site_settings *settings, const char *deck)
{
    struct strbuf out = STRBUF_INIT;
    struct err_list errs;

    err_list_init(&errs);
    int err = site_explain(settings, deck, &out, &errs);
    write_out(&out);
    report_all(&errs);
    strbuf_release(&out);
    return err ? EXIT_FAILURE : EXIT_SUCCESS;
}

/* What a running server consists of. */
struct process {
    struct loader *loader;
    struct server *server;
    struct sd sd;
    struct status status;
    struct strbuf rights; /* that are left (server_confine) */
    int signal_fd;
    bool serving; /* the first site is there */
};

static void say_ready(const struct process *process, const struct site *site)
{
    struct strbuf out = STRBUF_INIT;

    strbuf_append_text(&out, "serving ");
    summary_append_size(&out, site);
    strbuf_append_format(&out, " at %s (loaded in %u ms)", server_url(process->server),
                         loader_ms(process->loader));
    log_announce(out.data);
    strbuf_release(&out);
}

/* The first site is there: answers begin. */
static bool begin(struct process *process, struct site *site)
{
    struct err_list errs;

    err_list_init(&errs);
    log_problems(site_problems(site));
    server_watch(process->server, &process->sd);
    process->serving = server_start(process->server, site, &errs) == 0;
    report_all(&errs);
    if (process->serving) {
        struct strbuf libraries = STRBUF_INIT;
        libraries_append(&libraries);
        log_info("decksd " DECKSD_VERSION " with %s", libraries.data);
        strbuf_release(&libraries);
        log_info("serving as %s", process->rights.data);
        say_ready(process, site);
    }
    return process->serving;
}

/* A reload has ended: what was served before is freed. */
static void replace(struct process *process, struct site *site)
{
    struct strbuf size = STRBUF_INIT;

    log_problems(site_problems(site));
    server_publish(process->server, site); /* which keeps it until the next one */
    summary_append_size(&size, site);
    log_info("reloaded %s in %u ms, %zu rendered anew", size.data, loader_ms(process->loader),
             site_fresh_count(site));
    strbuf_release(&size);
}

static void say_kept(void)
{
    log_warning("the decks loaded before are still served");
}

/* A site is loaded, or could not be; false where there is nothing to serve. */
static bool take(struct process *process, struct site *site)
{
    if (!site && !process->serving)
        return false;
    if (!site)
        say_kept();
    else if (process->serving)
        replace(process, site);
    else if (!begin(process, site))
        return false;
    if (site)
        status_publish(&process->status, site, server_requests(process->server));
    sd_ready(&process->sd);
    return true;
}

/* Before the decks: this takes no time, and helps even where they cannot be loaded. */
static void renew(struct server *server)
{
    struct err_list errs;

    err_list_init(&errs);
    server_renew(server, &errs);
    report_all(&errs);
}

static int read_signal(int fd)
{
    struct signalfd_siginfo info;

    return read(fd, &info, sizeof info) == sizeof info ? (int)info.ssi_signo : 0;
}

/* Until a signal ends it; false when the first load or the start failed. */
static bool run(struct process *process)
{
    struct loader *loader = process->loader;
    struct pollfd fds[] = {{process->signal_fd, POLLIN, 0}, {loader->done_fd, POLLIN, 0}};
    int status_ms = sd_listens(&process->sd) ? STATUS_MS : -1;
    bool again = false;

    if (loader_start(loader) < 0)
        return false;
    for (;;) {
        int ready = poll(fds, 2, status_ms);
        if (ready < 0)
            continue; /* EINTR: only a debugger's stop can do that */
        if (ready == 0)
            status_update(&process->status, server_requests(process->server));
        if ((fds[1].revents & POLLIN) && !take(process, loader_finish(loader)))
            return false;
        if (fds[0].revents & POLLIN) {
            int signal_number = read_signal(process->signal_fd);
            if (signal_number == SIGINT || signal_number == SIGTERM)
                return true;
            if (signal_number == SIGHUP)
                renew(process->server);
            again = again || signal_number == SIGHUP;
            if (signal_number == SIGUSR1)
                server_reopen_log(process->server);
        }
        if (again && !loader->running) {
            again = false;
            sd_reloading(&process->sd);
            if (loader_start(loader) < 0) {
                say_kept();
                sd_ready(&process->sd);
            }
        }
    }
}

/* Page shells are configuration, too: wrong ones keep the server from starting. */
static bool open_server(struct process *process)
{
    const struct site_settings *settings = process->loader->settings;
    struct err_list errs;

    err_list_init(&errs);
    int err = shells_check(settings->templates, &errs);
    if (!err)
        err = server_new(settings, &errs, &process->server);
    if (!err)
        err = server_confine(process->server, settings, &process->rights, &errs);
    report_all(&errs);
    return err == 0;
}

static int serve(struct loader *loader, int signal_fd)
{
    struct process process = {.loader = loader, .rights = STRBUF_INIT, .signal_fd = signal_fd};

    sd_open(&process.sd);
    status_init(&process.status, &process.sd);
    bool good = open_server(&process);
    if (good) {
        good = run(&process);
        sd_stopping(&process.sd);
        server_stop(process.server);
        /* Nobody wants the site that is being loaded; it borrows from the one that was served. */
        if (loader->running)
            _exit(good ? EXIT_SUCCESS : EXIT_FAILURE);
    }
    server_free(process.server);
    strbuf_release(&process.rights);
    status_release(&process.status);
    sd_close(&process.sd);
    return good ? EXIT_SUCCESS : EXIT_FAILURE;
}

static int perform(const struct options *options, const struct site_settings *settings)
{
    static const int handled[] = {SIGINT, SIGTERM, SIGHUP, SIGUSR1};
    struct loader loader;
    sigset_t signals;
    int status = EXIT_FAILURE;

    sigemptyset(&signals);
    for (size_t i = 0; i < sizeof handled / sizeof *handled; i++)
        sigaddset(&signals, handled[i]);
    if (options->command == COMMAND_SERVE)
        pthread_sigmask(SIG_BLOCK, &signals, NULL); /* before there is another thread */
    signal(SIGPIPE, SIG_IGN);
    int err = loader_init(&loader, settings);
    int signal_fd = signalfd(-1, &signals, SFD_CLOEXEC);
    if (err || signal_fd < 0) {
        log_error("no descriptors left: raise the limit (ulimit -n)");
        return EXIT_FAILURE;
    }
    deck_setup();
    switch (options->command) {
    case COMMAND_CHECK:
        status = check(&loader);
        break;
    case COMMAND_EXPLAIN:
        status = explain(settings, options->deck);
        break;
    case COMMAND_PDF:
    case COMMAND_EXPORT:
        status = make(&loader, options);
        break;
    case COMMAND_SERVE:
        status = serve(&loader, signal_fd);
        break;
    case COMMAND_HELP:
    case COMMAND_VERSION:
    case COMMAND_LICENSES:
    case COMMAND_PRINT_CONFIG:
        break; /* answered already */
    }
    deck_teardown();
    close(signal_fd);
    loader_release(&loader);
    return status;
}

static int print_config(const struct options *options)
{
    struct strbuf out = STRBUF_INIT;

    effective_append(&out, options);
    write_out(&out);
    strbuf_release(&out);
    return EXIT_SUCCESS;
}

static int settle_and_perform(const struct options *options)
{
    static const enum log_level levels[] = {
        [VERBOSITY_QUIET] = LOG_LEVEL_ERROR,
        [VERBOSITY_NORMAL] = LOG_LEVEL_INFO,
        [VERBOSITY_VERBOSE] = LOG_LEVEL_DEBUG,
    };
    struct site_settings settings;
    struct err_list errs;
    int status = EXIT_FAILURE;

    site_settings_init(&settings);
    err_list_init(&errs);
    int err = options_settle(options, &settings, &errs);
    log_init(levels[settings.verbosity],
             options->command == COMMAND_SERVE ? settings.log_style : LOG_STYLE_TEXT);
    log_problems(&errs);
    settings.exported = options->command == COMMAND_EXPORT;
    if (!err)
        status = options->command == COMMAND_PRINT_CONFIG ? print_config(options)
                                                          : perform(options, &settings);
    err_list_release(&errs);
    site_settings_release(&settings);
    return status;
}

int main(int argc, char **argv)
{
    struct options options;
    struct err_list errs;
    struct strbuf out = STRBUF_INIT;
    int status = EXIT_SUCCESS;

    err_list_init(&errs);
    if (options_parse(&options, argc, argv, &errs) < 0) {
        log_problems(&errs);
        status = EXIT_USAGE;
    } else if (options.command == COMMAND_HELP) {
        options_append_help(&out);
        write_out(&out);
    } else if (options.command == COMMAND_VERSION) {
        puts("decksd " DECKSD_VERSION);
    } else if (options.command == COMMAND_LICENSES) {
        const struct embedded *licenses = embedded_find("licenses.txt");
        fwrite(licenses->data, 1, licenses->size, stdout);
    } else {
        status = settle_and_perform(&options);
    }
    options_release(&options);
    err_list_release(&errs);
    strbuf_release(&out);
    return status;
}
