#include "serve/access_line.h"

#include "base/escape.h"

#include <inttypes.h>

void access_time_set(struct access_time *at, enum log_format format, time_t second)
{
    struct tm tm;

    if (at->second == second)
        return;
    at->second = second;
    if (format == LOG_FORMAT_JSON) {
        gmtime_r(&second, &tm);
        strftime(at->text, sizeof at->text, "%Y-%m-%dT%H:%M:%SZ", &tm);
    } else {
        localtime_r(&second, &tm);
        strftime(at->text, sizeof at->text, "%d/%b/%Y:%H:%M:%S %z", &tm);
    }
}

static void append_client(struct strbuf *out, const struct peer *client)
{
    char text[IP_TEXT_MAX] = "-";

    if (client->known)
        ip_build(&client->address, text);
    strbuf_append_text(out, text);
}

/* For a field between quotes. */
static void append_quotable(struct strbuf *out, struct span text)
{
    static const char digits[] = "0123456789abcdef";
    size_t from = 0;

    for (size_t i = 0; i < text.len; i++) {
        unsigned char c = (unsigned char)text.data[i];
        char escaped[] = {'\\', 'x', digits[c >> 4], digits[c & 15]};

        if (c >= ' ' && c < 0x7f && c != '"' && c != '\\')
            continue;
        strbuf_append(out, text.data + from, i - from);
        strbuf_append(out, escaped, sizeof escaped);
        from = i + 1;
    }
    strbuf_append(out, text.data + from, text.len - from);
}

static void append_quoted(struct strbuf *out, struct span text)
{
    strbuf_append_text(out, " \"");
    if (text.data)
        append_quotable(out, text);
    else
        strbuf_append_char(out, '-');
    strbuf_append_char(out, '"');
}

static void append_combined(struct strbuf *out, const struct access_entry *entry,
                            const struct access_time *at)
{
    append_client(out, entry->client);
    strbuf_append_text(out, " - - [");
    strbuf_append_text(out, at->text);
    strbuf_append_text(out, "] \"");
    append_quotable(out, entry->method);
    strbuf_append_char(out, ' ');
    append_quotable(out, entry->target);
    strbuf_append_char(out, ' ');
    append_quotable(out, entry->version);
    if (entry->complete)
        strbuf_append_format(out, "\" %u %" PRIu64, entry->outcome.status, entry->outcome.bytes);
    else
        strbuf_append_format(out, "\" %u -", entry->outcome.status);
    append_quoted(out, entry->referer);
    append_quoted(out, entry->agent);
}

static void append_member(struct strbuf *out, const char *name, struct span value)
{
    struct strbuf printable = STRBUF_INIT;

    if (!value.data)
        return;
    line_text(&printable, value);
    strbuf_append_format(out, ",\"%s\":", name);
    json_text(out, strbuf_span(&printable));
    strbuf_release(&printable);
}

static void append_json(struct strbuf *out, const struct access_entry *entry,
                        const struct access_time *at)
{
    strbuf_append_format(out, "{\"time\":\"%s\",\"client\":\"", at->text);
    append_client(out, entry->client);
    strbuf_append_char(out, '"');
    append_member(out, "method", entry->method);
    append_member(out, "target", entry->target);
    append_member(out, "version", entry->version);
    strbuf_append_format(out, ",\"status\":%u,\"complete\":%s,\"bytes\":", entry->outcome.status,
                         entry->complete ? "true" : "false");
    if (entry->complete)
        strbuf_append_format(out, "%" PRIu64, entry->outcome.bytes);
    else
        strbuf_append_text(out, "null");
    strbuf_append_format(out, ",\"encoding\":\"%s\",\"seconds\":%" PRIu64 ".%06" PRIu64,
                         coding_name(entry->outcome.coding), entry->nanoseconds / 1000000000,
                         entry->nanoseconds / 1000 % 1000000);
    append_member(out, "referer", entry->referer);
    append_member(out, "userAgent", entry->agent);
    strbuf_append_char(out, '}');
}

void access_line_append(struct strbuf *out, enum log_format format,
                        const struct access_entry *entry, const struct access_time *at)
{
    if (format == LOG_FORMAT_JSON)
        append_json(out, entry, at);
    else
        append_combined(out, entry, at);
    strbuf_append_char(out, '\n');
}
