#include "deck/assembly.h"
#include "deck/include.h"

#include "base/file.h"

#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

static void parses(const char *line, const char *name)
{
    struct span found;

    assert_int_equal(include_parse(span_of(line), &found), name != NULL);
    if (name)
        assert_true(span_is(found, name));
}

static void lines_that_include(void **state)
{
    (void)state;
    parses("FILE: part.md", "part.md");
    parses("FILE:a b/part.Markdown  ", "a b/part.Markdown");
    parses("FILE: \"x.md\"", "x.md");
    parses("FILE: part.txt", NULL);
    parses("FILE:", NULL);
    parses("FILE: .md", NULL);
    parses("file: part.md", NULL);
    parses("The FILE: part.md", NULL);
    parses("<!-- include: part.txt -->", "part.txt");
    parses("  <!--include:part.md-->  ", "part.md");
    parses("<!-- include: a.md --> text", NULL);
    parses("<!-- include: a.md", NULL);
    parses("<!-- include: -->", NULL);
    parses("<!-- includes: a.md -->", NULL);
    parses("", NULL);
}

static void resolves(const char *from, const char *name, const char *expected)
{
    struct strbuf out = STRBUF_INIT;

    assert_int_equal(include_resolve(from, span_of(name), &out), expected != NULL);
    if (expected)
        assert_string_equal(out.data, expected);
    strbuf_release(&out);
}

static void names_stay_below_the_directory(void **state)
{
    (void)state;
    resolves("deck.md", "a.md", "a.md");
    resolves("deck.md", "./x//a.md", "x/a.md");
    resolves("x/y/b.md", "a.md", "x/y/a.md");
    resolves("x/y/b.md", "../a.md", "x/a.md");
    resolves("x/b.md", "../../a.md", NULL);
    resolves("deck.md", "../a.md", NULL);
    resolves("deck.md", "/etc/passwd", NULL);
    resolves("deck.md", "x/../../a.md", NULL);
    resolves("deck.md", "", NULL);
    resolves("deck.md", "..", NULL);
    resolves("deck.md", ".", NULL);
}

struct directory {
    char path[32];
    int fd;
    struct assembly assembly;
    struct deck_sources read;
    struct err_list errs;
};

static void write_file(struct directory *directory, const char *name, const char *content)
{
    int fd = openat(directory->fd, name, O_WRONLY | O_CREAT | O_TRUNC, 0600);

    assert_true(fd >= 0);
    assert_int_equal(write(fd, content, strlen(content)), strlen(content));
    close(fd);
}

static int set_up(void **state)
{
    struct directory *directory = calloc(1, sizeof *directory);

    strcpy(directory->path, "/tmp/decksd-test-XXXXXX");
    if (!mkdtemp(directory->path) || file_open_directory(directory->path, &directory->fd))
        return -1;
    err_list_init(&directory->errs);
    assembly_init(&directory->assembly);
    directory->assembly.directory = directory->fd;
    directory->assembly.prefix = "talk/";
    directory->assembly.limit = 1000;
    directory->assembly.read = &directory->read;
    directory->assembly.errs = &directory->errs;
    *state = directory;
    return 0;
}

static int tear_down(void **state)
{
    static const char *const names[] = {"a.md", "b.md", "c.md", "d/a.md", "link.md"};
    struct directory *directory = *state;

    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        unlinkat(directory->fd, names[i], 0);
    unlinkat(directory->fd, "d", AT_REMOVEDIR);
    rmdir(directory->path);
    close(directory->fd);
    vec_each (&directory->read.list, name)
        free(name->path);
    vec_release(&directory->read.list);
    err_list_release(&directory->errs);
    assembly_release(&directory->assembly);
    free(directory);
    return 0;
}

static void append(struct directory *directory, const char *name)
{
    struct strbuf text = STRBUF_INIT;

    assert_int_equal(assembly_read(&directory->assembly, name, &text, NULL, 0), 0);
    assembly_append(&directory->assembly, name, strbuf_span(&text));
    strbuf_release(&text);
}

static void is_placed(struct directory *directory, unsigned line, const char *expected)
{
    struct strbuf out = STRBUF_INIT;
    struct err_list errs;

    err_list_init(&errs);
    err_add(&errs, SEVERITY_WARNING, "?", line, 0, "x");
    assembly_place(&directory->assembly, &errs);
    err_append_line(&out, &errs.list.items[0]);
    assert_true(span_starts_with(strbuf_span(&out), span_of(expected)));
    strbuf_release(&out);
    err_list_release(&errs);
}

