#include "base/file.h"
#include "deck/deck.h"

#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

static bool find_file(void *context, struct span path, struct deck_file *ret_file)
{
    (void)context;
    (void)path;
    (void)ret_file;
    return false;
}

static bool find_deck(void *context, struct span path, struct span *ret_url)
{
    (void)context;
    (void)path;
    (void)ret_url;
    return false;
}

/* The deck's index as "h/v #id heading|text|notes" lines. */
static char *index_of(const char *markdown)
{
    char directory[] = "/tmp/decksd-nested-XXXXXX";
    struct strbuf out = STRBUF_INIT;
    struct deck_request request = {.directory = "", .source = "deck.md", .path = "", .limit = 4096};
    struct deck *deck;
    int file;

    assert_non_null(mkdtemp(directory));
    request.root = open(directory, O_RDONLY | O_DIRECTORY);
    file = openat(request.root, "deck.md", O_WRONLY | O_CREAT, 0600);
    assert_int_equal(write(file, markdown, strlen(markdown)), strlen(markdown));
    close(file);
    request.files = (struct deck_files){NULL, find_file, find_deck, NULL, NULL};
    deck = deck_load(&request);
    vec_each (&deck->index, slide)
        strbuf_append_format(&out, "%u/%u #%s %s|%s|%s\n", slide->h, slide->v, slide->id,
                             slide->heading, slide->text, slide->notes);
    deck_free(deck);
    assert_int_equal(unlinkat(request.root, "deck.md", 0), 0);
    close(request.root);
    assert_int_equal(rmdir(directory), 0);
    return strbuf_detach(&out, NULL);
}

static void shows(const char *markdown, const char *expected)
{
    char *index = index_of(markdown);

    assert_string_equal(index, expected);
    free(index);
}

static void a_lone_slide_becomes_a_stack(void **state)
{
    (void)state;
    shows("# A\n\n---\n\nb\n<section><h2>B</h2>c<aside class=\"notes\">d</aside></section>\n"
          "<section id=\"x\">e</section>\n\n---\n\n# F\n",
          "0/0 #a A|A|\n1/0 #1/0 B|B c|d\n1/1 #x |e|\n2/0 #f F|F|\n");
    shows("<section><section>a</section><section>b</section></section>\n\n---\n\nc\n",
          "0/1 #0/1 |a|\n0/2 #0/2 |b|\n1/0 #c |c|\n");
}

static void slides_below_are_shifted(void **state)
{
    (void)state;
    shows("# A\n\n----\n\n# B\n<section>c</section>\n\n----\n\n# D\n\n---\n\n# E\n",
          "0/0 #a A|A|\n0/1 #b B|B c|\n0/3 #d D|D|\n1/0 #e E|E|\n");
}

static void hidden_ones_do_not_count(void **state)
{
    (void)state;
    shows("# A\n<section data-visibility=\"hidden\">b<section>c</section></section>\n\n---\n\nd\n",
          "0/0 #a A|A b c|\n1/0 #d |d|\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_lone_slide_becomes_a_stack),
        cmocka_unit_test(slides_below_are_shifted),
        cmocka_unit_test(hidden_ones_do_not_count),
    };
    int failed;

    deck_setup();
    failed = cmocka_run_group_tests_name("nested", tests, NULL, NULL);
    deck_teardown();
    return failed;
}
