#include "site/template_check.h"

#include "base/mem.h"
#include "conf/nearest.h"

#include <errno.h>
#include <stdlib.h>

struct check {
    struct span shell;
    const char *file;
    const struct template_name *names;
    size_t count;
    struct err_list *errs;
    bool *used;            /* one for each name */
    const char *condition; /* where the one that is open begins, or NULL */
    bool bad;
};

__attribute__((format(printf, 3, 4))) static void report(struct check *check, const char *at,
                                                         const char *format, ...)
{
    struct strbuf text = STRBUF_INIT;
    unsigned line = 1, column = 1;
    va_list args;

    for (const char *c = check->shell.data; c < at; c++) {
        line += *c == '\n';
        column = *c == '\n' ? 1 : column + 1;
    }
    va_start(args, format);
    strbuf_append_vformat(&text, format, args);
    va_end(args);
    err_add(check->errs, SEVERITY_ERROR, check->file, line, column, "%s", text.data);
    strbuf_release(&text);
    check->bad = true;
}

static void report_unknown(struct check *check, struct span name)
{
    char *word = mem_copy(name.data, name.len);
    struct nearest nearest;

    nearest_init(&nearest, word);
    for (size_t i = 0; i < check->count; i++)
        nearest_offer(&nearest, check->names[i].name);
    if (nearest.best)
        report(check, name.data, "`%s` is no value of this page: did you mean `%s`?", word,
               nearest.best);
    else
        report(check, name.data, "`%s` is no value of this page: docs/templates.md lists them",
               word);
    free(word);
}

static const struct template_name *find_name(struct check *check, struct span name)
{
    for (size_t i = 0; i < check->count; i++) {
        if (!span_is(name, check->names[i].name))
            continue;
        check->used[i] = true;
        return &check->names[i];
    }
    report_unknown(check, name);
    return NULL;
}

static void check_value(struct check *check, struct span name, bool raw)
{
    const struct template_name *value = find_name(check, name);

    if (value && value->html && !raw)
        report(check, name.data, "`%s` is HTML and would show as text: write {{{%s}}}", value->name,
               value->name);
    else if (value && !value->html && raw)
        report(check, name.data, "`%s` is text and must be escaped: write {{%s}}", value->name,
               value->name);
}

static void check_condition(struct check *check, const char *at, struct span name)
{
    if (check->condition)
        report(check, at, "a condition within a condition: end the first with {{/if}} before it");
    check->condition = at;
    find_name(check, name);
}

static void check_condition_end(struct check *check, const char *at)
{
    if (!check->condition)
        report(check, at, "{{/if}} without {{#if …}} before it: remove one of them");
    check->condition = NULL;
}

/* One marker at the start of `rest`; what follows it. */
static struct span check_marker(struct check *check, struct span rest)
{
    bool raw = span_starts_with(rest, SPAN("{{{"));
    struct span close = raw ? SPAN("}}}") : SPAN("}}");
    ptrdiff_t end = span_find(rest, close);
    struct span inside;

    if (end < 0) {
        report(check, rest.data, "a marker that does not end: close it with %s",
               raw ? "}}}" : "}}");
        return SPAN("");
    }
    inside = span_cut(rest, raw ? 3 : 2, (size_t)end);
    if (span_is(inside, "/if"))
        check_condition_end(check, rest.data);
    else if (span_starts_with(inside, SPAN("#if ")))
        check_condition(check, rest.data, span_from(inside, 4));
    else
        check_value(check, inside, raw);
    return span_from(rest, (size_t)end + close.len);
}

int template_check(struct span shell, const char *file, const struct template_name *names,
                   size_t count, struct err_list *errs)
{
    struct check check = {
        .shell = shell, .file = file, .names = names, .count = count, .errs = errs};
    struct span rest = shell;
    ptrdiff_t at;

    check.used = mem_zero(count, sizeof *check.used);
    while ((at = span_find(rest, SPAN("{{"))) >= 0)
        rest = check_marker(&check, span_from(rest, (size_t)at));
    if (check.condition)
        report(&check, check.condition, "{{#if …}} without its end: add {{/if}}");
    for (size_t i = 0; i < count; i++)
        if (names[i].needed && !check.used[i])
            report(&check, shell.data, "the page does not work without `%s`: put %s%s%s into it",
                   names[i].name, names[i].html ? "{{{" : "{{", names[i].name,
                   names[i].html ? "}}}" : "}}");
    free(check.used);
    return check.bad ? -EINVAL : 0;
}
