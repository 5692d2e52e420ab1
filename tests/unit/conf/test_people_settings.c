/* Who gives the talks: keys that would share a page are told, with both of their lines. */
#include "conf/people_settings.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

/* Reads people, and expects this problem, or none for NULL. */
static void says(const char *text, const char *problem)
{
    struct people_settings people = {0};
    struct err_list errs;
    struct strbuf line = STRBUF_INIT;
    struct node *node;

    err_list_init(&errs);
    node = node_parse(span_of(text), "c.yaml", 1, &errs);
    people_settings_read(&people, node, &errs);
    assert_int_equal(errs.list.count, problem ? 1 : 0);
    if (problem) {
        err_append_line(&line, &errs.list.items[0]);
        if (!strstr(line.data, problem))
            fail_msg("“%s” is not in: %s", problem, line.data);
    }
    strbuf_release(&line);
    node_free(node);
    people_settings_release(&people);
    err_list_release(&errs);
}

static void keys_have_addresses_of_their_own(void **state)
{
    (void)state;
    says("a-b: One\na-c: {name: Two}\nab: Three\n", NULL);
    says("a-b: One\nx: Two\na b: Three\n",
         "c.yaml:3:1: error: `a b` has the same address as the key "
         "on line 1, /people/a-b/");
    says("anil: One\nANIL: {name: Two}\n",
         "c.yaml:2:1: error: `ANIL` has the same address as the key on line 1");
    says("\"\": One\n", "cannot be empty");
    says("\" \": One\n", "cannot be empty");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(keys_have_addresses_of_their_own),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
