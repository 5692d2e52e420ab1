/*
 * file: opening and reading below a directory, and never outside it.
 *
 * Every path is relative to a directory descriptor and resolved by beneath_open. Only regular files
 * are opened; a FIFO or a device never blocks us.
 */
#pragma once

#include "base/strbuf.h"

#include <stdbool.h>
#include <stddef.h>
#include <sys/stat.h>

/* The directory itself, followed wherever it points. 0 or negative errno. */
int file_open_directory(const char *path, int *ret_fd);

/* A directory below `dirfd`; "" or "." is the directory itself. */
int file_open_directory_beneath(int dirfd, const char *path, int *ret_fd);

/* A regular file below `dirfd`, read-only; -EISDIR or -EINVAL for what is none. */
int file_open_beneath(int dirfd, const char *path, int *ret_fd, struct stat *ret_stat);

/* Is it the disk, or whoever serves it over the network, that fails, rather than the file? */
bool file_disk_failed(int err);

/* Appends all bytes of the file; -EFBIG, with `out` unchanged, above `limit` bytes. */
int file_read(int fd, size_t limit, struct strbuf *out);

/* Opens and reads; as the two above. */
int file_read_beneath(int dirfd, const char *path, size_t limit, struct strbuf *out);

/* The same for a path that the operator named, anywhere. */
int file_read_path(const char *path, size_t limit, struct strbuf *out);
