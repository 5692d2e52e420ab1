#include "base/log.h"

#include "base/escape.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

/* Written once by log_init, before there is a second thread. */
static struct {
    enum log_level level;
    enum log_style style;
    enum log_style announcing; /* on standard output */
    bool journal;
} settings = {LOG_LEVEL_INFO, LOG_STYLE_TEXT, LOG_STYLE_TEXT, false};

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

void log_init(enum log_level level, enum log_style style)
{
    bool is_auto = style == LOG_STYLE_AUTO;

    settings.level = level;
    settings.journal = journal_reads_stderr();
    settings.style = !is_auto ? style : isatty(STDERR_FILENO) ? LOG_STYLE_TEXT : LOG_STYLE_LOGFMT;
    settings.announcing = is_auto && !settings.journal ? LOG_STYLE_TEXT : settings.style;
}

bool log_enabled(enum log_level level)
{
    return level <= settings.level;
}

/* RFC 3339, to the millisecond. */
static void append_time(struct strbuf *out)
{
    struct timespec now;
    struct tm parts;
    char text[32];

    clock_gettime(CLOCK_REALTIME, &now);
    gmtime_r(&now.tv_sec, &parts);
    strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%S", &parts);
    strbuf_append_format(out, "%s.%03ldZ", text, now.tv_nsec / 1000000);
}

/* In quotes; safe already. */
static void append_quoted(struct strbuf *out, struct span text)
{
    strbuf_append_char(out, '"');
    for (size_t i = 0; i < text.len; i++) {
        if (text.data[i] == '"' || text.data[i] == '\\')
            strbuf_append_char(out, '\\');
        strbuf_append_char(out, text.data[i]);
    }
    strbuf_append_char(out, '"');
}

static void append_field(struct strbuf *out, enum log_style style, const char *name,
                         const char *value)
{
    struct strbuf safe = STRBUF_INIT;

    line_text(&safe, span_of(value));
    if (style == LOG_STYLE_JSON) {
        strbuf_append_format(out, ",\"%s\":", name);
        json_text(out, strbuf_span(&safe));
    } else {
        strbuf_append_format(out, " %s=", name);
        append_quoted(out, strbuf_span(&safe));
    }
    strbuf_release(&safe);
}

static void append_number(struct strbuf *out, enum log_style style, const char *name,
                          unsigned value)
{
    if (value > 0)
        strbuf_append_format(out, style == LOG_STYLE_JSON ? ",\"%s\":%u" : " %s=%u", name, value);
}

/* Time and level. */
static void append_head(struct strbuf *out, enum log_style style, enum log_level level)
{
    static const char *const names[] = {
        [LOG_LEVEL_ERROR] = "error",
        [LOG_LEVEL_WARNING] = "warning",
        [LOG_LEVEL_INFO] = "info",
        [LOG_LEVEL_DEBUG] = "debug",
    };
    bool is_json = style == LOG_STYLE_JSON;

    strbuf_append_text(out, is_json ? "{" : "");
    if (!settings.journal) {
        strbuf_append_text(out, is_json ? "\"time\":\"" : "time=");
        append_time(out);
        strbuf_append_text(out, is_json ? "\"," : " ");
    }
    strbuf_append_format(out, is_json ? "\"level\":\"%s\"" : "level=%s", names[level]);
}

static void append_line(struct strbuf *out, enum log_style style, enum log_level level,
                        const struct err *err, const char *text)
{
    strbuf_append_text(out, settings.journal ? priorities[level] : "");
    if (style == LOG_STYLE_TEXT) {
        strbuf_append_text(out, settings.journal ? "" : "decksd: ");
        if (err)
            err_append_line(out, err);
        else
            line_text(out, span_of(text));
    } else {
        append_head(out, style, level);
        append_field(out, style, style == LOG_STYLE_JSON ? "message" : "msg", text);
        if (err) {
            append_field(out, style, "file", err->file);
            append_number(out, style, "line", err->line);
            append_number(out, style, "column", err->column);
        }
        strbuf_append_text(out, style == LOG_STYLE_JSON ? "}" : "");
    }
    strbuf_append_char(out, '\n');
}

/* One write a line, so that lines of several threads do not mix. */
static void write_line(int fd, const struct strbuf *line)
{
    size_t sent = 0;

    while (sent < line->len) {
        ssize_t n = write(fd, line->data + sent, line->len - sent);

        if (n < 0 && errno != EINTR)
            break; /* nobody reads it any more, or there is no room: we go on */
        sent += n > 0 ? (size_t)n : 0;
    }
}

static void say(enum log_level level, const struct err *err, const char *text)
{
    struct strbuf line = STRBUF_INIT;

    append_line(&line, settings.style, level, err, text);
    write_line(STDERR_FILENO, &line);
    strbuf_release(&line);
}

void log_event(enum log_level level, const char *format, ...)
{
    struct strbuf text = STRBUF_INIT;
    va_list args;

    if (!log_enabled(level))
        return;
    va_start(args, format);
    strbuf_append_vformat(&text, format, args);
    va_end(args);
    say(level, NULL, text.data);
    strbuf_release(&text);
}

void log_problems(const struct err_list *errs)
{
    static const enum log_level levels[] = {
        [SEVERITY_ERROR] = LOG_LEVEL_ERROR,
        [SEVERITY_WARNING] = LOG_LEVEL_WARNING,
        [SEVERITY_NOTE] = LOG_LEVEL_DEBUG,
    };

    vec_each (&errs->list, err)
        if (log_enabled(levels[err->severity]))
            say(levels[err->severity], err->file ? err : NULL, err->text);
    if (errs->dropped)
        log_warning("and %zu more problems", errs->dropped);
}

void log_announce(const char *text)
{
    struct strbuf line = STRBUF_INIT;

    append_line(&line, settings.announcing, LOG_LEVEL_INFO, NULL, text);
    write_line(STDOUT_FILENO, &line);
    strbuf_release(&line);
}
