/*
 * walk: what lies below the root, as a list that is the same on every machine.
 *
 * Not walked: names that begin with a dot (but .well-known), directories that begin with "_" or are
 * called node_modules, editors' backups, and whatever is neither a regular file nor a directory.
 * Symbolic links are followed as long as they stay below the root; one that leads out, ends nowhere
 * or leads back to a directory above it is a problem of its own and harms nothing else. Names that
 * no URL can carry (invalid UTF-8, control characters, backslashes) are problems too.
 *
 * Directories come in pre-order, names bytewise, whatever the file system's order and the locale
 * are. Depth and number of entries are bounded; a directory that would break a bound is left out
 * whole, so that the result does not depend on the order in which names were read.
 */
#pragma once

#include "base/err.h"
#include "base/span.h"
#include "base/vec.h"

#include <stdbool.h>
#include <stddef.h>
#include <sys/stat.h>
#include <time.h>

struct walk_file {
    char *path;       /* relative to the root, owned */
    const char *name; /* the last part of the path */
    off_t size;
    struct timespec modified, changed; /* content; content or inode */
    dev_t device;
    ino_t inode;
};

struct walk_directory {
    char *path; /* "" for the root, "a/b" below it; owned */
    struct timespec modified;
    size_t parent;                 /* index; the root is its own parent */
    size_t first_file, file_count; /* in walk.files */
    size_t end;                    /* index behind its last descendant in walk.directories */
};

struct walk {
    time_t began; /* before the first file was looked at */
    VEC(struct walk_file) files;
    VEC(struct walk_directory) directories; /* the root is the first */
};

struct walk_limits {
    size_t depth;   /* directories below one another */
    size_t entries; /* files and directories in all */
    bool entire;    /* a disk that fails somewhere ends the walk, as if it failed at the root */
};

extern const struct walk_limits walk_limits_default;

/*
 * 0, or negative errno when the root itself cannot be read, or memory or descriptors do not suffice
 * for what is below it, or (`entire`) the disk fails there; `ret_walk` is released by the caller.
 */
int walk_root(int root, const struct walk_limits *limits, struct walk *ret_walk,
              struct err_list *errs);
void walk_release(struct walk *walk);

/* The directory's files. */
#define walk_each_file(walk, directory, it)                                                        \
    for (const struct walk_file *it = (walk)->files.items + (directory)->first_file,               \
                                *it##_end = it + (directory)->file_count;                          \
         it != it##_end; it++)
