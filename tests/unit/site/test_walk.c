#include "site/walk.h"

#include "tree.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>

#include <cmocka.h>

/* All paths, directories first, one a line. */
static char *walk_text(struct tree *tree, const struct walk_limits *limits, struct err_list *errs)
{
    struct strbuf text = STRBUF_INIT;
    struct walk walk;

    assert_int_equal(walk_root(tree->fd, limits, &walk, errs), 0);
    vec_each (&walk.directories, directory) {
        strbuf_append_format(&text, "%s/", directory->path);
        walk_each_file(&walk, directory, file) strbuf_append_format(&text, " %s", file->name);
        strbuf_append_char(&text, '\n');
    }
    walk_release(&walk);
    return strbuf_detach(&text, NULL);
}

static void expect(struct tree *tree, const struct walk_limits *limits, const char *expected,
                   const char *problem)
{
    struct err_list errs;
    char *text;

    err_list_init(&errs);
    text = walk_text(tree, limits, &errs);
    assert_string_equal(text, expected);
    assert_int_equal(errs.list.count, problem ? 1 : 0);
    if (problem)
        assert_non_null(strstr(errs.list.items[0].text, problem));
    err_list_release(&errs);
    free(text);
}

static void takes_files_in_bytewise_order(void **state)
{
    struct tree tree;

    (void)state;
    tree_make(&tree);
    tree_write(&tree, "b.md", "");
    tree_write(&tree, "a.md", "");
    tree_write(&tree, "Z.md", "");
    tree_write(&tree, "\xc3\xa4 + # ? %.md", "");
    tree_write(&tree, "b/2.md", "");
    tree_write(&tree, "b/10.md", "");
    tree_write(&tree, "b/a/x.png", "");
    tree_write(&tree, "a-b/x", "");
    expect(&tree, &walk_limits_default,
           "/ Z.md a.md b.md \xc3\xa4 + # ? %.md\na-b/ x\nb/ 10.md 2.md\nb/a/ x.png\n", NULL);
    tree_remove(&tree);
}

static void leaves_out_what_is_hidden(void **state)
{
    struct tree tree;

    (void)state;
    tree_make(&tree);
    tree_write(&tree, ".git/config", "");
    tree_write(&tree, ".well-known/security.txt", "");
    tree_write(&tree, "_parts/x.md", "");
    tree_write(&tree, "_part.md", "");
    tree_write(&tree, "node_modules/reveal/README.md", "");
    tree_write(&tree, "deck.md~", "");
    tree_write(&tree, "#deck.md#", "");
    tree_write(&tree, ".deck.md.swp", "");
    assert_int_equal(mkfifoat(tree.fd, "fifo", 0666), 0);
    expect(&tree, &walk_limits_default, "/ _part.md\n.well-known/ security.txt\n", NULL);
    tree_remove(&tree);
}

static void follows_links_that_stay_below_the_root(void **state)
{
    struct tree tree;

    (void)state;
    tree_make(&tree);
    tree_write(&tree, "2015/talk/deck.md", "");
    tree_link(&tree, "latest", "2015/talk");
    tree_link(&tree, "2015/a.md", "../2015/talk/deck.md");
    expect(&tree, &walk_limits_default, "/\n2015/ a.md\n2015/talk/ deck.md\nlatest/ deck.md\n",
           NULL);
    tree_remove(&tree);
}

static void stops_at_links_that_do_not(void **state)
{
    static const struct {
        const char *target, *problem;
    } cases[] = {
        {"../../../etc", "leads out"},
        {"/etc/passwd", "leads out"},
        {".", "circle"},
        {"..", "circle"},
        {"nothing", "leads nowhere"},
        {"link", "circle"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct tree tree;

        tree_make(&tree);
        tree_write(&tree, "d/x", "");
        tree_link(&tree, "d/link", cases[i].target);
        expect(&tree, &walk_limits_default, "/\nd/ x\n", cases[i].problem);
        tree_remove(&tree);
    }
}

static void reports_names_that_no_url_can_carry(void **state)
{
    static const char *const names[] = {"\xff.md", "a\nb.md", "a\\b.md"};

    (void)state;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        struct tree tree;

        tree_make(&tree);
        tree_write(&tree, names[i], "");
        tree_write(&tree, "good.md", "");
        expect(&tree, &walk_limits_default, "/ good.md\n", "no URL");
        tree_remove(&tree);
    }
}

/* In one directory, whose names alone would be megabytes: none of them is looked at. */
static void leaves_out_a_directory_of_very_many(void **state)
{
    static const struct walk_limits limits = {.depth = 32, .entries = 20000};
    struct tree tree;

    (void)state;
    tree_make(&tree);
    tree_write(&tree, "a/deck.md", "");
    tree_write(&tree, "z/deck.md", "");
    tree_directories(&tree, "many/");
    for (unsigned i = 0; i <= 20000; i++) {
        char name[32];

        snprintf(name, sizeof name, "many/%05u.png", i);
        assert_int_equal(mknodat(tree.fd, name, S_IFREG | 0600, 0), 0);
    }
    expect(&tree, &limits, "/\na/ deck.md\nz/ deck.md\n",
           "left out with all below it: more than 20000");
    tree_remove(&tree);
}

static void ends_at_its_limits(void **state)
{
    static const struct walk_limits shallow = {.depth = 2, .entries = 100};
    static const struct walk_limits few = {.depth = 10, .entries = 3};
    static const struct walk_limits none = {.depth = 10, .entries = 1};
    struct tree tree;

    (void)state;
    tree_make(&tree);
    tree_write(&tree, "a/b/c/d/x", "");
    tree_write(&tree, "a/y", "");
    expect(&tree, &shallow, "/\na/ y\na/b/\n", "more than 2 directories");
    expect(&tree, &few, "/\na/ y\n", "more than 3 files");
    expect(&tree, &none, "/\n", "more than 1 files");
    tree_remove(&tree);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(takes_files_in_bytewise_order),
        cmocka_unit_test(leaves_out_what_is_hidden),
        cmocka_unit_test(follows_links_that_stay_below_the_root),
        cmocka_unit_test(stops_at_links_that_do_not),
        cmocka_unit_test(reports_names_that_no_url_can_carry),
        cmocka_unit_test(leaves_out_a_directory_of_very_many),
        cmocka_unit_test(ends_at_its_limits),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
