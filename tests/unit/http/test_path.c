/* Request targets and paths: what they mean, and what is refused. */
#include "http/path.h"

#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static void test_targets(void **state)
{
    static const struct {
        const char *text;
        int err;
        enum target_form form;
        const char *authority, *path, *query; /* query NULL: has none */
    } rows[] = {
        {"/", 0, TARGET_ORIGIN, "", "/", NULL},
        {"/a?b", 0, TARGET_ORIGIN, "", "/a", "b"},
        {"/a?", 0, TARGET_ORIGIN, "", "/a", ""},
        {"/a?b?c=/d", 0, TARGET_ORIGIN, "", "/a", "b?c=/d"},
        {"//evil/x", 0, TARGET_ORIGIN, "", "//evil/x", NULL},
        {"*", 0, TARGET_ASTERISK, "", "", NULL},
        {"http://h:80/a?b", 0, TARGET_ABSOLUTE, "h:80", "/a", "b"},
        {"HTTPS://[::1]/", 0, TARGET_ABSOLUTE, "[::1]", "/", NULL},
        {"http://h", 0, TARGET_ABSOLUTE, "h", "", NULL},
        {"http://h?q", 0, TARGET_ABSOLUTE, "h", "", "q"},
        {"http:///a", -EBADMSG, 0, NULL, NULL, NULL},
        {"http://user@h/", -EBADMSG, 0, NULL, NULL, NULL},
        {"ftp://h/", -EBADMSG, 0, NULL, NULL, NULL},
        {"h:443", -EBADMSG, 0, NULL, NULL, NULL},
        {"deck/", -EBADMSG, 0, NULL, NULL, NULL},
        {"", -EBADMSG, 0, NULL, NULL, NULL},
        {"/a#b", -EBADMSG, 0, NULL, NULL, NULL},
        {"/a b", -EBADMSG, 0, NULL, NULL, NULL},
        {"/a\x7f", -EBADMSG, 0, NULL, NULL, NULL},
        {"/a\xc3\xa9", -EBADMSG, 0, NULL, NULL, NULL},
        {"/a?\n", -EBADMSG, 0, NULL, NULL, NULL},
    };

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct target target;
        int err = target_parse(span_of(rows[i].text), &target);

        if (err != rows[i].err)
            fail_msg("%s: %d", rows[i].text, err);
        if (err)
            continue;
        assert_int_equal(target.form, rows[i].form);
        assert_true(span_is(target.authority, rows[i].authority));
        assert_true(span_is(target.path, rows[i].path));
        assert_int_equal(target.has_query, rows[i].query != NULL);
        assert_true(span_equal(target.query, span_of(rows[i].query)));
    }
}

static void test_target_length(void **state)
{
    static char text[TARGET_MAX + 1];
    struct target target;

    (void)state;
    memset(text, '/', sizeof text);
    assert_int_equal(target_parse((struct span){text, TARGET_MAX}, &target), 0);
    assert_int_equal(target_parse((struct span){text, TARGET_MAX + 1}, &target), -E2BIG);
}

static void test_paths(void **state)
{
    static const struct {
        const char *text, *path; /* NULL: refused */
    } rows[] = {
        {"/", "/"},
        {"", "/"},
        {"/deck/", "/deck/"},
        {"/%64eck/", "/deck/"},
        {"/a/../deck/", "/deck/"},
        {"/a/./b", "/a/b"},
        {"/a/.", "/a/"},
        {"/a/..", "/"},
        {"/a/b/..", "/a/"},
        {"/a/b/../", "/a/"},
        {"/a/%2E%2e/b", "/b"},
        {"/a/.%2e/b", "/b"},
        {"//deck//x///", "/deck/x/"},
        {"/a//../b", "/b"},
        {"/...", "/..."},
        {"/a/..b/.c", "/a/..b/.c"},
        {"/a%20b%23%3f%25", "/a b#?%"},
        {"/%2520", "/%20"},
        {"/a+b", "/a+b"},
        {"/%c3%a9", "/\xc3\xa9"},
        {"/..", NULL},
        {"/../x", NULL},
        {"/a/../../b", NULL},
        {"/%2e%2e/", NULL},
        {"/a/%2e%2e/%2e%2e/", NULL},
        {"/a%2fb", NULL},
        {"/a%5cb", NULL},
        {"/a\\b", NULL},
        {"/..%2f", NULL},
        {"/%00", NULL},
        {"/%1f", NULL},
        {"/%7F", NULL},
        {"/%", NULL},
        {"/%4", NULL},
        {"/%zz", NULL},
        {"/%c0%ae", NULL},
        {"/%ff", NULL},
        {"/%ed%a0%80", NULL},
    };

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char *buffer = malloc(strlen(rows[i].text) + 2); /* exactly as promised */
        struct span path;
        int err = path_decode(span_of(rows[i].text), buffer, &path);

        if (err != (rows[i].path ? 0 : -EBADMSG))
            fail_msg("%s: %d", rows[i].text, err);
        if (!err && !span_is(path, rows[i].path))
            fail_msg("%s: %s", rows[i].text, path.data);
        free(buffer);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_targets),
        cmocka_unit_test(test_target_length),
        cmocka_unit_test(test_paths),
    };

    return cmocka_run_group_tests_name("path", tests, NULL, NULL);
}
