#include "deck/source.h"

#include "base/utf8.h"
#include "deck/front_matter.h"

#include <errno.h>
#include <iconv.h>
#include <stdint.h>
#include <string.h>

enum { CHARSET_MAX = 40 };

/* What iconv takes, without its // suffixes, which would change what is an error. */
static bool charset_is_name(struct span charset)
{
    if (charset.len == 0 || charset.len > CHARSET_MAX)
        return false;
    for (size_t i = 0; i < charset.len; i++) {
        char c = charset.data[i];
        bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');

        if (!letter && !span_set_has("-_.:", c))
            return false;
    }
    return true;
}

static bool charset_is_utf8(struct span charset)
{
    return charset.len == 0 || span_is_nocase(charset, "utf-8") ||
           span_is_nocase(charset, "utf8") || span_is_nocase(charset, "us-ascii") ||
           span_is_nocase(charset, "ascii");
}

/* The charset that the bytes themselves name, and without the mark that did so. */
static struct span charset_detect(struct span *bytes)
{
    struct front_matter matter;

    if (span_starts_with(*bytes, SPAN("\xef\xbb\xbf"))) {
        *bytes = span_from(*bytes, 3);
        return SPAN("utf-8");
    }
    if (span_starts_with(*bytes, SPAN("\xff\xfe"))) {
        *bytes = span_from(*bytes, 2);
        return SPAN("utf-16le");
    }
    if (span_starts_with(*bytes, SPAN("\xfe\xff"))) {
        *bytes = span_from(*bytes, 2);
        return SPAN("utf-16be");
    }
    if (front_matter_find(*bytes, &matter))
        return front_matter_peek(&matter, "charset");
    return span_of(NULL);
}

/* Appends what can be converted; -EILSEQ at the first bytes that cannot. */
static int convert(iconv_t converter, struct span bytes, struct strbuf *out)
{
    char *in = (char *)(uintptr_t)bytes.data; /* iconv does not write to it */
    size_t in_left = bytes.len;
    bool flush = false;

    for (;;) {
        size_t room = in_left * 2 + 64, left = room, result;
        char *to;

        strbuf_reserve(out, room);
        to = out->data + out->len;
        result = iconv(converter, flush ? NULL : &in, flush ? NULL : &in_left, &to, &left);
        out->len += room - left;
        out->data[out->len] = '\0';
        if (result == (size_t)-1 && errno != E2BIG)
            return -EILSEQ;
        if (result != (size_t)-1 && flush)
            return 0;
        flush = flush || result != (size_t)-1;
    }
}

/* The control character that begins here, which is not yet known to be text; -1 where none does. */
static int32_t control_at(struct span text, size_t *ret_len)
{
    int32_t code = utf8_decode(text, ret_len);

    return utf8_is_control(code) ? code : -1;
}

struct controls {
    int32_t first; /* -1: there are none */
    size_t at;     /* in the clean text */
};

static struct controls append_clean(struct strbuf *out, struct span text)
{
    struct controls controls = {.first = -1};
    size_t start = 0, len;

    strbuf_reserve(out, text.len + 1);
    for (size_t i = 0; i < text.len; i++) {
        int32_t control = control_at(span_from(text, i), &len);

        if (text.data[i] != '\r' && control < 0)
            continue;
        strbuf_append(out, text.data + start, i - start);
        start = i + 1;
        if (control >= 0) {
            if (controls.first < 0)
                controls = (struct controls){control, out->len};
            utf8_append(out, 0xfffd);
            i += len - 1;
            start = i + 1;
        } else if (start == text.len || text.data[start] != '\n') {
            strbuf_append_char(out, '\n');
        }
    }
    strbuf_append(out, text.data + start, text.len - start);
    if (out->len > 0 && out->data[out->len - 1] != '\n')
        strbuf_append_char(out, '\n');
    return controls;
}

void source_place(struct span text, size_t at, unsigned *ret_line, unsigned *ret_column)
{
    unsigned line = 1, column = 1;

    for (size_t i = 0; i < at && i < text.len; i++) {
        if (text.data[i] == '\n') {
            line++;
            column = 1;
        } else if (((unsigned char)text.data[i] & 0xc0) != 0x80) {
            column++;
        }
    }
    *ret_line = line;
    *ret_column = column;
}

static void report_controls(struct span text, struct controls controls, const char *file,
                            struct err_list *errs)
{
    unsigned line, column;

    if (controls.first < 0)
        return;
    source_place(text, controls.at, &line, &column);
    err_add(
        errs, SEVERITY_WARNING, file, line, column,
        "control characters, from U+%04X here on, are shown as \uFFFD: delete them, or name the "
        "file's encoding with charset:, such as windows-1252",
        (unsigned)controls.first);
}

static int decode_utf8(struct span bytes, const char *file, struct err_list *errs,
                       struct strbuf *ret_text)
{
    struct strbuf text = STRBUF_INIT;
    unsigned line, column;
    size_t bad;

    struct controls controls = append_clean(&text, bytes);
    if (utf8_valid(strbuf_span(&text), &bad)) {
        report_controls(strbuf_span(&text), controls, file, errs);
        strbuf_release(ret_text);
        *ret_text = text;
        return 0;
    }
    source_place(strbuf_span(&text), bad, &line, &column);
    err_add(errs, SEVERITY_ERROR, file, line, column,
            "byte 0x%02X is no UTF-8: save the file as UTF-8, or name its encoding with charset:, "
            "such as iso-8859-15",
            (unsigned char)text.data[bad]);
    strbuf_release(&text);
    return -EILSEQ;
}

static int decode_other(struct span bytes, struct span charset, const char *file,
                        struct err_list *errs, struct strbuf *ret_text)
{
    struct strbuf converted = STRBUF_INIT, text = STRBUF_INIT;
    char name[CHARSET_MAX + 1] = "";
    iconv_t converter = (iconv_t)-1;
    unsigned line, column;
    int result;

    if (charset_is_name(charset)) {
        memcpy(name, charset.data, charset.len);
        converter = iconv_open("UTF-8", name);
    }
    if (converter == (iconv_t)-1) {
        err_add(errs, SEVERITY_ERROR, file, 0, 0,
                "charset: \"%.*s\" is not known: use a name such as utf-8, iso-8859-15 or "
                "windows-1252",
                (int)(charset.len < CHARSET_MAX ? charset.len : CHARSET_MAX), charset.data);
        return -EILSEQ;
    }
    result = convert(converter, bytes, &converted);
    iconv_close(converter);
    struct controls controls = append_clean(&text, strbuf_span(&converted));
    if (result < 0) {
        /* The bad place is behind the last character; the clean text may have one more. */
        bool own = converted.len > 0 && span_set_has("\r\n", converted.data[converted.len - 1]);

        source_place(strbuf_span(&text), text.len - (text.len > 0 && !own), &line, &column);
        err_add(errs, SEVERITY_ERROR, file, line, column,
                "the text from here is no %s: correct charset:, or save the file as UTF-8", name);
        strbuf_release(&text);
    } else {
        report_controls(strbuf_span(&text), controls, file, errs);
        strbuf_release(ret_text);
        *ret_text = text;
    }
    strbuf_release(&converted);
    return result;
}

int source_decode(struct span bytes, const char *charset, const char *file, struct err_list *errs,
                  struct strbuf *ret_text)
{
    struct span detected = charset_detect(&bytes);
    struct span name = detected.len > 0 ? detected : span_of(charset);

    if (charset_is_utf8(name))
        return decode_utf8(bytes, file, errs, ret_text);
    return decode_other(bytes, name, file, errs, ret_text);
}
