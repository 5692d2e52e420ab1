#include "site/theme.h"

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

static const char light[] = " on-light", dark[] = " on-dark";

static const struct look {
    struct palette palette;
    const char *ground_class;
} looks[] = {
    {{"black", "#191919", "#fff", "#42affa"}, dark},
    {{"black-contrast", "#000", "#fff", "#42affa"}, dark},
    {{"blood", "#222", "#eee", "#c44"}, dark},
    {{"dracula", "#282a36", "#f8f8f2", "#ff79c6"}, dark},
    {{"league", "#2b2e31", "#eee", "#13daec"}, dark},
    {{"moon", "#002b36", "#b5c2c2", "#268bd2"}, dark},
    {{"night", "#111", "#eee", "#e7ad52"}, dark},
    {{"beige", "#f7f3de", "#333", "#8b743d"}, light},
    {{"serif", "#f0f1eb", "#000", "#51483d"}, light},
    {{"simple", "#fff", "#000", "#00008b"}, light},
    {{"sky", "#e9f3f9", "#333", "#3b759e"}, light},
    {{"solarized", "#fdf6e3", "#4a5f66", "#268bd2"}, light},
    {{"white", "#fff", "#222", "#2a76dd"}, light},
    {{"white-contrast", "#fff", "#000", "#2a76dd"}, light},
};

/* "themes/moon.css" is moon, too. */
static bool is_theme(const char *name, const char *theme)
{
    const char *slash = strrchr(name, '/');
    const char *base = slash ? slash + 1 : name;
    size_t len = strlen(theme);

    return strncmp(base, theme, len) == 0 && (!base[len] || strcmp(base + len, ".css") == 0);
}

static const struct look *find_look(const char *theme)
{
    for (size_t i = 0; i < sizeof looks / sizeof *looks; i++)
        if (is_theme(theme ? theme : "black", looks[i].palette.theme))
            return &looks[i];
    return NULL;
}

const struct palette *theme_palette(const char *theme)
{
    const struct look *look = find_look(theme);

    return look ? &look->palette : NULL;
}

const char *theme_ground_class(const char *theme)
{
    const struct look *look = find_look(theme);

    return look ? look->ground_class : "";
}
