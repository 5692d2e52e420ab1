#include "site/walk.h"

#include "base/file.h"
#include "base/utf8.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

const struct walk_limits walk_limits_default = {.depth = 32, .entries = 200000};

/* A directory and those above it, to notice a link that leads back up. */
struct ancestor {
    const struct ancestor *above;
    size_t depth;
    dev_t device;
    ino_t inode;
};

struct walker {
    int root;
    const struct walk_limits *limits;
    size_t entries;
    struct walk *walk;
    struct err_list *errs;
    int failure; /* why the walk is given up, or 0 */
};

struct names {
    VEC(char *) list;
};

static void names_release(struct names *names)
{
    vec_each (&names->list, name)
        free(*name);
    vec_release(&names->list);
}

static int compare_names(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

static char *join(const char *directory, const char *name)
{
    return *directory ? mem_format("%s/%s", directory, name) : mem_copy_text(name);
}

static bool is_left_out(const char *name)
{
    size_t len = strlen(name);

    return (name[0] == '.' && strcmp(name, ".well-known") != 0) || /* RFC 8615 */
           strcmp(name, "node_modules") == 0 || name[len - 1] == '~' ||
           (name[0] == '#' && name[len - 1] == '#');
}

/* Could a URL name it? http/path refuses what this refuses. */
static bool is_servable(const char *name)
{
    for (const char *c = name; *c; c++)
        if ((unsigned char)*c < 0x20 || *c == 0x7f || *c == '\\')
            return false;
    return utf8_valid(span_of(name), NULL);
}

/* All names worth a look, sorted; -E2BIG above the limit of entries. */
static int read_names(struct walker *walker, int fd, struct names *names)
{
    int copy = fcntl(fd, F_DUPFD_CLOEXEC, 0);
    DIR *stream = copy < 0 ? NULL : fdopendir(copy);
    struct dirent *entry;
    int err = 0;

    if (!stream) {
        err = -errno;
        if (copy >= 0)
            close(copy);
        return err;
    }
    while (errno = 0, !err && (entry = readdir(stream))) {
        if (is_left_out(entry->d_name))
            continue;
        if (walker->entries + names->list.count >= walker->limits->entries)
            err = -E2BIG;
        else
            vec_push(&names->list, mem_copy_text(entry->d_name));
    }
    if (!err && errno)
        err = -errno;
    closedir(stream);
    if (!err && names->list.count > 0)
        qsort(names->list.items, names->list.count, sizeof(char *), compare_names);
    return err;
}

/* The link's target, if it lies below the root. */
static int resolve_link(int root, const char *path, struct stat *ret_stat)
{
    int fd, err = file_open_directory_beneath(root, path, &fd);

    if (err == -ENOTDIR)
        return file_open_beneath(root, path, &fd, ret_stat) == 0 ? (close(fd), 0) : -EINVAL;
    if (err)
        return err;
    if (fstat(fd, ret_stat) < 0)
        err = -errno;
    close(fd);
    return err;
}

static bool is_ancestor(const struct ancestor *ancestor, const struct stat *st)
{
    for (; ancestor; ancestor = ancestor->above)
        if (ancestor->device == st->st_dev && ancestor->inode == st->st_ino)
            return true;
    return false;
}

/* Not the entry is at fault: the process lacks something, or the disk fails. */
static bool ends_all(const struct walker *walker, int err)
{
    return err == -ENOMEM || err == -EMFILE || err == -ENFILE ||
           (walker->limits->entire && file_disk_failed(err));
}

static void leave_out(struct walker *walker, const char *path, int err)
{
    if (ends_all(walker, err))
        walker->failure = err; /* half a site would take the place of the whole one */
    else if (err == -E2BIG)
        err_add(walker->errs, SEVERITY_ERROR, *path ? path : NULL, 0, 0,
                "left out with all below it: more than %zu files and directories below the root",
                walker->limits->entries);
    else if (err == -ENAMETOOLONG)
        err_add(walker->errs, SEVERITY_ERROR, path, 0, 0,
                "left out with all below it: more than %zu directories below one another",
                walker->limits->depth);
    else
        err_add(walker->errs, SEVERITY_WARNING, path, 0, 0, "left out, as it cannot be read: %s",
                strerrordesc_np(-err));
}

/* False where the entry is not to be taken; why has been said then, if it is worth saying. */
static bool look_at(struct walker *walker, int fd, const char *name, const char *path,
                    const struct ancestor *ancestors, struct stat *ret_stat)
{
    int err = 0;

    if (!is_servable(name)) {
        err_add(walker->errs, SEVERITY_WARNING, path, 0, 0,
                "no URL can carry this name: it is not served; rename it");
        return false;
    }
    if (fstatat(fd, name, ret_stat, AT_SYMLINK_NOFOLLOW) < 0) {
        if (errno != ENOENT) /* gone since its name was read */
            leave_out(walker, path, -errno);
        return false;
    }
    if (S_ISLNK(ret_stat->st_mode)) {
        err = resolve_link(walker->root, path, ret_stat);
        if (err == -EINVAL)
            return false;
        if (!err && S_ISDIR(ret_stat->st_mode) && is_ancestor(ancestors, ret_stat))
            err = -ELOOP;
    }
    if (ends_all(walker, err)) {
        walker->failure = err;
        return false;
    }
    if (err) {
        err_add(walker->errs, SEVERITY_NOTE, path, 0, 0, "the symbolic link is not followed: it %s",
                err == -EXDEV    ? "leads out of the root"
                : err == -ELOOP  ? "leads in a circle"
                : err == -ENOENT ? "leads nowhere"
                                 : "cannot be opened");
        return false;
    }
    if (S_ISDIR(ret_stat->st_mode))
        return name[0] != '_';
    return S_ISREG(ret_stat->st_mode);
}

static void add_file(struct walk *walk, char *path, const struct stat *st)
{
    const char *slash = strrchr(path, '/');
    struct walk_file file = {
        .path = path,
        .name = slash ? slash + 1 : path,
        .size = st->st_size,
        .modified = st->st_mtim,
        .changed = st->st_ctim,
        .device = st->st_dev,
        .inode = st->st_ino,
    };

    vec_push(&walk->files, file);
}

/* Takes the files of `names` now and leaves the directories in it for later. */
static void take_files(struct walker *walker, int fd, size_t index, const struct ancestor *self,
                       struct names *names)
{
    struct walk *walk = walker->walk;

    vec_each (&names->list, name) {
        char *path = join(walk->directories.items[index].path, *name);
        struct stat st;
        bool taken = look_at(walker, fd, *name, path, self, &st);

        free(*name);
        *name = NULL;
        if (taken && S_ISDIR(st.st_mode)) {
            *name = path;
            continue;
        }
        if (taken)
            add_file(walk, path, &st);
        else
            free(path);
    }
    walk->directories.items[index].file_count =
        walk->files.count - walk->directories.items[index].first_file;
}

static int walk_directory(struct walker *walker, const char *path, size_t parent,
                          const struct ancestor *above)
{
    struct walk *walk = walker->walk;
    size_t index = walk->directories.count;
    struct names names = {0};
    struct stat st;
    int fd, err;

    if (above && above->depth >= walker->limits->depth)
        return -ENAMETOOLONG;
    err = file_open_directory_beneath(walker->root, path, &fd);
    if (err)
        return err;
    err = fstat(fd, &st) < 0 ? -errno : read_names(walker, fd, &names);
    if (!err) {
        struct ancestor self = {above, above ? above->depth + 1 : 0, st.st_dev, st.st_ino};
        struct walk_directory directory = {
            .path = mem_copy_text(path),
            .modified = st.st_mtim,
            .parent = parent,
            .first_file = walk->files.count,
        };

        vec_push(&walk->directories, directory);
        walker->entries += names.list.count;
        take_files(walker, fd, index, &self, &names);
        close(fd);
        fd = -1; /* not one descriptor a level */
        vec_each (&names.list, below) {
            int problem =
                *below && !walker->failure ? walk_directory(walker, *below, index, &self) : 0;

            if (problem)
                leave_out(walker, *below, problem);
        }
        walk->directories.items[index].end = walk->directories.count;
    }
    if (fd >= 0)
        close(fd);
    names_release(&names);
    return err ? err : walker->failure;
}

int walk_root(int root, const struct walk_limits *limits, struct walk *ret_walk,
              struct err_list *errs)
{
    struct walk walk = {.began = time(NULL)};
    struct walker walker = {.root = root, .limits = limits, .walk = &walk, .errs = errs};
    int err = walk_directory(&walker, "", 0, NULL);

    if (err == -E2BIG) {
        struct walk_directory empty = {.path = mem_copy_text(""), .end = 1};

        leave_out(&walker, "", err);
        vec_push(&walk.directories, empty);
        err = 0;
    }
    if (err) {
        walk_release(&walk);
        return err;
    }
    *ret_walk = walk;
    return 0;
}

void walk_release(struct walk *walk)
{
    vec_each (&walk->files, file)
        free(file->path);
    vec_each (&walk->directories, directory)
        free(directory->path);
    vec_release(&walk->files);
    vec_release(&walk->directories);
}
