/* Our way down beside the kernel's: both must open the same, or refuse for the same reason. */
#include "base/beneath.h"

#include "base/strbuf.h"

#include <errno.h>
#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

static const struct {
    const char *name, *target;
} links[] = {
    {"file-link", "inside/deep/file"},
    {"directory-link", "inside"},
    {"inside/up", "../outer"},
    {"inside/out", "../../.."},
    {"inside/round", "../inside/../inside/deep"},
    {"absolute", "/etc/passwd"},
    {"dangling", "nowhere"},
    {"circle", "circle"},
    {"chain", "file-link"},
    {"slash-link", "inside/"},
    {"file-slash-link", "outer/"},
};

static const char *const paths[] = {
    "outer",
    "inside",
    "inside/",
    "./inside//deep/",
    "inside/deep/file",
    "inside/deep/file/",
    "inside/deep/file/x",
    "outer/..",
    "inside/..",
    "inside/../..",
    "..",
    "../outer",
    ".",
    "",
    "/",
    "/etc/passwd",
    "inside/deep/../../outer",
    "absent",
    "absent/..",
    "inside/absent/x",
    "file-link",
    "file-link/",
    "file-link/x",
    "directory-link",
    "directory-link/",
    "directory-link/deep/file",
    "directory-link/../outer",
    "inside/up",
    "inside/out",
    "inside/out/etc",
    "inside/round",
    "inside/round/file",
    "absolute",
    "dangling",
    "dangling/x",
    "circle",
    "circle/x",
    "chain",
    "slash-link",
    "slash-link/deep",
    "file-slash-link",
    "closed/file",
};

static char root[] = "/tmp/decksd-beneath-XXXXXX";
static int root_fd;

static int set_up(void **state)
{
    (void)state;
    assert_non_null(mkdtemp(root));
    root_fd = open(root, O_RDONLY | O_DIRECTORY);
    assert_true(root_fd >= 0);
    assert_int_equal(mkdirat(root_fd, "inside", 0700), 0);
    assert_int_equal(mkdirat(root_fd, "inside/deep", 0700), 0);
    close(openat(root_fd, "outer", O_WRONLY | O_CREAT, 0600));
    close(openat(root_fd, "inside/deep/file", O_WRONLY | O_CREAT, 0600));
    for (size_t i = 0; i < sizeof links / sizeof *links; i++)
        assert_int_equal(symlinkat(links[i].target, root_fd, links[i].name), 0);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof links / sizeof *links; i++)
        unlinkat(root_fd, links[i].name, 0);
    unlinkat(root_fd, "outer", 0);
    unlinkat(root_fd, "inside/deep/file", 0);
    unlinkat(root_fd, "inside/deep", AT_REMOVEDIR);
    unlinkat(root_fd, "inside", AT_REMOVEDIR);
    close(root_fd);
    return rmdir(root);
}

static void compare(const char *path, int flags)
{
    int kernel = beneath_open(root_fd, path, flags), own = beneath_walk(root_fd, path, flags);
    struct stat a, b;

    if (kernel < 0 || own < 0) {
        if (kernel != own)
            fail_msg("`%s`: the kernel says %d, we say %d", path, kernel, own);
        return;
    }
    assert_int_equal(fstat(kernel, &a), 0);
    assert_int_equal(fstat(own, &b), 0);
    if (a.st_ino != b.st_ino || a.st_dev != b.st_dev)
        fail_msg("`%s`: not the same file", path);
    assert_int_equal(fcntl(kernel, F_GETFL) | O_NOFOLLOW, fcntl(own, F_GETFL) | O_NOFOLLOW);
    assert_int_equal(fcntl(own, F_GETFD), FD_CLOEXEC);
    close(kernel);
    close(own);
}

static void walks_as_the_kernel_does(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof paths / sizeof *paths; i++) {
        compare(paths[i], 0);
        compare(paths[i], O_DIRECTORY);
        compare(paths[i], O_NONBLOCK | O_NOCTTY);
    }
}

static void refuses_what_is_too_long(void **state)
{
    struct strbuf path = STRBUF_INIT;

    (void)state;
    for (int i = 0; i < 256; i++)
        strbuf_append_char(&path, 'a');
    compare(path.data, 0);
    strbuf_release(&path);
}

/* One more than the kernel follows, and as many. */
static void follows_forty_links(void **state)
{
    struct strbuf path = STRBUF_INIT;

    (void)state;
    for (int i = 0; i < 40; i++)
        strbuf_append_text(&path, "directory-link/../");
    strbuf_append_text(&path, "outer");
    compare(path.data, 0);
    compare(path.data + strlen("directory-link/../"), 0);
    strbuf_reset(&path);
    for (int i = 0; i < 41; i++)
        strbuf_append_text(&path, "directory-link/../");
    compare(path.data, 0);
    assert_int_equal(beneath_walk(root_fd, path.data, 0), -ELOOP);
    strbuf_release(&path);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(walks_as_the_kernel_does),
        cmocka_unit_test(refuses_what_is_too_long),
        cmocka_unit_test(follows_forty_links),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
