#include "deck/separators.h"

#include <errno.h>
#include <string.h>

/*
 * reveal.js's defaults as they are meant: a line of its own, also the first or the last of the
 * text or right behind another separator, perhaps with blanks after it.
 */
struct line {
    const char *pattern, *line; /* as written, and as meant */
    unsigned dashes;
};

static const struct line lines[] = {
    {DECK_SEPARATOR, "\\n?^---[ \\t]*+\\n", 3},           {"\\n---\\n", "\\n?^---[ \\t]*+\\n", 3},
    {DECK_VERTICAL_SEPARATOR, "\\n?^----[ \\t]*+\\n", 4}, {"\\n----\\n", "\\n?^----[ \\t]*+\\n", 4},
    {"\\r?\\n--\\r?\\n", "\\n?^--[ \\t]*+\\n", 2},        {"\\n--\\n", "\\n?^--[ \\t]*+\\n", 2},
};

enum { DASHES_HORIZONTAL = 1 << 3, DASHES_VERTICAL = 1 << 4 };

/* NULL for an expression of the author's own. */
static const struct line *find_line(const char *pattern)
{
    for (size_t i = 0; i < sizeof lines / sizeof lines[0]; i++)
        if (strcmp(pattern, lines[i].pattern) == 0)
            return &lines[i];
    return NULL;
}

static void complain(struct separators *s, const char *key, const char *what, const char *mend)
{
    const struct setting_origin *origin = deck_settings_origin(s->settings, key);

    err_add(s->errs, SEVERITY_WARNING, origin ? origin->file : s->file, origin ? origin->line : 0,
            0, "%s: %s, so the default is used: %s", key, what, mend);
}

/* NULL, with the problem reported, if the expression cannot be used. */
static struct regex *compile(struct separators *s, const char *key, const char *pattern,
                             unsigned flags)
{
    struct strbuf why = STRBUF_INIT;
    struct regex *regex = regex_new(span_of(pattern), flags, &why);

    if (!regex)
        complain(s, key, why.data, "write a regular expression as in JavaScript, such as ^---$");
    strbuf_release(&why);
    return regex;
}

static bool usable(struct separators *s, const char *key, const char *pattern)
{
    struct regex *regex = compile(s, key, pattern, REGEX_MULTILINE);

    regex_free(regex);
    return regex;
}

static void set_slides(struct separators *s, const char *horizontal, const char *vertical)
{
    const struct line *horizontal_line = find_line(horizontal);
    const struct line *vertical_line = vertical ? find_line(vertical) : NULL;
    struct strbuf any = STRBUF_INIT, why = STRBUF_INIT;

    /* The author's is applied without m here, as in reveal.js. */
    if (horizontal_line)
        s->horizontal = regex_new_dashes(1U << horizontal_line->dashes);
    else
        s->horizontal = compile(s, "separator", horizontal, 0);
    if (horizontal_line && (vertical_line || !vertical)) {
        s->any = regex_new_dashes(1U << horizontal_line->dashes |
                                  (vertical_line ? 1U << vertical_line->dashes : 0));
        return;
    }
    strbuf_append_text(&any, horizontal_line ? horizontal_line->line : horizontal);
    if (vertical)
        strbuf_append_format(&any, "|%s", vertical_line ? vertical_line->line : vertical);
    s->any = regex_new(strbuf_span(&any), REGEX_MULTILINE, &why);
    strbuf_release(&any);
    strbuf_release(&why);
}

static void set_default_slides(struct separators *s)
{
    regex_free(s->any);
    regex_free(s->horizontal);
    s->horizontal = regex_new_dashes(DASHES_HORIZONTAL);
    s->any = regex_new_dashes(DASHES_HORIZONTAL | DASHES_VERTICAL);
}

void separators_init(struct separators *s, const struct deck_settings *settings, const char *file,
                     struct err_list *errs)
{
    const char *horizontal = settings->separator, *vertical = settings->vertical_separator;

    *s = (struct separators){.settings = settings, .file = file, .errs = errs};
    if (!horizontal || !*horizontal || !usable(s, "separator", horizontal))
        horizontal = DECK_SEPARATOR;
    if (!vertical || !*vertical || !usable(s, "verticalSeparator", vertical))
        vertical = DECK_VERTICAL_SEPARATOR;
    if (settings->no_vertical)
        vertical = NULL;
    set_slides(s, horizontal, vertical);
    if (!s->any || !s->horizontal) {
        complain(s, "separator", "it cannot be joined with verticalSeparator",
                 "name groups differently in the two");
        set_default_slides(s);
    }
    if (settings->notes_separator && *settings->notes_separator)
        s->notes = compile(s, "notesSeparator", settings->notes_separator,
                           REGEX_MULTILINE | REGEX_CASELESS);
    if (!s->notes)
        s->notes = regex_new_notes();
}

void separators_release(struct separators *s)
{
    regex_free(s->any);
    regex_free(s->horizontal);
    regex_free(s->notes);
}

static void complain_in_use(struct separators *s, const char *key, int code)
{
    if (code == -ELOOP)
        complain(s, key, "it matches the empty text", "let it match a whole line, such as ^---$");
    else
        complain(s, key, "it takes too long on this deck",
                 "avoid a repetition inside a repetition");
    s->budget.end = INT64_MAX; /* the defaults are linear */
}

void separators_give_up_slides(struct separators *s, int code)
{
    complain_in_use(s, "separator", code);
    set_default_slides(s);
}

void separators_give_up_notes(struct separators *s, int code)
{
    complain_in_use(s, "notesSeparator", code);
    regex_free(s->notes);
    s->notes = regex_new_notes();
}
