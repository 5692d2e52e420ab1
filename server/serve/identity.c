#include "serve/identity.h"

#include "base/instrumented.h"

#include <errno.h>
#include <grp.h>
#include <linux/capability.h>
#include <pwd.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

struct identity_ids {
    const char *name; /* NULL: the user has none, and is in no groups */
    uid_t user;
    gid_t group;
};

/* All of the text as an id, other than the one that stands for none. */
static bool read_id(const char *text, unsigned *ret_id)
{
    char *end;
    unsigned long number;

    if (*text < '0' || *text > '9' || strlen(text) > 10)
        return false;
    number = strtoul(text, &end, 10);
    if (*end || number >= (uid_t)-1)
        return false;
    *ret_id = (unsigned)number;
    return true;
}

/* The password file's entries live until the next one is asked for: main is the only thread. */
static int find_user(const char *name, struct identity_ids *ids, struct err_list *errs)
{
    const struct passwd *entry = getpwnam(name);
    unsigned id;

    if (!entry && read_id(name, &id)) {
        entry = getpwuid(id);
        *ids = (struct identity_ids){NULL, id, id};
        if (!entry)
            return 0;
    }
    if (!entry) {
        err_add(errs, SEVERITY_ERROR, NULL, 0, 0,
                "there is no user %s to serve as: name another with `user`, or add it", name);
        return -ENOENT;
    }
    *ids = (struct identity_ids){entry->pw_name, entry->pw_uid, entry->pw_gid};
    return 0;
}

static int find_group(const char *name, struct identity_ids *ids, struct err_list *errs)
{
    const struct group *entry = getgrnam(name);
    unsigned id;

    if (!entry && !read_id(name, &id)) {
        err_add(errs, SEVERITY_ERROR, NULL, 0, 0,
                "there is no group %s to serve as: name another with `group`, or add it", name);
        return -ENOENT;
    }
    ids->group = entry ? entry->gr_gid : id;
    return 0;
}

static int become(const struct identity_ids *ids)
{
    if ((ids->name ? initgroups(ids->name, ids->group) : setgroups(0, NULL)) < 0 ||
        setresgid(ids->group, ids->group, ids->group) < 0 ||
        setresuid(ids->user, ids->user, ids->user) < 0)
        return -errno;
    /* What cannot be undone is undone for good. */
    return setresuid(0, 0, 0) == 0 ? -EPERM : 0;
}

/* Such as the right to bind to port 80, which a unit may give to a user. */
static void give_up_capabilities(void)
{
    struct __user_cap_header_struct header = {.version = _LINUX_CAPABILITY_VERSION_3};
    struct __user_cap_data_struct none[_LINUX_CAPABILITY_U32S_3] = {{0, 0, 0}};

    /* Fails only where there are none, or in a kernel that knows none. */
    (void)prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL, 0, 0, 0);
    (void)syscall(SYS_capset, &header, none);
}

static int drop_root(const char *user, const char *group, struct err_list *errs)
{
    struct identity_ids ids;
    int err = find_user(user ? user : getpwnam("decksd") ? "decksd" : "nobody", &ids, errs);

    if (err)
        return err;
    if (ids.user == 0) {
        err_add(errs, SEVERITY_ERROR, NULL, 0, 0,
                "decksd does not serve as root: name another user with `user`");
        return -EPERM;
    }
    if (group)
        err = find_group(group, &ids, errs);
    if (err)
        return err;
    err = become(&ids);
    if (err)
        err_add(errs, SEVERITY_ERROR, NULL, 0, 0,
                "cannot become the user %u with the group %u (%s): start decksd as that user",
                ids.user, ids.group, strerror(-err));
    return err;
}

int identity_assume(const char *user, const char *group, struct strbuf *out, struct err_list *errs)
{
    const struct passwd *entry;
    int err = 0;

    if (geteuid() == 0) {
        err = drop_root(user, group, errs);
        /* The process would count as one whose memory is secret, which leak checkers cannot read.
         */
        if (instrumented)
            prctl(PR_SET_DUMPABLE, 1, 0, 0, 0);
    }
    give_up_capabilities();
    if (err)
        return err;
    entry = getpwuid(geteuid());
    if (entry)
        strbuf_append_text(out, entry->pw_name);
    else
        strbuf_append_format(out, "%u", geteuid());
    if (user && !(entry && strcmp(user, entry->pw_name) == 0) &&
        strtoul(user, NULL, 10) != geteuid())
        err_add(errs, SEVERITY_WARNING, NULL, 0, 0,
                "`user: %s` is not taken: only root can become another user, and this is %s", user,
                out->data);
    return 0;
}
