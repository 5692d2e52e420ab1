#include "serve/landlock.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/landlock.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

/* What Debian 12's headers do not have yet. */
#ifndef LANDLOCK_ACCESS_FS_TRUNCATE
#define LANDLOCK_ACCESS_FS_TRUNCATE (1ULL << 14)
#endif
#ifndef LANDLOCK_ACCESS_FS_IOCTL_DEV
#define LANDLOCK_ACCESS_FS_IOCTL_DEV (1ULL << 15)
#endif

enum { NET_BIND_TCP = 1 << 0, NET_CONNECT_TCP = 1 << 1 };
enum { SCOPE_ABSTRACT_UNIX_SOCKET = 1 << 0, SCOPE_SIGNAL = 1 << 1 };

/* struct landlock_ruleset_attr as it has become; older kernels are given less of it. */
struct ruleset {
    uint64_t files, net, scope;
};

int landlock_version(void)
{
    long version = syscall(SYS_landlock_create_ruleset, NULL, 0, LANDLOCK_CREATE_RULESET_VERSION);

    return version > 0 ? (int)version : 0;
}

/* All that can be forbidden in this version. */
static uint64_t known_accesses(int version)
{
    uint64_t accesses = (LANDLOCK_ACCESS_FS_MAKE_SYM << 1) - 1; /* the first version's last */

    if (version >= 2)
        accesses |= LANDLOCK_ACCESS_FS_REFER;
    if (version >= 3)
        accesses |= LANDLOCK_ACCESS_FS_TRUNCATE;
    if (version >= 5)
        accesses |= LANDLOCK_ACCESS_FS_IOCTL_DEV;
    return accesses;
}

int landlock_open(int version)
{
    struct ruleset ruleset = {.files = known_accesses(version)};
    size_t size = offsetof(struct ruleset, net);
    long rules;

    if (version >= 4) {
        ruleset.net = NET_BIND_TCP | NET_CONNECT_TCP;
        size = offsetof(struct ruleset, scope);
    }
    if (version >= 6) {
        ruleset.scope = SCOPE_ABSTRACT_UNIX_SOCKET | SCOPE_SIGNAL;
        size = sizeof ruleset;
    }
    rules = syscall(SYS_landlock_create_ruleset, &ruleset, size, 0);
    return rules < 0 ? -errno : (int)rules;
}

int landlock_allow(int rules, int version, const char *path, enum landlock_use use)
{
    static const uint64_t accesses[] = {
        [LANDLOCK_READ] = LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_READ_DIR,
        [LANDLOCK_APPEND] = LANDLOCK_ACCESS_FS_WRITE_FILE | LANDLOCK_ACCESS_FS_MAKE_REG,
        [LANDLOCK_REMOVE] = LANDLOCK_ACCESS_FS_REMOVE_FILE,
        [LANDLOCK_WRITE_FILE] = LANDLOCK_ACCESS_FS_WRITE_FILE,
    };
    const uint64_t of_files = LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_WRITE_FILE;
    struct landlock_path_beneath_attr rule = {.allowed_access = accesses[use]};
    struct stat st;
    int err = 0;

    rule.parent_fd = open(path, O_PATH | O_CLOEXEC);
    if (rule.parent_fd < 0)
        return -errno;
    if (fstat(rule.parent_fd, &st) == 0 && !S_ISDIR(st.st_mode))
        rule.allowed_access &= of_files;
    rule.allowed_access &= known_accesses(version);
    if (syscall(SYS_landlock_add_rule, rules, LANDLOCK_RULE_PATH_BENEATH, &rule, 0) < 0)
        err = -errno;
    close(rule.parent_fd);
    return err;
}

int landlock_enforce(int rules)
{
    return syscall(SYS_landlock_restrict_self, rules, 0) < 0 ? -errno : 0;
}
