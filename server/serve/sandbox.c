#include "serve/sandbox.h"

#include "base/instrumented.h"
#include "base/mem.h"
#include "serve/landlock.h"
#include "serve/syscalls.h"

#include <dlfcn.h>
#include <errno.h>
#include <gnu/libc-version.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

struct rules {
    int set, version, err;
};

/* What is not there needs no rule. */
static void allow(struct rules *rules, const char *path, enum landlock_use use)
{
    int err = rules->err ? 0 : landlock_allow(rules->set, rules->version, path, use);

    if (err && err != -ENOENT && err != -EACCES && err != -ENOTDIR)
        rules->err = err;
}

/* The caller frees it. */
static char *directory_of(const char *path)
{
    const char *slash = strrchr(path, '/');

    if (!slash)
        return mem_copy_text(".");
    return slash == path ? mem_copy_text("/") : mem_copy(path, (size_t)(slash - path));
}

static void allow_directory_of(struct rules *rules, const char *path, enum landlock_use use)
{
    char *directory = directory_of(path);

    allow(rules, directory, use);
    free(directory);
}

/*
 * Renewing a certificate puts a new file in its place, or where its symbolic link leads: both
 * directories, for the file of today will not be there.
 */
static void allow_renewed(struct rules *rules, const char *path)
{
    char *target = path ? realpath(path, NULL) : NULL;

    if (path)
        allow_directory_of(rules, path, LANDLOCK_READ);
    if (target)
        allow_directory_of(rules, target, LANDLOCK_READ);
    free(target);
}

/* Rotation makes a new file beside the old one; a device or a pipe is the same for ever. */
static void allow_log(struct rules *rules, const char *path)
{
    struct stat st;

    if (stat(path, &st) == 0 && !S_ISREG(st.st_mode))
        allow(rules, path, LANDLOCK_WRITE_FILE);
    else
        allow_directory_of(rules, path, LANDLOCK_APPEND);
}

/* The C library loads what it needs for `charset:` from a directory beside its own file. */
static void allow_charsets(struct rules *rules)
{
    Dl_info info;

    if (dladdr((void *)(uintptr_t)gnu_get_libc_version, &info) && info.dli_fname) {
        char *directory = directory_of(info.dli_fname), *path = mem_format("%s/gconv", directory);

        allow(rules, path, LANDLOCK_READ);
        free(path);
        free(directory);
    }
}

static int limit_files(const struct site_settings *settings, int version)
{
    struct rules rules = {landlock_open(version), version, 0};

    if (rules.set < 0)
        return rules.set;
    allow(&rules, settings->root, LANDLOCK_READ);
    if (settings->templates)
        allow(&rules, settings->templates, LANDLOCK_READ);
    allow_charsets(&rules);
    vec_each (&settings->listens.list, entry) {
        allow_renewed(&rules, entry->certificate);
        allow_renewed(&rules, entry->key);
        if (entry->unix_path)
            allow_directory_of(&rules, entry->unix_path, LANDLOCK_REMOVE);
    }
    if (settings->access_log && strcmp(settings->access_log, "-") != 0)
        allow_log(&rules, settings->access_log);
    if (!rules.err)
        rules.err = landlock_enforce(rules.set);
    close(rules.set);
    return rules.err;
}

static void lack(struct err_list *errs, const char *what, const char *why, const char *means)
{
    err_add(errs, SEVERITY_WARNING, NULL, 0, 0,
            "the sandbox lacks %s (%s): %s; `sandbox: false` says that this is meant", what, why,
            means);
}

void sandbox_enter(const struct site_settings *settings, struct strbuf *out, struct err_list *errs)
{
    int version = 0, err = -ENOSYS, calls;

    tzset(); /* reads a file */
    if (!settings->sandbox || instrumented) {
        strbuf_append_text(out, settings->sandbox ? "no sandbox, for this build has sanitizers"
                                                  : "no sandbox, as the settings say");
        return;
    }
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) < 0) {
        lack(errs, "everything", strerror(errno), "an intruder has all rights of this user");
        return;
    }
    strbuf_append_text(out, "no new privileges");
    version = landlock_version();
    if (version > 0)
        err = limit_files(settings, version);
    if (err)
        lack(errs, "Landlock", strerror(-err), "an intruder reads whatever this user may read");
    else
        strbuf_append_format(out, ", files by Landlock %d", version);
    calls = syscalls_limit();
    if (calls < 0)
        lack(errs, "seccomp", strerror(-calls), "an intruder has every system call");
    else
        strbuf_append_format(out, ", %d system calls", calls);
}
