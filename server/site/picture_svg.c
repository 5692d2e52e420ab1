#include "site/picture_svg.h"

#include <math.h>
#include <stddef.h>

static bool is_space(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/* Behind the first `mark` in the text; empty where it does not occur. */
static struct span behind(struct span text, struct span mark)
{
    ptrdiff_t at = span_find(text, mark);

    return span_from(text, at < 0 ? text.len : (size_t)at + mark.len);
}

/* A document type may hold declarations of its own in brackets. */
static struct span behind_doctype(struct span text)
{
    ptrdiff_t bracket = span_find_char(text, '['), end = span_find_char(text, '>');

    if (bracket >= 0 && bracket < end)
        text = behind(text, SPAN("]"));
    return behind(text, SPAN(">"));
}

/* Cuts the text down to what follows "<svg"; false where the first element is another. */
static bool find_root(struct span *text)
{
    if (span_starts_with(*text, SPAN("\xef\xbb\xbf")))
        *text = span_from(*text, 3);
    for (;;) {
        *text = span_trim(*text);
        if (span_starts_with(*text, SPAN("<?")))
            *text = behind(*text, SPAN("?>"));
        else if (span_starts_with(*text, SPAN("<!--")))
            *text = behind(*text, SPAN("-->"));
        else if (span_starts_with(*text, SPAN("<!")))
            *text = behind_doctype(*text);
        else
            break;
    }
    if (!span_starts_with(*text, SPAN("<svg")) || text->len < 5 || !is_space(text->data[4]))
        return false;
    *text = span_from(*text, 4);
    return true;
}

/* Cuts `name="value"` off the text; false at the element's end or where the syntax breaks. */
static bool next_attribute(struct span *text, struct span *ret_name, struct span *ret_value)
{
    ptrdiff_t equals, end;
    struct span value;

    *text = span_trim(*text);
    if (text->len == 0 || text->data[0] == '>' || text->data[0] == '/')
        return false;
    equals = span_find_char(*text, '=');
    if (equals < 0)
        return false;
    *ret_name = span_trim(span_cut(*text, 0, (size_t)equals));
    value = span_trim(span_from(*text, (size_t)equals + 1));
    if (value.len == 0 || (value.data[0] != '"' && value.data[0] != '\''))
        return false;
    end = span_find_char(span_from(value, 1), value.data[0]);
    if (end < 0)
        return false;
    *ret_value = span_cut(value, 1, (size_t)end + 1);
    *text = span_from(value, (size_t)end + 2);
    return true;
}

/* A decimal number cut off the text, without the locale's or C's other forms; NAN if none. */
static double next_number(struct span *text)
{
    double value = 0, unit = 1;
    size_t at = 0, digits = 0;
    bool fraction = false;

    for (; at < text->len; at++) {
        char c = text->data[at];

        if (c == '.' && !fraction) {
            fraction = true;
        } else if (c >= '0' && c <= '9' && digits < 15) {
            digits++;
            value = value * 10 + (c - '0');
            unit *= fraction ? 10 : 1;
        } else {
            break;
        }
    }
    *text = span_from(*text, at);
    return digits ? value / unit : (double)NAN;
}

/* CSS pixels (CSS Values 4 §6.2), NAN for what depends on its surroundings. */
static double parse_length(struct span text)
{
    static const struct {
        const char *name;
        double pixels;
    } units[] = {
        {"", 1},           {"px", 1},         {"pt", 96.0 / 72}, {"pc", 16},
        {"mm", 96 / 25.4}, {"cm", 96 / 2.54}, {"in", 96},
    };
    double value;

    text = span_trim(text);
    value = next_number(&text);
    for (size_t i = 0; i < sizeof units / sizeof *units; i++)
        if (span_is_nocase(text, units[i].name))
            return value * units[i].pixels;
    return (double)NAN;
}

/* Width through height of "min-x min-y width height". */
static double parse_ratio(struct span text)
{
    double numbers[4];

    for (size_t i = 0; i < 4; i++) {
        while (text.len > 0 && (is_space(text.data[0]) || text.data[0] == ','))
            text = span_from(text, 1);
        if (i < 2 && text.len > 0 && text.data[0] == '-')
            text = span_from(text, 1);
        numbers[i] = next_number(&text);
    }
    return numbers[2] / numbers[3];
}

bool picture_svg_measure(struct span head, unsigned largest, unsigned *ret_width,
                         unsigned *ret_height)
{
    double width = (double)NAN, height = (double)NAN, ratio = (double)NAN;
    struct span name, value;

    if (!find_root(&head))
        return false;
    while (next_attribute(&head, &name, &value)) {
        if (span_is(name, "width"))
            width = parse_length(value);
        else if (span_is(name, "height"))
            height = parse_length(value);
        else if (span_is(name, "viewBox"))
            ratio = parse_ratio(value);
    }
    if (isnan(width))
        width = height * ratio;
    else if (isnan(height))
        height = width / ratio;
    /* Comparisons with NAN are false, so this also refuses what was not stated. */
    if (!(width >= 0.5 && width <= largest && height >= 0.5 && height <= largest))
        return false;
    *ret_width = (unsigned)(width + 0.5);
    *ret_height = (unsigned)(height + 0.5);
    return true;
}