static void every_line_knows_its_file(void **state)
{
    struct directory *directory = *state;

    mkdirat(directory->fd, "d", 0700);
    write_file(directory, "a.md", "---\nk: v\n---\none\nFILE: d/a.md\ntwo\n");
    write_file(directory, "d/a.md", "three\n<!-- include: ../b.md -->\nfour\n");
    write_file(directory, "b.md", "---\nk: v\n---\nfive");
    write_file(directory, "c.md", "six\n");
    append(directory, "a.md");
    append(directory, "c.md");
    assert_string_equal(directory->assembly.text.data, "one\nthree\nfive\nfour\ntwo\nsix\n");
    assert_int_equal(directory->assembly.breaks.count, 1);
    assert_int_equal(directory->assembly.breaks.items[0], strlen("one\nthree\nfive\nfour\ntwo\n"));
    assert_int_equal(directory->errs.list.count, 0);
    assert_int_equal(directory->read.list.count, 4);
    assert_string_equal(directory->read.list.items[1].path, "talk/d/a.md");
    is_placed(directory, 1, "talk/a.md:4:");
    is_placed(directory, 2, "talk/d/a.md:1:");
    is_placed(directory, 3, "talk/b.md:4:");
    is_placed(directory, 4, "talk/d/a.md:3:");
    is_placed(directory, 5, "talk/a.md:6:");
    is_placed(directory, 6, "talk/c.md:1:");
    is_placed(directory, 0, "?:");
}

static void has_problem(struct directory *directory, size_t index, const char *needle)
{
    assert_true(directory->errs.list.count > index);
    assert_non_null(strstr(directory->errs.list.items[index].text, needle));
}

static void cycles_and_absent_files_are_problems(void **state)
{
    struct directory *directory = *state;

    write_file(directory, "a.md", "1\nFILE: b.md\nFILE: absent.md\nFILE: ../x.md\n");
    write_file(directory, "b.md", "FILE: a.md\n");
    append(directory, "a.md");
    assert_string_equal(directory->assembly.text.data,
                        "1\nFILE: a.md\nFILE: absent.md\nFILE: ../x.md\n");
    has_problem(directory, 0, "(a.md > b.md > a.md)");
    has_problem(directory, 1, "absent.md cannot be read");
    has_problem(directory, 2, "not below the deck's directory");
    assert_int_equal(directory->errs.list.items[1].line, 3);
    assert_string_equal(directory->errs.list.items[0].file, "talk/b.md");
}

static void links_out_of_the_directory_are_refused(void **state)
{
    struct directory *directory = *state;

    assert_int_equal(symlinkat("/etc/hostname", directory->fd, "link.md"), 0);
    write_file(directory, "a.md", "FILE: link.md\n");
    append(directory, "a.md");
    assert_string_equal(directory->assembly.text.data, "FILE: link.md\n");
    has_problem(directory, 0, "leads out");
}

static void all_files_share_the_limit(void **state)
{
    struct directory *directory = *state;
    char large[700];

    memset(large, 'x', sizeof large - 1);
    large[sizeof large - 1] = '\0';
    write_file(directory, "a.md", "FILE: b.md\nFILE: b.md\n");
    write_file(directory, "b.md", large);
    append(directory, "a.md");
    assert_int_equal(directory->errs.list.count, 1);
    has_problem(directory, 0, "too large");
}

static void code_and_comments_include_nothing(void **state)
{
    struct directory *directory = *state;
    const char *text = "```\nFILE: b.md\n```\n<!--\nFILE: b.md\n-->\n~~~\n";

    write_file(directory, "b.md", "b\n");
    write_file(directory, "a.md", text);
    append(directory, "a.md");
    assert_string_equal(directory->assembly.text.data, text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lines_that_include),
        cmocka_unit_test(names_stay_below_the_directory),
        cmocka_unit_test_setup_teardown(every_line_knows_its_file, set_up, tear_down),
        cmocka_unit_test_setup_teardown(cycles_and_absent_files_are_problems, set_up, tear_down),
        cmocka_unit_test_setup_teardown(links_out_of_the_directory_are_refused, set_up, tear_down),
        cmocka_unit_test_setup_teardown(all_files_share_the_limit, set_up, tear_down),
        cmocka_unit_test_setup_teardown(code_and_comments_include_nothing, set_up, tear_down),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
