#include "site/theme.h"

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

static const struct look {
    struct palette palette;
    enum theme_ground ground;
} looks[] = {
    {{"black", "#191919", "#fff", "#42affa"}, THEME_DARK},
    {{"black-contrast", "#000", "#fff", "#42affa"}, THEME_DARK},
    {{"blood", "#222", "#eee", "#c44"}, THEME_DARK},
    {{"dracula", "#282a36", "#f8f8f2", "#ff79c6"}, THEME_DARK},
    {{"league", "#2b2e31", "#eee", "#13daec"}, THEME_DARK},
    {{"moon", "#002b36", "#b5c2c2", "#268bd2"}, THEME_DARK},
    {{"night", "#111", "#eee", "#e7ad52"}, THEME_DARK},
    {{"beige", "#f7f3de", "#333", "#8b743d"}, THEME_LIGHT},
    {{"serif", "#f0f1eb", "#000", "#51483d"}, THEME_LIGHT},
    {{"simple", "#fff", "#000", "#00008b"}, THEME_LIGHT},
    {{"sky", "#e9f3f9", "#333", "#3b759e"}, THEME_LIGHT},
    {{"solarized", "#fdf6e3", "#4a5f66", "#268bd2"}, THEME_LIGHT},
    {{"white", "#fff", "#222", "#2a76dd"}, THEME_LIGHT},
    {{"white-contrast", "#fff", "#000", "#2a76dd"}, THEME_LIGHT},
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

enum theme_ground theme_ground(const char *theme)
{
    const struct look *look = find_look(theme);

    return look ? look->ground : THEME_UNKNOWN;
}
