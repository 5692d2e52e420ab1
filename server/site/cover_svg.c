#include "site/cover_svg.h"

#include "base/digest.h"
#include "base/escape.h"
#include "site/cover_text.h"
#include "site/theme.h"

#include <stdlib.h>
#include <string.h>

enum { MARGIN = 44, LINE_SIZE = 22 };

/* A number below `below`, from the digest's hexadecimal digit `at` on. */
static unsigned long draw(const struct digest *digest, size_t at, unsigned long below)
{
    char digits[5] = {0};

    memcpy(digits, digest->text + at, 4);
    return strtoul(digits, NULL, 16) % below;
}

/* Circles around a corner. */
static void append_rings(struct strbuf *out, const struct digest *digest)
{
    unsigned long step = 26 + draw(digest, 4, 18);

    for (unsigned long i = 1; i <= 7; i++)
        strbuf_append_format(out, "<circle cx=\"640\" cy=\"360\" r=\"%lu\"/>\n", i * step);
}

/* Slides, one behind the other. */
static void append_stack(struct strbuf *out, const struct digest *digest)
{
    unsigned long step = 16 + draw(digest, 4, 12);

    for (unsigned long i = 0; i < 6; i++)
        strbuf_append_format(out,
                             "<rect x=\"%lu\" y=\"%lu\" width=\"240\" height=\"135\" rx=\"6\"/>\n",
                             420 + i * step, 210 + i * step);
}

/* Lines that rise. */
static void append_lines(struct strbuf *out, const struct digest *digest)
{
    unsigned long step = 18 + draw(digest, 4, 14), rise = 60 + draw(digest, 8, 90);

    for (unsigned long i = 0; i < 9; i++)
        strbuf_append_format(out, "<path d=\"M%lu 360l240-%lu\"/>\n", 330 + i * step, rise);
}

/* Waves. */
static void append_waves(struct strbuf *out, const struct digest *digest)
{
    unsigned long height = 20 + draw(digest, 4, 40);

    for (unsigned long i = 0; i < 6; i++)
        strbuf_append_format(out, "<path d=\"M300 %luc80 0 90-%lu 170-%lus90 %lu 170 %lu\"/>\n",
                             360 - i * 14, height, height, height, height);
}

static void append_figure(struct strbuf *out, const struct digest *digest)
{
    static void (*const figures[])(struct strbuf *, const struct digest *) = {
        append_rings, append_stack, append_lines, append_waves};

    figures[draw(digest, 0, sizeof figures / sizeof *figures)](out, digest);
}

/* The largest letters with which the title fits. */
static unsigned fit_title(struct cover_text *text, struct span title)
{
    static const struct fit {
        unsigned size;
        size_t lines;
    } fits[] = {{58, 3}, {46, 4}, {38, 5}};
    enum { FIT_COUNT = sizeof fits / sizeof *fits };
    size_t i = 0;

    for (;; i++) {
        unsigned width = (COVER_WIDTH - 2 * MARGIN) * 1000 / fits[i].size;

        cover_text_wrap(text, title, width, fits[i].lines);
        if (text->whole || i == FIT_COUNT - 1)
            return fits[i].size;
        cover_text_release(text);
    }
}

static void append_text(struct strbuf *out, const struct cover_text *text, unsigned x, unsigned y,
                        unsigned size, const char *attributes)
{
    for (size_t i = 0; i < text->count; i++) {
        strbuf_append_format(out, "<text x=\"%u\" y=\"%u\" font-size=\"%u\"%s>", x,
                             y + (unsigned)i * (size + size / 6), size, attributes);
        html_text(out, strbuf_span(&text->lines[i]));
        strbuf_append_text(out, "</text>\n");
    }
}

static void append_start(struct strbuf *out, const struct cover_words *words,
                         const struct digest *digest)
{
    const struct palette *palette = theme_palette(words->theme);
    unsigned long hue = draw(digest, 12, 360);

    strbuf_append_format(out, "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\"",
                         COVER_WIDTH, COVER_HEIGHT);
    strbuf_append_format(out, " width=\"%d\" height=\"%d\"", COVER_WIDTH, COVER_HEIGHT);
    if (words->lang.len > 0) {
        strbuf_append_text(out, " lang=\"");
        html_attr(out, words->lang);
        strbuf_append_char(out, '"');
    }
    strbuf_append_text(out, ">\n<rect width=\"100%\" height=\"100%\" fill=\"");
    if (palette)
        strbuf_append_format(
            out, "%s\"/>\n<g fill=\"none\" stroke=\"%s\" stroke-width=\"2\" opacity=\".45\">\n",
            palette->ground, palette->accent);
    else
        strbuf_append_format(
            out,
            "hsl(%lu,28%%,20%%)\"/>\n<g fill=\"none\" stroke=\"hsl(%lu,65%%,70%%)\" "
            "stroke-width=\"2\" opacity=\".45\">\n",
            hue, hue);
    append_figure(out, digest);
    strbuf_append_format(out,
                         "</g>\n<g fill=\"%s\" "
                         "font-family=\"system-ui,'Segoe UI',Roboto,'Noto Sans',sans-serif\"%s>\n",
                         palette ? palette->ink : "#fff",
                         cover_text_runs_left(words->title) ? " direction=\"rtl\"" : "");
}

void cover_svg_render(struct strbuf *out, const struct cover_words *words)
{
    struct digest digest = digest_bytes(words->title);
    struct cover_text title, line;
    unsigned x = cover_text_runs_left(words->title) ? COVER_WIDTH - MARGIN : MARGIN;
    unsigned size = fit_title(&title, words->title);

    cover_text_wrap(&line, words->line, (COVER_WIDTH - 2 * MARGIN) * 1000 / LINE_SIZE, 1);
    append_start(out, words, &digest);
    append_text(out, &title, x, MARGIN + size, size, " font-weight=\"600\"");
    if (words->line.len > 0)
        append_text(out, &line, x, COVER_HEIGHT - MARGIN, LINE_SIZE, "");
    strbuf_append_text(out, "</g>\n</svg>\n");
    cover_text_release(&title);
    cover_text_release(&line);
}
