#include "site/cover_text.h"

#include "base/utf8.h"

enum { ELLIPSIS = 1000, ZERO_WIDTH_JOINER = 0x200d };

/* As in the widest of the fonts that systems have, in bold. */
static unsigned width_of(int32_t c)
{
    if (c < 0x80 && span_set_has("iIjl.,:;'|! ", (char)c))
        return 400;
    if (c < 0x80 && span_set_has("frt()[]/-", (char)c))
        return 500;
    if (c < 0x80 && span_set_has("mwMW@%<>=+", (char)c))
        return 1050;
    if (c >= 'A' && c <= 'Z')
        return 810;
    return utf8_columns(c) == 0 ? 0 : utf8_columns(c) == 1 ? 710 : 1040;
}

static bool is_blank(int32_t c)
{
    return c == ' ' || (c >= '\t' && c <= '\r') || c == 0x3000;
}

/* Characters of XML (§2.2) that are no controls. */
static bool is_drawable(int32_t c)
{
    return c >= 0x20 && (c < 0x7f || c > 0x9f) && c != 0xfffe && c != 0xffff;
}

/* What is being put on lines. */
struct wrapping {
    struct cover_text *text;
    unsigned width, used; /* of the line so far */
    size_t most;
    struct strbuf piece; /* what has to stay together, and is not on a line yet */
    unsigned piece_width;
    bool gap; /* a blank goes before the piece */
};

static struct strbuf *line_of(struct wrapping *wrapping)
{
    return &wrapping->text->lines[wrapping->text->count - 1];
}

/* A new line; false where there is none left. */
static bool begin_line(struct wrapping *wrapping)
{
    if (wrapping->text->count == wrapping->most)
        return false;
    strbuf_init(&wrapping->text->lines[wrapping->text->count++]);
    wrapping->used = 0;
    return true;
}

/* Puts the piece on this line or the next one; false where it does not fit any more. */
static bool place_piece(struct wrapping *wrapping)
{
    unsigned blank = wrapping->gap && wrapping->used > 0 ? width_of(' ') : 0;

    if (wrapping->piece.len == 0)
        return true;
    if (wrapping->used > 0 && wrapping->used + blank + wrapping->piece_width > wrapping->width) {
        if (!begin_line(wrapping))
            return false;
        blank = 0;
    }
    if (blank > 0)
        strbuf_append_char(line_of(wrapping), ' ');
    strbuf_append_span(line_of(wrapping), strbuf_span(&wrapping->piece));
    wrapping->used += blank + wrapping->piece_width;
    wrapping->piece_width = 0;
    wrapping->gap = false;
    strbuf_reset(&wrapping->piece);
    return true;
}

/* Whether a line may end before `c` that follows `before`, though no blank is there. */
static bool may_break(const struct wrapping *wrapping, int32_t before, int32_t c)
{
    bool glued = width_of(c) == 0 || before == ZERO_WIDTH_JOINER;

    if (wrapping->piece.len == 0 || glued)
        return false;
    return utf8_columns(c) == 2 || utf8_columns(before) == 2 ||
           wrapping->piece_width + width_of(c) > wrapping->width;
}

static bool put_words(struct wrapping *wrapping, struct span words)
{
    int32_t before = 0;
    size_t len;

    for (; words.len > 0; words = span_from(words, len)) {
        int32_t c = utf8_decode(words, &len);

        if (c < 0)
            len = 1;
        if (c < 0 || (!is_drawable(c) && !is_blank(c)))
            continue;
        if ((is_blank(c) || may_break(wrapping, before, c)) && !place_piece(wrapping))
            return false;
        before = c;
        if (is_blank(c)) {
            wrapping->gap = true;
            continue;
        }
        strbuf_append(&wrapping->piece, words.data, len);
        wrapping->piece_width += width_of(c);
    }
    return place_piece(wrapping);
}

/* Takes characters off the last line until there is room for `…`. */
static void end_short(struct wrapping *wrapping)
{
    struct strbuf *line = line_of(wrapping);

    while (line->len > 0 && wrapping->used + ELLIPSIS > wrapping->width) {
        size_t at = line->len - 1, len;

        while (at > 0 && ((unsigned char)line->data[at] & 0xc0) == 0x80)
            at--;
        wrapping->used -= width_of(utf8_decode(span_from(strbuf_span(line), at), &len));
        strbuf_truncate(line, at);
    }
    strbuf_append_text(line, "…");
}

void cover_text_wrap(struct cover_text *text, struct span words, unsigned width, size_t most)
{
    struct wrapping wrapping = {
        .text = text, .width = width, .most = most, .piece = STRBUF_INIT, .gap = false};

    *text = (struct cover_text){0};
    begin_line(&wrapping);
    text->whole = put_words(&wrapping, words);
    if (!text->whole)
        end_short(&wrapping);
    strbuf_release(&wrapping.piece);
}

void cover_text_release(struct cover_text *text)
{
    for (size_t i = 0; i < text->count; i++)
        strbuf_release(&text->lines[i]);
    *text = (struct cover_text){0};
}

bool cover_text_runs_left(struct span words)
{
    size_t len;

    for (; words.len > 0; words = span_from(words, len)) {
        int32_t c = utf8_decode(words, &len);

        if (c < 0)
            len = 1;
        else if (utf8_is_right_to_left(c))
            return true;
        else if (utf8_is_word(c) && (c > '9' || c < '0'))
            return false;
    }
    return false;
}
