/*
 * shells: the pages without what stands in them, ours or the owner's.
 *
 * Ours are assets/pages/, carried in the binary. A file of the same name in the directory that the
 * configuration's `templates:` names takes the place of one. docs/templates.md has the values that
 * each is given; here they are as a table, and a shell is checked against it when it is read.
 *
 * Immutable once read, owned by the site, and good for many threads.
 */
#pragma once

#include "base/digest.h"
#include "base/err.h"
#include "base/strbuf.h"
#include "site/template.h"
#include "site/template_check.h"

#include <stddef.h>

enum shell_kind {
    SHELL_SITE, /* site.html: all pages but decks */
    SHELL_DECK, /* deck.html */
    SHELL_KIND_COUNT
};

struct shells {
    struct strbuf own[SHELL_KIND_COUNT]; /* empty where ours is used */
    struct digest identity;              /* another one whenever a page would look different */
};

/*
 * `directory` may be NULL. 0, or a negative errno with what is wrong in `errs`: then nothing is
 * taken from the directory.
 */
int shells_read(struct shells *shells, const char *directory, struct err_list *errs);
int shells_check(const char *directory, struct err_list *errs); /* as that, and takes nothing */
void shells_copy(struct shells *shells, const struct shells *from);
void shells_release(struct shells *shells);

/* Appends a page. The values are those of shells_names, but for `icon`, each once. */
void shells_append(struct strbuf *out, const struct shells *shells, enum shell_kind kind,
                   const struct template_value *values, size_t count);

/* "site.html", and the values that it is given. */
const char *shells_file(enum shell_kind kind);
const struct template_name *shells_names(enum shell_kind kind, size_t *ret_count);
