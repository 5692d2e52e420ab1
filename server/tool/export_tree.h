/*
 * export_tree: a directory that files are written into, and that is as it was said when all are
 * written.
 *
 * Each file is written beside its place and then renamed, so that whoever reads the directory
 * meanwhile sees whole files. A list of what was written stays in the directory (EXPORT_TREE_LIST):
 * the next time, what is not written again is taken away. A directory with other things in it is
 * refused. No symbolic link below the directory is followed.
 */
#pragma once

#include "base/err.h"
#include "base/map.h"
#include "base/span.h"

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>
#include <time.h>

#define EXPORT_TREE_LIST ".decksd-export"

struct export_tree {
    int directory;
    struct map written; /* paths below the directory, owned */
    struct map before;  /* those of the last time that were not written again */
};

/* Makes the directory unless it is there. Negative errno, with a line in `errs` with the mend. */
int export_tree_open(struct export_tree *tree, const char *path, struct err_list *errs);

/* Has the path, "2015/polyconf/index.html", been written already? */
bool export_tree_has(const struct export_tree *tree, const char *path);

/* Writes a file with this content, or that of a descriptor up to `size`. 0 or negative errno. */
int export_tree_write(struct export_tree *tree, const char *path, struct span content,
                      time_t modified);
int export_tree_copy(struct export_tree *tree, const char *path, int file, off_t size,
                     time_t modified);

/* Takes away what was not written again and leaves the list. 0 or negative errno. */
int export_tree_finish(struct export_tree *tree);
void export_tree_release(struct export_tree *tree);
