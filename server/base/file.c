#include "base/file.h"

#include "base/beneath.h"

#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <unistd.h>

int file_open_directory(const char *path, int *ret_fd)
{
    int fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

    if (fd < 0)
        return -errno;
    *ret_fd = fd;
    return 0;
}

int file_open_directory_beneath(int dirfd, const char *path, int *ret_fd)
{
    int fd = beneath_open(dirfd, *path ? path : ".", O_DIRECTORY);

    if (fd < 0)
        return fd;
    *ret_fd = fd;
    return 0;
}

int file_open_beneath(int dirfd, const char *path, int *ret_fd, struct stat *ret_stat)
{
    /* O_NONBLOCK: opening a FIFO must not wait for its writer. */
    int fd = beneath_open(dirfd, path, O_NONBLOCK | O_NOCTTY);
    struct stat st;
    int err = 0;

    if (fd < 0)
        return fd;
    if (fstat(fd, &st) < 0)
        err = -errno;
    else if (!S_ISREG(st.st_mode))
        err = S_ISDIR(st.st_mode) ? -EISDIR : -EINVAL;
    if (err) {
        close(fd);
        return err;
    }
    *ret_fd = fd;
    if (ret_stat)
        *ret_stat = st;
    return 0;
}

bool file_disk_failed(int err)
{
    return err == -EIO || err == -ESTALE || err == -ENOTCONN || err == -ETIMEDOUT;
}

int file_read(int fd, size_t limit, struct strbuf *out)
{
    size_t before = out->len, chunk = 64 * (size_t)1024;
    struct stat st;

    if (fstat(fd, &st) == 0 && st.st_size > 0 && (uintmax_t)st.st_size <= limit)
        chunk = (size_t)st.st_size + 1; /* one more, to see the end in the same read */
    for (;;) {
        ssize_t n;

        strbuf_reserve(out, chunk);
        n = read(fd, out->data + out->len, chunk);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0) {
            int err = -errno;

            strbuf_truncate(out, before);
            return err;
        }
        if (n == 0)
            return 0;
        out->len += (size_t)n;
        out->data[out->len] = '\0';
        if (out->len - before > limit) {
            strbuf_truncate(out, before);
            return -EFBIG;
        }
    }
}

static int read_and_close(int fd, size_t limit, struct strbuf *out)
{
    int err = file_read(fd, limit, out);

    close(fd);
    return err;
}

int file_read_beneath(int dirfd, const char *path, size_t limit, struct strbuf *out)
{
    int fd, err = file_open_beneath(dirfd, path, &fd, NULL);

    return err ? err : read_and_close(fd, limit, out);
}

int file_read_path(const char *path, size_t limit, struct strbuf *out)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC);

    return fd < 0 ? -errno : read_and_close(fd, limit, out);
}
