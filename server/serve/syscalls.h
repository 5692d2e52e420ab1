/*
 * syscalls: the system calls that the process may still make.
 *
 * An allow-list by seccomp: what serving and reloading need, some only with certain arguments. No
 * program can be started, no process, no socket made or connected, nobody's rights changed, no
 * memory be both written and executed. A call that is not on the list fails with EPERM and is noted
 * by the kernel (type=1326 in its audit log): a server that ends in front of its audience would be
 * worse. Calls by another architecture's numbers, which only an intruder makes, end the process.
 */
#pragma once

#include <stddef.h>

/*
 * From now on, for all threads, and for good. How many calls are on the list, or negative errno:
 * -ENOSYS where the kernel has no seccomp. Needs no_new_privs.
 */
int syscalls_limit(void);
