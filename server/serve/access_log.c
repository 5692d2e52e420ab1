#include "serve/access_log.h"

#include "base/clock.h"
#include "base/log.h"
#include "base/mem.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum {
    CACHE_LINE = 64,
    BATCH_MS = 100,         /* lines wait for more, so long at most */
    QUEUE_URGENT = 1 << 18, /* bytes of a queue that are written without waiting */
    QUEUE_MAX = 4 << 20,    /* bytes of a queue beyond which lines are dropped */
    CLOSE_SECONDS = 3,      /* for what waits in the end */
    FILE_MODE = 0640,
};

/* What a serving thread has. */
struct queue {
    _Alignas(CACHE_LINE) pthread_mutex_t lock;
    struct strbuf lines;
    struct access_time at; /* its thread's alone */
};

struct access_log {
    char *path; /* NULL: standard output */
    int file;
    enum log_format format;
    unsigned lanes;
    struct queue *queues;
    atomic_uint_fast64_t dropped;
    atomic_bool said; /* that lines are dropped */

    pthread_t writer;
    bool started;
    bool torn;              /* the file ends within a line; the writer's alone */
    pthread_mutex_t lock;   /* of what follows */
    pthread_cond_t changed; /* waited for by the monotonic clock: the other one may jump */
    bool waiting, urgent, reopening, closing, closed;
};

static int open_file(const char *path, int *ret_file)
{
    /* Nobody may be reading a FIFO: that is an error now, not a reason to wait. */
    int flags = O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC | O_NOCTTY;
    int file = open(path, flags | O_NONBLOCK, FILE_MODE);

    if (file < 0)
        return -errno;
    if (fcntl(file, F_SETFL, flags) < 0) {
        close(file);
        return -errno;
    }
    *ret_file = file;
    return 0;
}

int access_log_open(const char *path, enum log_format format, unsigned lanes, struct err_list *errs,
                    struct access_log **ret_log)
{
    struct access_log *log;
    pthread_condattr_t attributes;
    int file = STDOUT_FILENO, err = 0;

    if (strcmp(path, "-") != 0)
        err = open_file(path, &file);
    if (err) {
        err_add(errs, SEVERITY_ERROR, NULL, 0, 0,
                "the access log %s cannot be written (%s): make its directory and let the user who "
                "serves (`user`) write there, or name another with --access-log",
                path, strerror(-err));
        return err;
    }
    log = mem_zero(1, sizeof *log);
    log->path = file == STDOUT_FILENO ? NULL : mem_copy_text(path);
    log->file = file;
    log->format = format;
    log->lanes = lanes;
    log->queues = mem_aligned(CACHE_LINE, lanes, sizeof *log->queues);
    for (unsigned i = 0; i < lanes; i++) {
        log->queues[i] = (struct queue){.lines = STRBUF_INIT};
        pthread_mutex_init(&log->queues[i].lock, NULL);
    }
    pthread_mutex_init(&log->lock, NULL);
    pthread_condattr_init(&attributes);
    pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC);
    pthread_cond_init(&log->changed, &attributes);
    pthread_condattr_destroy(&attributes);
    *ret_log = log;
    return 0;
}

static void drop(struct access_log *log, uint64_t lines, const char *why)
{
    atomic_fetch_add_explicit(&log->dropped, lines, memory_order_relaxed);
    if (!atomic_exchange_explicit(&log->said, true, memory_order_relaxed))
        log_warning("access log: lines are dropped: %s", why);
}

static void wake(struct access_log *log, bool *what)
{
    pthread_mutex_lock(&log->lock);
    *what = true;
    pthread_cond_broadcast(&log->changed);
    pthread_mutex_unlock(&log->lock);
}

/* A time of the clock that `changed` is waited for by. */
static struct timespec in_ms(unsigned milliseconds)
{
    uint64_t due = clock_monotonic_ns() + milliseconds * UINT64_C(1000000);

    return (struct timespec){.tv_sec = (time_t)(due / UINT64_C(1000000000)),
                             .tv_nsec = (long)(due % UINT64_C(1000000000))};
}

void access_log_append(struct access_log *log, unsigned lane, const struct access_entry *entry)
{
    struct queue *queue = &log->queues[lane];
    size_t before, len;

    access_time_set(&queue->at, log->format, time(NULL));
    pthread_mutex_lock(&queue->lock);
    before = queue->lines.len;
    if (before < QUEUE_MAX)
        access_line_append(&queue->lines, log->format, entry, &queue->at);
    len = queue->lines.len;
    pthread_mutex_unlock(&queue->lock);
    if (len == before)
        drop(log, 1, "they come faster than they can be written");
    else if (before == 0)
        wake(log, &log->waiting);
    else if (before < QUEUE_URGENT && len >= QUEUE_URGENT)
        wake(log, &log->urgent);
}

