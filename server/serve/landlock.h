/*
 * landlock: the files that the process may still open, and nothing else.
 *
 * Landlock (Linux 5.13) lets a process without any rights take away its own: what was not added
 * here cannot be read, written, made or removed any more, whatever its permissions say; from later
 * versions on, no port can be bound or connected to and nobody outside be signalled. Descriptors
 * that are open stay as they are. It holds for this thread and those that it starts from then on.
 */
#pragma once

#include <stdbool.h>

enum landlock_use {
    LANDLOCK_READ,       /* files and directories below */
    LANDLOCK_APPEND,     /* make files directly or further below, and write to them */
    LANDLOCK_REMOVE,     /* files directly or further below */
    LANDLOCK_WRITE_FILE, /* this file */
};

/* The version that the kernel has; 0: none, or it is switched off. */
int landlock_version(void);

/* A set of rules as a descriptor, or negative errno. Nothing may be opened by it yet. */
int landlock_open(int version);

/* Adds what lies at the path, followed wherever it points; 0 or negative errno. */
int landlock_allow(int rules, int version, const char *path, enum landlock_use use);

/* From now on, and for good. 0 or negative errno. Needs no_new_privs. */
int landlock_enforce(int rules);
