/*
 * tree: a directory of files for a test, made in a temporary place and taken away afterwards.
 */
#pragma once

#include "base/file.h"
#include "base/mem.h"

#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

struct tree {
    char path[64];
    int fd;
};

static inline void tree_check(int result, const char *what)
{
    if (result < 0) {
        perror(what);
        abort();
    }
}

static inline void tree_make(struct tree *tree)
{
    snprintf(tree->path, sizeof tree->path, "/tmp/decksd-test-XXXXXX");
    tree_check(mkdtemp(tree->path) ? 0 : -1, "mkdtemp");
    tree_check(file_open_directory(tree->path, &tree->fd), "open");
}

static inline int tree_remove_one(const char *path, const struct stat *st, int kind,
                                  struct FTW *place)
{
    (void)st, (void)kind, (void)place;
    return remove(path);
}

static inline void tree_remove(struct tree *tree)
{
    close(tree->fd);
    tree_check(nftw(tree->path, tree_remove_one, 16, FTW_DEPTH | FTW_PHYS), "nftw");
}

/* Makes the directories above `path`, and `path` itself if it ends in a slash. */
static inline void tree_directories(struct tree *tree, const char *path)
{
    char *copy = mem_copy_text(path);

    for (char *slash = strchr(copy, '/'); slash; slash = strchr(slash + 1, '/')) {
        *slash = '\0';
        mkdirat(tree->fd, copy, 0777);
        *slash = '/';
    }
    free(copy);
}

static inline void tree_write(struct tree *tree, const char *path, const char *text)
{
    char *full = mem_format("%s/%s", tree->path, path);
    FILE *file;

    tree_directories(tree, path);
    file = fopen(full, "w");
    tree_check(file && fputs(text, file) >= 0 ? 0 : -1, full);
    tree_check(fclose(file), full);
    free(full);
}

static inline void tree_link(struct tree *tree, const char *path, const char *target)
{
    tree_directories(tree, path);
    tree_check(symlinkat(target, tree->fd, path), path);
}
