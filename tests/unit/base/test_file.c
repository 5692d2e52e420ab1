#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

struct fixture {
    char path[64];
    int fd;
};

static void put(int dirfd, const char *name, const char *text)
{
    int fd = openat(dirfd, name, O_WRONLY | O_CREAT | O_TRUNC, 0600);

    assert_true(fd >= 0);
    assert_int_equal(write(fd, text, strlen(text)), strlen(text));
    close(fd);
}

static int set_up(void **state)
{
    struct fixture *fixture = calloc(1, sizeof *fixture);

    strcpy(fixture->path, "/tmp/decksd-file-XXXXXX");
    assert_non_null(mkdtemp(fixture->path));
    assert_int_equal(file_open_directory(fixture->path, &fixture->fd), 0);
    assert_int_equal(mkdirat(fixture->fd, "inside", 0700), 0);
    put(fixture->fd, "inside/a.md", "# A");
    put(fixture->fd, "empty", "");
    assert_int_equal(symlinkat("../../etc/passwd", fixture->fd, "inside/leaving"), 0);
    assert_int_equal(symlinkat("/etc/passwd", fixture->fd, "absolute"), 0);
    assert_int_equal(symlinkat("inside/a.md", fixture->fd, "staying"), 0);
    assert_int_equal(mkfifoat(fixture->fd, "fifo", 0600), 0);
    *state = fixture;
    return 0;
}

static int tear_down(void **state)
{
    struct fixture *fixture = *state;
    static const char *const files[] = {"inside/a.md", "inside/leaving", "absolute",
                                        "staying",     "fifo",           "empty"};

    for (size_t i = 0; i < sizeof files / sizeof *files; i++)
        unlinkat(fixture->fd, files[i], 0);
    unlinkat(fixture->fd, "inside", AT_REMOVEDIR);
    close(fixture->fd);
    rmdir(fixture->path);
    free(fixture);
    return 0;
}

static void reads_below_the_directory(void **state)
{
    const struct fixture *fixture = *state;
    struct strbuf text = STRBUF_INIT;

    assert_int_equal(file_read_beneath(fixture->fd, "inside/a.md", 100, &text), 0);
    assert_string_equal(text.data, "# A");
    assert_int_equal(file_read_beneath(fixture->fd, "staying", 100, &text), 0);
    assert_string_equal(text.data, "# A# A");
    assert_int_equal(file_read_beneath(fixture->fd, "empty", 100, &text), 0);
    assert_int_equal(text.len, 6);
    strbuf_release(&text);
}

static void never_leaves_the_directory(void **state)
{
    const struct fixture *fixture = *state;
    int fd = -1;

    assert_int_equal(file_open_beneath(fixture->fd, "../x", &fd, NULL), -EXDEV);
    assert_int_equal(file_open_beneath(fixture->fd, "/etc/passwd", &fd, NULL), -EXDEV);
    assert_int_equal(file_open_beneath(fixture->fd, "inside/leaving", &fd, NULL), -EXDEV);
    assert_int_equal(file_open_beneath(fixture->fd, "absolute", &fd, NULL), -EXDEV);
    assert_int_equal(file_open_directory_beneath(fixture->fd, "..", &fd), -EXDEV);
    assert_int_equal(fd, -1);
}

static void takes_only_regular_files(void **state)
{
    const struct fixture *fixture = *state;
    int fd = -1;

    assert_int_equal(file_open_beneath(fixture->fd, "fifo", &fd, NULL), -EINVAL);
    assert_int_equal(file_open_beneath(fixture->fd, "inside", &fd, NULL), -EISDIR);
    assert_int_equal(file_open_beneath(fixture->fd, "absent", &fd, NULL), -ENOENT);
    assert_int_equal(file_open_directory_beneath(fixture->fd, "inside", &fd), 0);
    close(fd);
}

static void keeps_to_the_limit(void **state)
{
    const struct fixture *fixture = *state;
    struct strbuf text = STRBUF_INIT;

    strbuf_append_text(&text, "before");
    assert_int_equal(file_read_beneath(fixture->fd, "inside/a.md", 2, &text), -EFBIG);
    assert_string_equal(text.data, "before");
    assert_int_equal(file_read_beneath(fixture->fd, "inside/a.md", 3, &text), 0);
    strbuf_release(&text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_below_the_directory),
        cmocka_unit_test(never_leaves_the_directory),
        cmocka_unit_test(takes_only_regular_files),
        cmocka_unit_test(keeps_to_the_limit),
    };

    return cmocka_run_group_tests_name("base/file", tests, set_up, tear_down);
}
