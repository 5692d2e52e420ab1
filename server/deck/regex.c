#include "deck/regex.h"

#include "base/mem.h"
#include "deck/regex_translate.h"
#include "deck/usual.h"

#include <errno.h>
#include <string.h>
#include <time.h>

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

enum {
    PATTERN_MAX = 1000,          /* bytes */
    STEPS_MAX = 200 * 1000,      /* of backtracking, from one place in the text */
    DEPTH_MAX = 50 * 1000,       /* of backtracking */
    HEAP_MAX = 16 * 1024,        /* KiB */
    WINDOW = 64,                 /* places tried before the clock is looked at */
    BUDGET = 1000 * 1000 * 1000, /* nanoseconds */
};

enum kind { KIND_PATTERN, KIND_DASHES, KIND_NOTES };

struct regex {
    enum kind kind;
    unsigned lengths; /* KIND_DASHES */
    pcre2_code *code; /* KIND_PATTERN, as the rest */
    pcre2_match_context *context;
    pcre2_match_data *match;
};

static int64_t time_of(clockid_t clock)
{
    struct timespec now;

    clock_gettime(clock, &now);
    return (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
}

static void start(struct regex_budget *budget)
{
    budget->end = time_of(CLOCK_THREAD_CPUTIME_ID) + BUDGET;
    budget->check = time_of(CLOCK_MONOTONIC) + BUDGET;
}

/* Asking for the thread's time is a system call, asking for the other one is not. */
static bool is_spent(const struct regex_budget *budget)
{
    return time_of(CLOCK_MONOTONIC) > budget->check &&
           time_of(CLOCK_THREAD_CPUTIME_ID) > budget->end;
}

static pcre2_code *compile(struct span pattern, unsigned flags, struct strbuf *why)
{
    uint32_t options = PCRE2_UTF | PCRE2_NO_UTF_CHECK | PCRE2_MATCH_UNSET_BACKREF |
                       PCRE2_ALLOW_EMPTY_CLASS | PCRE2_USE_OFFSET_LIMIT | PCRE2_DOLLAR_ENDONLY;
    pcre2_compile_context *context = pcre2_compile_context_create(NULL);
    PCRE2_UCHAR message[200];
    pcre2_code *code;
    size_t at;
    int err;

    if (!context)
        mem_exhausted();
    pcre2_set_newline(context, PCRE2_NEWLINE_LF);
    pcre2_set_parens_nest_limit(context, 50);
    if (flags & REGEX_MULTILINE)
        options |= PCRE2_MULTILINE;
    if (flags & REGEX_CASELESS)
        options |= PCRE2_CASELESS;
    code = pcre2_compile((PCRE2_SPTR)pattern.data, pattern.len, options, &err, &at, context);
    pcre2_compile_context_free(context);
    if (!code) {
        if (err == PCRE2_ERROR_HEAP_FAILED)
            mem_exhausted();
        pcre2_get_error_message(err, message, sizeof message);
        strbuf_append_text(why, (const char *)message);
    }
    return code;
}

struct regex *regex_new(struct span pattern, unsigned flags, struct strbuf *why)
{
    struct strbuf translated = STRBUF_INIT;
    struct regex *regex = NULL;
    pcre2_code *code = NULL;

    if (pattern.len > PATTERN_MAX)
        strbuf_append_format(why, "it is longer than %d bytes", PATTERN_MAX);
    else if (regex_translate(pattern, &translated, why) == 0)
        code = compile(strbuf_span(&translated), flags, why);
    strbuf_release(&translated);
    if (!code)
        return NULL;
    regex = mem_zero(1, sizeof *regex);
    regex->code = code;
    regex->context = pcre2_match_context_create(NULL);
    regex->match = pcre2_match_data_create(1, NULL); /* only the whole match is asked for */
    if (!regex->context || !regex->match)
        mem_exhausted();
    pcre2_set_match_limit(regex->context, STEPS_MAX);
    pcre2_set_depth_limit(regex->context, DEPTH_MAX);
    pcre2_set_heap_limit(regex->context, HEAP_MAX);
    return regex;
}

static struct regex *new_usual(enum kind kind, unsigned lengths)
{
    struct regex *regex = mem_zero(1, sizeof *regex);

    regex->kind = kind;
    regex->lengths = lengths;
    return regex;
}

struct regex *regex_new_dashes(unsigned lengths)
{
    return new_usual(KIND_DASHES, lengths);
}

struct regex *regex_new_notes(void)
{
    return new_usual(KIND_NOTES, 0);
}

void regex_free(struct regex *regex)
{
    if (!regex)
        return;
    pcre2_match_data_free(regex->match);
    pcre2_match_context_free(regex->context);
    pcre2_code_free(regex->code);
    free(regex);
}

static size_t next_character(struct span text, size_t at)
{
    do
        at++;
    while (at < text.len && ((unsigned char)text.data[at] & 0xc0) == 0x80);
    return at;
}

/*
 * PCRE2's limit on steps counts anew at every place of the text, so that an expression quadratic
 * in the text would stay below it: the places are tried by windows, with the clock in between.
 */
static int find_pattern(struct regex *regex, struct regex_budget *budget, struct span text,
                        size_t from, size_t *ret_start, size_t *ret_end)
{
    const size_t *ends = pcre2_get_ovector_pointer(regex->match);

    if (!text.data)
        text = SPAN("");
    if (!budget->end)
        start(budget);
    while (from <= text.len) {
        size_t last = from + WINDOW < text.len ? from + WINDOW : text.len;
        int found;

        pcre2_set_offset_limit(regex->context, last);
        found = pcre2_match(regex->code, (PCRE2_SPTR)text.data, text.len, from, PCRE2_NO_UTF_CHECK,
                            regex->match, regex->context);
        if (found == PCRE2_ERROR_NOMEMORY)
            mem_exhausted();
        if (found >= 0 && ends[0] >= ends[1])
            return -ELOOP;
        if (found >= 0) {
            *ret_start = ends[0];
            *ret_end = ends[1];
            return 1;
        }
        if (found != PCRE2_ERROR_NOMATCH || is_spent(budget))
            return -ETIME;
        from = next_character(text, last);
    }
    return 0;
}

int regex_find(struct regex *regex, struct regex_budget *budget, struct span text, size_t from,
               size_t *ret_start, size_t *ret_end)
{
    switch (regex->kind) {
    case KIND_DASHES:
        return usual_find_dashes(text, from, regex->lengths, ret_start, ret_end);
    case KIND_NOTES:
        return usual_find_notes(text, from, ret_start, ret_end);
    case KIND_PATTERN:
        break;
    }
    return find_pattern(regex, budget, text, from, ret_start, ret_end);
}

void regex_append_library(struct strbuf *out)
{
    char version[64] = ""; /* "10.42 2022-12-11" */

    pcre2_config(PCRE2_CONFIG_VERSION, version);
    strbuf_append_format(out, "PCRE2 %.*s", (int)strcspn(version, " "), version);
}
