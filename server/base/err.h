/*
 * err: what is wrong with content, said to the person who wrote it.
 *
 * A problem names the file (relative to the root that the person knows), the line and the column
 * (both from 1; 0 when there is none), and one sentence that says what is wrong and how to mend
 * it. A list collects them while work goes on; nobody below main logs. Lists own their texts.
 */
#pragma once

#include "base/strbuf.h"
#include "base/vec.h"

#include <stdbool.h>

enum severity {
    SEVERITY_ERROR,   /* the deck or file cannot be shown as written */
    SEVERITY_WARNING, /* shown, but probably not as meant */
    SEVERITY_NOTE,    /* worth knowing, said by --check only */
};

struct err {
    enum severity severity;
    char *file; /* may be NULL */
    unsigned line, column;
    char *text;
};

struct err_list {
    VEC(struct err) list;
    size_t dropped; /* problems beyond ERR_LIST_MAX, counted only */
};

enum { ERR_LIST_MAX = 200 };

void err_list_init(struct err_list *errs);
void err_list_release(struct err_list *errs);

/* `file` is copied and may be NULL. */
void err_add(struct err_list *errs, enum severity severity, const char *file, unsigned line,
             unsigned column, const char *format, ...) __attribute__((format(printf, 6, 7)));

/* Moves all problems of `from` behind those of `errs`. */
void err_list_move(struct err_list *errs, struct err_list *from);

/* By file, line and column: as one goes through them in an editor. */
void err_list_sort(struct err_list *errs);

bool err_list_has(const struct err_list *errs, enum severity severity);

/* `file:line:column: error: text` without a line feed, control bytes escaped. */
void err_append_line(struct strbuf *out, const struct err *err);
