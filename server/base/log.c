#include "base/log.h"

#include "base/escape.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

/* Written once by log_init, before there is a second thread. */
static struct {
    enum log_level level;
    bool journal;
} settings = {.level = LOG_LEVEL_INFO};

static const char *const priorities[] = {
    [LOG_LEVEL_ERROR] = "<3>",
    [LOG_LEVEL_WARNING] = "<4>",
    [LOG_LEVEL_INFO] = "<6>",
    [LOG_LEVEL_DEBUG] = "<7>",
};

/* JOURNAL_STREAM names device and inode of the stream that the journal reads (systemd.exec(5)). */
static bool journal_reads_stderr(void)
{
    const char *stream = getenv("JOURNAL_STREAM");
    unsigned long long device, inode;
    struct stat st;

    return stream && sscanf(stream, "%llu:%llu", &device, &inode) == 2 &&
           fstat(STDERR_FILENO, &st) == 0 && st.st_dev == device && st.st_ino == inode;
}

void log_init(enum log_level level)
{
    settings.level = level;
    settings.journal = journal_reads_stderr();
}

bool log_enabled(enum log_level level)
{
    return level <= settings.level;
}

void log_event(enum log_level level, const char *format, ...)
{
    struct strbuf text = STRBUF_INIT, line = STRBUF_INIT;
    va_list args;
    size_t sent = 0;

    if (!log_enabled(level))
        return;
    va_start(args, format);
    strbuf_append_vformat(&text, format, args);
    va_end(args);

    strbuf_append_text(&line, settings.journal ? priorities[level] : "decksd: ");
    line_text(&line, strbuf_span(&text));
    strbuf_append_char(&line, '\n');
    /* One write a line, so that lines of several threads do not mix. */
    while (sent < line.len) {
        ssize_t n = write(STDERR_FILENO, line.data + sent, line.len - sent);

        if (n < 0 && errno != EINTR)
            break; /* nobody reads standard error any more */
        sent += n > 0 ? (size_t)n : 0;
    }
    strbuf_release(&text);
    strbuf_release(&line);
}
