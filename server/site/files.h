/*
 * files: what the site needs to know of every file below the root.
 *
 * Each file is read once, on all cores: its digest names its versions in URLs (?v=…) and entity
 * tags, a picture's head tells its size, a source's the slug that it chose, and small text that
 * pages load is kept in memory, compressed, because it is worth compressing. Other files are opened
 * when they are asked for. A file too large to be read at every start is known by its size, its
 * time and both its ends.
 *
 * At a reload, a file that is as it was is not read again: same size, times and inode, and its last
 * change long enough before it was read that no later one can hide behind the same time.
 *
 * Immutable once read; any number of threads may ask.
 */
#pragma once

#include "base/digest.h"
#include "base/err.h"
#include "base/map.h"
#include "deck/deck.h"
#include "http/coding.h"
#include "http/mime.h"
#include "site/reuse.h"
#include "site/walk.h"

#include <stdbool.h>
#include <stddef.h>

enum {
    FILES_HELD_LIMIT = 64 * 1024,         /* text up to this size is held in memory */
    FILES_WHOLE_LIMIT = 64 * 1024 * 1024, /* larger ones: both ends are digested */
    FILES_END = 1024 * 1024,
    FILES_SETTLE = 2, /* seconds: file systems' times are not finer everywhere */
};

struct site_file {
    const struct walk_file *file; /* borrowed from the walk */
    const struct mime *mime;
    bool readable;
    bool settled; /* what is known holds as long as size, times and inode do */
    bool utf8;    /* text may be sent with charset=utf-8 */
    struct digest digest;
    unsigned width, height;           /* of a picture, 0 when unknown */
    char *slug;                       /* of a source that chose one (slug.h), or NULL */
    struct blob *forms[CODING_COUNT]; /* of text held in memory; all NULL for other files */
};

struct site_files {
    struct site_file *list; /* in the walk's order */
    size_t count;
    struct map by_composed_path; /* of names that are not ASCII, in NFC */
    struct map by_path;          /* path relative to the root → struct site_file */
};

/*
 * `walk` is borrowed as long as the files live; `before`, what was known of this root, may be NULL
 * and is not needed afterwards. What cannot be read is a problem.
 */
void site_files_read(struct site_files *files, int root, const struct walk *walk,
                     const struct site_files *before, const struct reuse *reuse,
                     struct err_list *errs);
void site_files_release(struct site_files *files);

/* NULL for what is not there or cannot be read. */
const struct site_file *site_files_find(const struct site_files *files, struct span path);

/*
 * The files beside that one whose names begin as its own does up to the last dot, itself among
 * them: list[*ret_first] up to and without list[*ret_end]. "talk.de.vtt" goes with "talk.mp4".
 */
void site_files_find_kin(const struct site_files *files, const struct site_file *file,
                         size_t *ret_first, size_t *ret_end);
