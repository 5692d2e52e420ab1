#include "live/loader.h"

#include "base/clock.h"
#include "base/log.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <unistd.h>

enum { PROGRESS_AFTER_MS = 500 };

int loader_init(struct loader *loader, const struct site_settings *settings)
{
    *loader = (struct loader){
        .settings = settings,
        .progress = settings->verbosity != VERBOSITY_QUIET && isatty(STDERR_FILENO),
    };
    loader->done_fd = eventfd(0, EFD_CLOEXEC);
    return loader->done_fd < 0 ? -errno : 0;
}

void loader_release(struct loader *loader)
{
    close(loader->done_fd);
}

unsigned loader_ms(const struct loader *loader)
{
    return (unsigned)((clock_monotonic_ns() - loader->started) / 1000000);
}

/* Called from one thread at a time. */
static void show_progress(void *context, size_t done, size_t count)
{
    const struct loader *loader = context;

    if (loader->progress && loader_ms(loader) > PROGRESS_AFTER_MS)
        fprintf(stderr, "\rdecksd: loading deck %zu of %zu", done, count);
}

static void *load(void *context)
{
    struct loader *loader = context;
    uint64_t one = 1;

    loader->err = site_load(loader->settings, loader->site, show_progress, loader, &loader->site);
    if (write(loader->done_fd, &one, sizeof one) != sizeof one)
        abort(); /* an eventfd's counter cannot be full after one */
    return NULL;
}

int loader_start(struct loader *loader)
{
    loader->started = clock_monotonic_ns();
    int err = pthread_create(&loader->thread, NULL, load, loader);
    if (err)
        log_error("no thread to load decks on: %s", strerror(err));
    loader->running = !err;
    return -err;
}

static const char *advice(int err)
{
    switch (err) {
    case -EACCES:
        return ", and that the user who serves (`user`) may read them; after another directory has "
               "taken its place, restart";
    case -ENOMEDIUM:
        return ": it is empty, as where a disk is not mounted; to serve no decks, restart";
    default:
        return "";
    }
}

struct site *loader_finish(struct loader *loader)
{
    uint64_t count;

    pthread_join(loader->thread, NULL);
    loader->running = false;
    if (read(loader->done_fd, &count, sizeof count) != sizeof count)
        abort(); /* it was readable */
    if (loader->progress && loader_ms(loader) > PROGRESS_AFTER_MS)
        fputs("\r\033[K", stderr);
    if (loader->err)
        log_error("the decks in %s cannot be read: %s: check --root%s", loader->settings->root,
                  strerror(-loader->err), advice(loader->err));
    return loader->err ? NULL : loader->site;
}
