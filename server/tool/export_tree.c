#include "tool/export_tree.h"

#include "base/file.h"
#include "base/mem.h"
#include "base/strbuf.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/sendfile.h>
#include <sys/stat.h>
#include <unistd.h>

enum { LIST_MAX = 64 << 20 };

static const char unfinished[] = ".decksd-unfinished"; /* in the directory itself */

/* A path that was ours to write: neither absolute nor leading out. */
static bool is_below(struct span path)
{
    size_t start = 0;

    for (size_t i = 0; i <= path.len; i++) {
        if (i < path.len && path.data[i] != '/')
            continue;
        struct span part = span_cut(path, start, i);
        if (part.len == 0 || span_is(part, ".") || span_is(part, ".."))
            return false;
        start = i + 1;
    }
    return true;
}

/* The list of the last time; false if there is none. */
static bool read_list(struct export_tree *tree)
{
    struct strbuf text = STRBUF_INIT;
    struct span rest;
    int err = file_read_beneath(tree->directory, EXPORT_TREE_LIST, LIST_MAX, &text);

    for (rest = strbuf_span(&text); !err && rest.len > 0;) {
        ptrdiff_t end = span_find_char(rest, '\n');
        struct span path = end < 0 ? rest : span_cut(rest, 0, (size_t)end);

        if (is_below(path))
            map_put(&tree->before, path, tree);
        rest = end < 0 ? span_from(rest, rest.len) : span_from(rest, (size_t)end + 1);
    }
    strbuf_release(&text);
    return !err;
}

static bool is_empty(int directory)
{
    int copy = fcntl(directory, F_DUPFD_CLOEXEC, 0);
    DIR *list = copy < 0 ? NULL : fdopendir(copy);
    bool empty = list;

    for (struct dirent *entry; list && (entry = readdir(list));)
        if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0)
            empty = false;
    if (list)
        closedir(list);
    return empty;
}

int export_tree_open(struct export_tree *tree, const char *path, struct err_list *errs)
{
    int err = 0;

    *tree = (struct export_tree){.directory = -1};
    map_init(&tree->written);
    map_init(&tree->before);
    if (mkdir(path, 0777) < 0 && errno != EEXIST)
        err = -errno;
    if (!err)
        err = file_open_directory(path, &tree->directory);
    if (!err && !read_list(tree) && !is_empty(tree->directory))
        err = -ENOTEMPTY;
    if (err == -ENOTEMPTY)
        err_add(errs, SEVERITY_ERROR, NULL, 0, 0,
                "%s holds other things than an exported site: name a new or an empty directory",
                path);
    else if (err)
        err_add(errs, SEVERITY_ERROR, NULL, 0, 0, "cannot write to %s: %s", path, strerror(-err));
    if (err)
        export_tree_release(tree);
    return err;
}

void export_tree_release(struct export_tree *tree)
{
    if (tree->directory >= 0)
        close(tree->directory);
    tree->directory = -1;
    map_release(&tree->written);
    map_release(&tree->before);
}

bool export_tree_has(const struct export_tree *tree, const char *path)
{
    return map_get(&tree->written, span_of(path));
}

/* The directory of the path, made as far as it is not there; its descriptor or negative errno. */
static int open_parent(const struct export_tree *tree, const char *path, const char **ret_name)
{
    int parent = fcntl(tree->directory, F_DUPFD_CLOEXEC, 0), err = parent < 0 ? -errno : 0;

    for (const char *slash; !err && (slash = strchr(path, '/')); path = slash + 1) {
        char *name = mem_copy(path, (size_t)(slash - path));
        int child;

        if (mkdirat(parent, name, 0777) < 0 && errno != EEXIST)
            err = -errno;
        child = openat(parent, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
        if (child < 0 && !err)
            err = -errno;
        free(name);
        close(parent);
        parent = child;
    }
    if (err && parent >= 0)
        close(parent);
    *ret_name = path;
    return err ? err : parent;
}

static int begin(const struct export_tree *tree)
{
    int file;

    if (unlinkat(tree->directory, unfinished, 0) < 0 && errno != ENOENT)
        return -errno;
    file = openat(tree->directory, unfinished, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC,
                  0666);
    return file < 0 ? -errno : file;
}

/* Closes the file and gives it its place, if all went well so far. */
static int finish(struct export_tree *tree, int file, int err, const char *path, time_t modified)
{
    const struct timespec times[] = {{.tv_nsec = UTIME_OMIT}, {.tv_sec = modified}};
    const char *name = NULL;
    int parent;

    if (!err && futimens(file, times) < 0)
        err = -errno;
    if (close(file) < 0 && !err)
        err = -errno;
    parent = err ? err : open_parent(tree, path, &name);
    if (parent < 0) {
        unlinkat(tree->directory, unfinished, 0);
        return parent;
    }
    if (renameat(tree->directory, unfinished, parent, name) < 0)
        err = -errno;
    close(parent);
    if (!err)
        map_put(&tree->written, span_of(path), tree);
    return err;
}

int export_tree_write(struct export_tree *tree, const char *path, struct span content,
                      time_t modified)
{
    int err = 0, file = begin(tree);

    if (file < 0)
        return file;
    while (content.len > 0 && !err) {
        ssize_t count = write(file, content.data, content.len);

        if (count >= 0)
            content = span_from(content, (size_t)count);
        else if (errno != EINTR)
            err = -errno;
    }
    return finish(tree, file, err, path, modified);
}

int export_tree_copy(struct export_tree *tree, const char *path, int from, off_t size,
                     time_t modified)
{
    int err = 0, file = begin(tree);
    off_t at = 0;

    if (file < 0)
        return file;
    while (at < size && !err) {
        ssize_t count = sendfile(file, from, &at, (size_t)(size - at));

        if (count == 0)
            err = -EIO; /* it was cut meanwhile */
        else if (count < 0 && errno != EINTR)
            err = -errno;
    }
    return finish(tree, file, err, path, modified);
}

/* Removes a file of the last time, and the directories that are empty then. */
static void take_away(const struct export_tree *tree, char *path)
{
    char *slash;

    if (unlinkat(tree->directory, path, 0) < 0)
        return;
    while ((slash = strrchr(path, '/'))) {
        *slash = '\0';
        if (unlinkat(tree->directory, path, AT_REMOVEDIR) < 0)
            return;
    }
}

int export_tree_finish(struct export_tree *tree)
{
    struct strbuf list = STRBUF_INIT;
    int err;

    for (size_t i = 0; i < tree->before.count; i++) {
        struct span path = tree->before.entries[i].key;
        char *copy = mem_copy(path.data, path.len);

        if (!export_tree_has(tree, copy))
            take_away(tree, copy);
        free(copy);
    }
    for (size_t i = 0; i < tree->written.count; i++) {
        strbuf_append_span(&list, tree->written.entries[i].key);
        strbuf_append_char(&list, '\n');
    }
    err = export_tree_write(tree, EXPORT_TREE_LIST, strbuf_span(&list), time(NULL));
    strbuf_release(&list);
    return err;
}
