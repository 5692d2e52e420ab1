#include "base/err.h"

#include "base/escape.h"

#include <stdarg.h>
#include <string.h>

void err_list_init(struct err_list *errs)
{
    *errs = (struct err_list){0};
}

void err_list_release(struct err_list *errs)
{
    vec_each (&errs->list, err) {
        free(err->file);
        free(err->text);
    }
    vec_release(&errs->list);
    errs->dropped = 0;
}

void err_add(struct err_list *errs, enum severity severity, const char *file, unsigned line,
             unsigned column, const char *format, ...)
{
    struct strbuf text = STRBUF_INIT;
    va_list args;

    if (errs->list.count >= ERR_LIST_MAX) {
        errs->dropped++;
        return;
    }
    va_start(args, format);
    strbuf_append_vformat(&text, format, args);
    va_end(args);
    struct err err = {
        .severity = severity,
        .file = mem_copy_text(file),
        .line = line,
        .column = column,
        .text = strbuf_detach(&text, NULL),
    };
    vec_push(&errs->list, err);
}

void err_list_move(struct err_list *errs, struct err_list *from)
{
    vec_each (&from->list, err)
        vec_push(&errs->list, *err);
    errs->dropped += from->dropped;
    vec_release(&from->list);
    from->dropped = 0;
}

static int compare_numbers(unsigned a, unsigned b)
{
    return (a > b) - (a < b);
}

static int compare(const void *a, const void *b)
{
    const struct err *first = a, *second = b;
    int order = strcmp(first->file ? first->file : "", second->file ? second->file : "");

    if (order == 0)
        order = compare_numbers(first->line, second->line);
    if (order == 0)
        order = compare_numbers(first->column, second->column);
    return order ? order : strcmp(first->text, second->text);
}

void err_list_sort(struct err_list *errs)
{
    if (errs->list.count > 1)
        qsort(errs->list.items, errs->list.count, sizeof *errs->list.items, compare);
}

bool err_list_has(const struct err_list *errs, enum severity severity)
{
    vec_each (&errs->list, err)
        if (err->severity == severity)
            return true;
    return false;
}

static const char *severity_name(enum severity severity)
{
    switch (severity) {
    case SEVERITY_ERROR:
        return "error";
    case SEVERITY_WARNING:
        return "warning";
    case SEVERITY_NOTE:
        return "note";
    }
    return "problem";
}

void err_append_line(struct strbuf *out, const struct err *err)
{
    if (err->file) {
        line_text(out, span_of(err->file));
        strbuf_append_char(out, ':');
        if (err->line)
            strbuf_append_format(out, "%u:", err->line);
        if (err->line && err->column)
            strbuf_append_format(out, "%u:", err->column);
        strbuf_append_char(out, ' ');
    }
    strbuf_append_format(out, "%s: ", severity_name(err->severity));
    line_text(out, span_of(err->text));
}