static size_t count_lines(const char *data, size_t len)
{
    size_t count = 0;

    for (size_t i = 0; i < len; i++)
        count += data[i] == '\n';
    return count;
}

static void write_lines(struct access_log *log, const struct strbuf *lines)
{
    size_t sent = 0;

    if (log->torn && write(log->file, "\n", 1) == 1)
        log->torn = false;
    while (sent < lines->len) {
        ssize_t count = write(log->file, lines->data + sent, lines->len - sent);

        if (count < 0 && errno != EINTR) {
            drop(log, count_lines(lines->data + sent, lines->len - sent), strerror(errno));
            log->torn = log->torn || (sent > 0 && lines->data[sent - 1] != '\n');
            return;
        }
        sent += count > 0 ? (size_t)count : 0;
    }
}

/* The lines of all lanes; `batch` is lent to them in turn, so that memory is kept. */
static void write_batch(struct access_log *log, struct strbuf *batch)
{
    for (unsigned i = 0; i < log->lanes; i++) {
        struct queue *queue = &log->queues[i];
        struct strbuf lines;

        pthread_mutex_lock(&queue->lock);
        lines = queue->lines;
        queue->lines = *batch;
        pthread_mutex_unlock(&queue->lock);
        *batch = lines;
        write_lines(log, batch);
        strbuf_reset(batch);
    }
}

static void reopen(struct access_log *log)
{
    int file = -1, err;

    if (!log->path)
        return;
    err = open_file(log->path, &file);
    if (err) {
        log_error("access log: %s cannot be opened again (%s): writing to the file as it was",
                  log->path, strerror(-err));
        return;
    }
    close(log->file);
    log->file = file;
    log->torn = false;
    atomic_store(&log->said, false); /* it may be another disk */
}

/* Returns when there is something to do, and lines had their time to gather. */
static void await_work(struct access_log *log)
{
    struct timespec until;

    while (!log->waiting && !log->urgent && !log->reopening && !log->closing)
        pthread_cond_wait(&log->changed, &log->lock);
    until = in_ms(BATCH_MS);
    while (!log->urgent && !log->reopening && !log->closing &&
           pthread_cond_timedwait(&log->changed, &log->lock, &until) != ETIMEDOUT)
        ;
}

static void *write_loop(void *context)
{
    struct access_log *log = context;
    struct strbuf batch = STRBUF_INIT;
    bool reopening, closing;

    do {
        pthread_mutex_lock(&log->lock);
        await_work(log);
        reopening = log->reopening;
        closing = log->closing;
        log->waiting = log->urgent = log->reopening = false;
        pthread_mutex_unlock(&log->lock);
        if (reopening)
            reopen(log);
        write_batch(log, &batch);
    } while (!closing);
    strbuf_release(&batch);
    wake(log, &log->closed);
    return NULL;
}

int access_log_start(struct access_log *log)
{
    int err = pthread_create(&log->writer, NULL, write_loop, log);

    log->started = err == 0;
    return -err;
}

void access_log_reopen(struct access_log *log)
{
    wake(log, &log->reopening);
}

uint64_t access_log_dropped(const struct access_log *log)
{
    return atomic_load_explicit(&log->dropped, memory_order_relaxed);
}

/* Ends the writer; false: it hangs. */
static bool end_writer(struct access_log *log)
{
    struct timespec until = in_ms(CLOSE_SECONDS * 1000);
    int err = 0;
    bool closed;

    pthread_mutex_lock(&log->lock);
    log->closing = true;
    pthread_cond_broadcast(&log->changed);
    while (!log->closed && err != ETIMEDOUT)
        err = pthread_cond_timedwait(&log->changed, &log->lock, &until);
    closed = log->closed;
    pthread_mutex_unlock(&log->lock);
    return closed && pthread_join(log->writer, NULL) == 0;
}

void access_log_close(struct access_log *log)
{
    if (!log)
        return;
    if (log->started && !end_writer(log)) {
        log_warning("access log: giving up on what could not be written in %d seconds",
                    CLOSE_SECONDS);
        return; /* the thread has all of it still */
    }
    if (log->path)
        close(log->file);
    for (unsigned i = 0; i < log->lanes; i++) {
        strbuf_release(&log->queues[i].lines);
        pthread_mutex_destroy(&log->queues[i].lock);
    }
    pthread_cond_destroy(&log->changed);
    pthread_mutex_destroy(&log->lock);
    free(log->queues);
    free(log->path);
    free(log);
}
