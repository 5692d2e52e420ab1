/*
 * beneath: opening a path below a directory, wherever its links lead, and never outside it.
 *
 * The kernel does it, by openat2(2) with RESOLVE_BENEATH. Where a filter of system calls forbids
 * that (systemd's does for every unit with DynamicUser=, and older containers'), beneath_walk does
 * the same step by step. Neither dot segments nor symbolic links nor a race leads out of either.
 * What is opened is the caller's.
 */
#pragma once

/*
 * Opens `path`, which is relative to `dirfd`, for reading, with further `flags` of open(2). The
 * descriptor, or negative errno: -EXDEV for a path that leads out, -ELOOP for too many links.
 */
int beneath_open(int dirfd, const char *path, int flags);

/* As that, always step by step. */
int beneath_walk(int dirfd, const char *path, int flags);
