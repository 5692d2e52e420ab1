/*
 * assembly: the text of a deck, put together from its files, and where each line came from.
 *
 * Everything behind works on one text with lines counted from 1; only whoever reports a problem
 * asks for its origin. What may be put together is bounded by the deck's limit of bytes, by a
 * number of files, and by the depth of includes; a file never includes itself.
 */
#pragma once

#include "base/err.h"
#include "base/strbuf.h"
#include "base/vec.h"
#include "deck/deck.h"

#include <stddef.h>

/* From this line on, the text is that of `file` from `file_line` on. */
struct origin {
    unsigned line, file_line;
    char *file; /* relative to the root */
};

struct assembly {
    struct strbuf text;
    unsigned line; /* that the text's next byte is in */
    VEC(struct origin) origins;
    VEC(size_t) breaks;  /* where one source ends and the next begins */
    int directory;       /* descriptor of the deck's directory; borrowed */
    const char *prefix;  /* of its files' names as seen from the root: "" or "2015/x/"; borrowed */
    const char *charset; /* of files that do not say; NULL: UTF-8; borrowed */
    size_t limit;        /* bytes, of all files together */
    size_t read_bytes;
    unsigned files;
    struct deck_sources *read; /* receives what was read, and what could not be */
    struct err_list *errs;
    const struct deck_files *around; /* may know a name by another spelling; NULL for none */
};

/* The fields from `directory` on are the caller's to set. */
void assembly_init(struct assembly *assembly);
void assembly_release(struct assembly *assembly);

/*
 * Reads and decodes a file of the deck's directory. 0, or negative errno with the problem
 * reported, at the line of the file that asks for it if `line` is not 0.
 */
int assembly_read(struct assembly *assembly, const char *path, struct strbuf *ret_text,
                  const char *asking, unsigned line);

/* Appends a file's text without its front matter, with what it includes; a break before. */
void assembly_append(struct assembly *assembly, const char *path, struct span text);

/* Where a line of the text came from; false, with nothing said, where that is not known. */
bool assembly_find(const struct assembly *assembly, unsigned line, const char **ret_file,
                   unsigned *ret_line);

/* Moves problems placed in lines of the text to where the lines came from. */
void assembly_place(const struct assembly *assembly, struct err_list *problems);
