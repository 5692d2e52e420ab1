#include "deck/separators.h"

#include <assert.h>
#include <errno.h>
#include <string.h>

/*
 * reveal.js's defaults as they are meant: a line of its own, also the first or the last of the
 * text or right behind another separator, perhaps with blanks after it.
 */
#define LINE_OF(dashes) "\\n?^" dashes "[ \\t]*+\\n"
#define DEFAULT_HORIZONTAL LINE_OF("---")
#define DEFAULT_VERTICAL LINE_OF("----")

/*
 * As `^\s*notes?:`, but linear in blank lines; those before it end up behind the body. White space
 * is spelled out, as PCRE2 takes 3 ms to find the other cases of all that [^\S\n] leaves out.
 */
#define DEFAULT_NOTES                                                                              \
    "^[\\t\\v\\f\\r "                                                                              \
    "\\u00a0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000\\ufeff]*+notes?:"

/* The same line, if the expression is a plain `\r?\n---\r?\n` or a shorter spelling of it. */
static const char *as_line(const char *pattern)
{
    static const struct {
        const char *pattern, *line;
    } known[] = {
        {DECK_SEPARATOR, DEFAULT_HORIZONTAL},        {"\\n---\\n", DEFAULT_HORIZONTAL},
        {DECK_VERTICAL_SEPARATOR, DEFAULT_VERTICAL}, {"\\n----\\n", DEFAULT_VERTICAL},
        {"\\r?\\n--\\r?\\n", LINE_OF("--")},         {"\\n--\\n", LINE_OF("--")},
    };

    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++)
        if (strcmp(pattern, known[i].pattern) == 0)
            return known[i].line;
    return pattern;
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

static struct regex *compile_own(const char *pattern, unsigned flags)
{
    struct strbuf why = STRBUF_INIT;
    struct regex *regex = regex_new(span_of(pattern), flags, &why);

    assert(regex);
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
    const char *horizontal_line = as_line(horizontal);
    struct strbuf any = STRBUF_INIT, why = STRBUF_INIT;

    /* Ours needs m for its ^; the author's is applied without, as in reveal.js. */
    s->horizontal =
        compile_own(horizontal_line, horizontal_line == horizontal ? 0 : REGEX_MULTILINE);
    strbuf_append_text(&any, horizontal_line);
    if (vertical)
        strbuf_append_format(&any, "|%s", as_line(vertical));
    s->any = regex_new(strbuf_span(&any), REGEX_MULTILINE, &why);
    strbuf_release(&any);
    strbuf_release(&why);
}

static void set_default_slides(struct separators *s)
{
    regex_free(s->any);
    regex_free(s->horizontal);
    s->horizontal = compile_own(DEFAULT_HORIZONTAL, REGEX_MULTILINE);
    s->any = compile_own(DEFAULT_HORIZONTAL "|" DEFAULT_VERTICAL, REGEX_MULTILINE);
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
    if (!s->any) {
        complain(s, "separator", "it cannot be joined with verticalSeparator",
                 "name groups differently in the two");
        set_default_slides(s);
    }
    if (settings->notes_separator && *settings->notes_separator)
        s->notes = compile(s, "notesSeparator", settings->notes_separator,
                           REGEX_MULTILINE | REGEX_CASELESS);
    if (!s->notes)
        s->notes = compile_own(DEFAULT_NOTES, REGEX_MULTILINE | REGEX_CASELESS);
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
    s->notes = compile_own(DEFAULT_NOTES, REGEX_MULTILINE | REGEX_CASELESS);
}
