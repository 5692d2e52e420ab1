#include "conf/colour_settings.h"

#include "conf/nearest.h"

#include <ctype.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *const scheme_names[] = {[COLOUR_LIGHT] = "light", [COLOUR_DARK] = "dark"};

/* The built-in ones are those of site.css; tests/assets compares. */
static const struct colour_row {
    const char *name;
    const char *built_in[COLOUR_SCHEME_COUNT];
} rows[] = {
    [COLOUR_PAPER] = {"paper", {"#fbfaf7", "#161514"}},
    [COLOUR_RAISED] = {"raised", {"#ffffff", "#1f1d1b"}},
    [COLOUR_INK] = {"ink", {"#1d1c1a", "#ece8e1"}},
    [COLOUR_QUIET] = {"quiet", {"#65615a", "#a29c92"}},
    [COLOUR_LINE] = {"line", {"#e2ded5", "#34312d"}},
    [COLOUR_ACCENT] = {"accent", {"#a8321b", "#f2916f"}},
};

static const struct {
    enum colour letters, ground;
} pairs[] = {
    {COLOUR_INK, COLOUR_PAPER},  {COLOUR_QUIET, COLOUR_PAPER},  {COLOUR_ACCENT, COLOUR_PAPER},
    {COLOUR_INK, COLOUR_RAISED}, {COLOUR_QUIET, COLOUR_RAISED},
};

static const double least_contrast = 4.5;

const char *colour_name(enum colour colour)
{
    return rows[colour].name;
}

bool colour_settings_any(const struct colour_settings *colours, enum colour_scheme scheme)
{
    for (int i = 0; i < COLOUR_COUNT; i++)
        if (*colours->said[scheme][i])
            return true;
    return false;
}

/* "#06c" and "#0066CC" to "#0066cc". */
static bool normalize(const char *text, char ret_colour[8])
{
    size_t len = strlen(text);

    if (*text != '#' || (len != 4 && len != 7) ||
        strspn(text + 1, "0123456789abcdefABCDEF") + 1 != len)
        return false;
    for (size_t i = 0; i < 6; i++)
        ret_colour[1 + i] = (char)tolower((unsigned char)text[len == 4 ? 1 + i / 2 : 1 + i]);
    ret_colour[0] = '#';
    ret_colour[7] = '\0';
    return true;
}

static double linear(unsigned long channel)
{
    double part = (double)channel / 255;

    return part <= 0.04045 ? part / 12.92 : pow((part + 0.055) / 1.055, 2.4);
}

static double luminance(const char *colour)
{
    unsigned long value = strtoul(colour + 1, NULL, 16);

    return 0.2126 * linear(value >> 16) + 0.7152 * linear(value >> 8 & 255) +
           0.0722 * linear(value & 255);
}

static double contrast(const char *one, const char *other)
{
    double a = luminance(one), b = luminance(other);

    return a > b ? (a + 0.05) / (b + 0.05) : (b + 0.05) / (a + 0.05);
}

static const char *in_force(const struct colour_settings *colours, enum colour_scheme scheme,
                            enum colour colour)
{
    const char *said = colours->said[scheme][colour];

    return *said ? said : rows[colour].built_in[scheme];
}

static void check_scheme(const struct colour_settings *colours, enum colour_scheme scheme,
                         struct err_list *errs)
{
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        const char *letters = in_force(colours, scheme, pairs[i].letters);
        const char *ground = in_force(colours, scheme, pairs[i].ground);
        double ratio = contrast(letters, ground);

        if (ratio < least_contrast)
            err_add(errs, SEVERITY_WARNING, NULL, 0, 0,
                    "`colours`, %s: `%s` (%s) is hard to read on `%s` (%s), %.1f to 1: take "
                    "colours with at "
                    "least 4.5 to 1",
                    scheme_names[scheme], rows[pairs[i].letters].name, letters,
                    rows[pairs[i].ground].name, ground, ratio);
    }
}

void colour_settings_check(const struct colour_settings *colours, struct err_list *errs)
{
    for (int i = 0; i < COLOUR_SCHEME_COUNT; i++)
        if (colour_settings_any(colours, (enum colour_scheme)i))
            check_scheme(colours, (enum colour_scheme)i, errs);
}

static void report_unknown(const char *name, const struct node *value, bool schemes,
                           struct err_list *errs)
{
    struct nearest nearest;

    nearest_init(&nearest, name);
    for (int i = 0; i < COLOUR_COUNT; i++)
        nearest_offer(&nearest, rows[i].name);
    for (int i = 0; schemes && i < COLOUR_SCHEME_COUNT; i++)
        nearest_offer(&nearest, scheme_names[i]);
    if (nearest.best)
        err_add(errs, SEVERITY_ERROR, value->file, value->key_line, value->key_column,
                "`%s`: did you mean `%s`?", name, nearest.best);
    else
        err_add(errs, SEVERITY_ERROR, value->file, value->key_line, value->key_column,
                "`%s` is no colour of the pages: use paper, raised, ink, quiet, line, accent%s",
                name, schemes ? ", or maps of these below light and dark" : "");
}

/* The colours of a map for the schemes `first` to `last`; those are no keys within one of them. */
static void read_map(struct colour_settings *colours, const struct node *map,
                     enum colour_scheme first, enum colour_scheme last, struct err_list *errs)
{
    for (size_t i = 0; i < map->count; i++) {
        const struct node *item = map->items[i];
        char colour[8];
        int row = 0;

        while (row < COLOUR_COUNT && strcmp(rows[row].name, map->keys[i]) != 0)
            row++;
        if (first != last && (strcmp(map->keys[i], scheme_names[COLOUR_LIGHT]) == 0 ||
                              strcmp(map->keys[i], scheme_names[COLOUR_DARK]) == 0))
            continue; /* read after what holds for both */
        if (row == COLOUR_COUNT)
            report_unknown(map->keys[i], item, first != last, errs);
        else if (!item->text || item->kind == NODE_NULL || !normalize(item->text, colour))
            err_add(errs, SEVERITY_ERROR, item->file, item->line, item->column,
                    "`%s` must be a colour in quotes such as `\"#a8321b\"`%s", map->keys[i],
                    item->kind == NODE_NULL ? ": without them, `#` begins a comment" : "");
        else
            for (int scheme = (int)first; scheme <= (int)last; scheme++)
                memcpy(colours->said[scheme][row], colour, sizeof colour);
    }
}

void colour_settings_read(struct colour_settings *colours, const struct node *value,
                          struct err_list *errs)
{
    *colours = (struct colour_settings){0};
    if (value->kind == NODE_NULL)
        return;
    if (value->kind != NODE_MAP) {
        err_add(errs, SEVERITY_ERROR, value->file, value->line, value->column,
                "`colours` must be a map from names to colours, not %s",
                node_kind_name(value->kind));
        return;
    }
    read_map(colours, value, COLOUR_LIGHT, COLOUR_DARK, errs);
    for (int i = 0; i < COLOUR_SCHEME_COUNT; i++) {
        enum colour_scheme scheme = (enum colour_scheme)i;
        const struct node *map = node_get(value, scheme_names[i]);

        if (map && map->kind == NODE_MAP)
            read_map(colours, map, scheme, scheme, errs);
        else if (map && map->kind != NODE_NULL)
            err_add(errs, SEVERITY_ERROR, map->file, map->line, map->column,
                    "`%s` must be a map from names to colours, not %s", scheme_names[i],
                    node_kind_name(map->kind));
    }
}
