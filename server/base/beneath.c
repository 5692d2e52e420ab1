#include "base/beneath.h"

#include "base/span.h"
#include "base/strbuf.h"
#include "base/vec.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <linux/openat2.h>
#include <stdbool.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

enum { LINKS_MAX = 40 /* as the kernel's */, TRIES_MAX = 8 };

/*
 * On the way down. The directories from the root's child to where we are stay open, so that ".."
 * goes back to where we came from, whatever was renamed meanwhile.
 */
struct walk_down {
    int root; /* borrowed */
    VEC(int) below;
    struct strbuf rest; /* of the path, with what links say put in */
    unsigned links;
};

static int here(const struct walk_down *walk)
{
    return walk->below.count ? walk->below.items[walk->below.count - 1] : walk->root;
}

static int leave(struct walk_down *walk)
{
    if (walk->below.count == 0)
        return -EXDEV;
    close(walk->below.items[--walk->below.count]);
    return 0;
}

/* What the link says stands before the rest. */
static int follow(struct walk_down *walk, int link)
{
    char target[PATH_MAX];
    struct strbuf path = STRBUF_INIT;
    ssize_t len = readlinkat(link, "", target, sizeof target);

    if (len < 0)
        return -errno;
    if (len == 0 || (size_t)len == sizeof target)
        return len == 0 ? -ENOENT : -ENAMETOOLONG;
    if (++walk->links > LINKS_MAX)
        return -ELOOP;
    if (target[0] == '/')
        return -EXDEV;
    strbuf_append(&path, target, (size_t)len);
    strbuf_append_span(&path, strbuf_span(&walk->rest));
    strbuf_release(&walk->rest);
    walk->rest = path;
    return 0;
}

/* A name that is no dots: into the directory, along the link, or, as the last, to `ret_fd`. */
static int step(struct walk_down *walk, const char *name, int flags, int *ret_fd)
{
    struct stat st;
    int err, fd = openat(here(walk), name, O_PATH | O_NOFOLLOW | O_CLOEXEC);

    if (fd < 0)
        return -errno;
    if (fstat(fd, &st) < 0) {
        err = -errno;
    } else if (S_ISDIR(st.st_mode)) {
        vec_push(&walk->below, fd);
        return 0;
    } else if (S_ISLNK(st.st_mode)) {
        err = follow(walk, fd);
    } else if (walk->rest.len > 0) {
        err = -ENOTDIR;
    } else {
        /* Should a link stand there by now, O_NOFOLLOW refuses it. */
        *ret_fd = openat(here(walk), name, flags | O_NOFOLLOW);
        err = *ret_fd < 0 ? -errno : 0;
    }
    close(fd);
    return err;
}

/* The first name of the rest, which keeps the slashes behind it. */
static int take_name(struct walk_down *walk, char name[static NAME_MAX + 1])
{
    struct span rest = strbuf_span(&walk->rest);
    size_t start = 0, len;

    while (start < rest.len && rest.data[start] == '/')
        start++;
    for (len = 0; start + len < rest.len && rest.data[start + len] != '/'; len++)
        ;
    if (len > NAME_MAX)
        return -ENAMETOOLONG;
    memcpy(name, rest.data + start, len);
    name[len] = '\0';
    struct strbuf after = STRBUF_INIT;
    strbuf_append_span(&after, span_from(rest, start + len));
    strbuf_release(&walk->rest);
    walk->rest = after;
    return 0;
}

int beneath_walk(int dirfd, const char *path, int flags)
{
    struct walk_down walk = {.root = dirfd};
    char name[NAME_MAX + 1];
    int fd = -1, err = 0;

    flags |= O_RDONLY | O_CLOEXEC;
    if (*path == '/' || !*path)
        return *path ? -EXDEV : -ENOENT;
    strbuf_append_text(&walk.rest, path);
    while (fd < 0 && walk.rest.len > 0 && !err) {
        err = take_name(&walk, name);
        if (!err && strcmp(name, "..") == 0)
            err = leave(&walk);
        else if (!err && *name && strcmp(name, ".") != 0)
            err = step(&walk, name, flags, &fd);
    }
    if (!err && fd < 0) {
        fd = openat(here(&walk), ".", flags);
        err = fd < 0 ? -errno : 0;
    }
    while (walk.below.count)
        leave(&walk);
    vec_release(&walk.below);
    strbuf_release(&walk.rest);
    return err ? err : fd;
}

int beneath_open(int dirfd, const char *path, int flags)
{
    struct open_how how = {
        .flags = (unsigned)(flags | O_RDONLY | O_CLOEXEC),
        .resolve = RESOLVE_BENEATH | RESOLVE_NO_MAGICLINKS,
    };

    /* The kernel gives up with EAGAIN when a rename races with a "..": try again, boundedly. */
    for (int tries = 0; tries < TRIES_MAX; tries++) {
        long fd = syscall(SYS_openat2, dirfd, path, &how, sizeof how);
        if (fd >= 0)
            return (int)fd;
        if (errno == ENOSYS || errno == EPERM)
            return beneath_walk(dirfd, path, flags);
        if (errno != EAGAIN && errno != EINTR)
            break;
    }
    return -errno;
}
