/*
 * place: a directory in memory with the files that a fuzz target works on.
 *
 * It is gone when the target ends well; what a target that found something leaves behind tells
 * what it saw.
 */
#pragma once

#include "target.h"

#include "base/mem.h"
#include "base/span.h"

#include <fcntl.h>
#include <ftw.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static char place_path[] = "/dev/shm/decksd-fuzz-XXXXXX";

static inline int place_remove_one(const char *path, const struct stat *status, int kind,
                                   struct FTW *where)
{
    (void)status;
    (void)kind;
    (void)where;
    return remove(path);
}

static inline void place_remove(void)
{
    nftw(place_path, place_remove_one, 8, FTW_DEPTH | FTW_PHYS);
}

/* Its descriptor. Once. */
static inline int place_make(void)
{
    int place = mkdtemp(place_path) ? open(place_path, O_RDONLY | O_DIRECTORY | O_CLOEXEC) : -1;

    check(place >= 0);
    atexit(place_remove);
    return place;
}

/* The directories on the way are made too. */
static inline void place_write(int place, const char *name, struct span text)
{
    for (const char *slash = name; (slash = strchr(slash, '/')); slash++) {
        char *directory = mem_copy(name, (size_t)(slash - name));
        mkdirat(place, directory, 0700);
        free(directory);
    }
    int file = openat(place, name, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);

    check(file >= 0 && write(file, text.data, text.len) == (ssize_t)text.len);
    close(file);
}
