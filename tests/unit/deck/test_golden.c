/*
 * Every tests/golden/NAME.md and NAME.htm is loaded as a deck and compared with NAME.html: its
 * sections, then its problems as comments. UPDATE_GOLDEN=1 writes the .html files anew, to be read
 * before they are committed. Every file there exists for links; pictures are 640 by 360.
 */
#include "base/file.h"
#include "base/mem.h"
#include "deck/deck.h"

#include <dirent.h>
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

#define GOLDEN "tests/golden"

static bool find_file(void *context, struct span path, struct deck_file *ret_file)
{
    const int *root = context;
    char *name = mem_copy(path.data, path.len);
    bool found = faccessat(*root, name, R_OK, 0) == 0;
    bool picture = span_ends_with(path, SPAN(".png"));

    free(name);
    *ret_file = (struct deck_file){
        .digest = "0123456789abcdef",
        .width = picture ? 640 : 0,
        .height = picture ? 360 : 0,
    };
    return found;
}

static bool find_deck(void *context, struct span path, struct span *ret_url)
{
    (void)context;
    if (!span_is(path, "other/deck.md"))
        return false;
    *ret_url = SPAN("other/");
    return true;
}

static const char *find_emoji(struct span name)
{
    return span_is(name, "tada") ? "🎉" : span_is(name, "smile_cat") ? "😸" : NULL;
}

static void render(int root, const char *source, struct strbuf *out)
{
    char *path = mem_format("%.*s/", (int)strcspn(source, "."), source);
    struct deck_request request = {
        .root = root,
        .directory = "",
        .source = source,
        .path = path,
        .limit = 1 << 20,
        .files = {&root, find_file, find_deck, NULL, find_emoji},
    };
    struct deck *deck = deck_load(&request);

    strbuf_append_span(out, strbuf_span(&deck->slides));
    vec_each (&deck->problems.list, problem) {
        strbuf_append_text(out, "<!-- ");
        err_append_line(out, problem);
        strbuf_append_text(out, " -->\n");
    }
    deck_free(deck);
    free(path);
}

static void write_file(const char *path, const struct strbuf *content)
{
    FILE *file = fopen(path, "w");

    assert_non_null(file);
    assert_int_equal(fwrite(content->data, 1, content->len, file), content->len);
    assert_int_equal(fclose(file), 0);
}

/* Prints the first line in which the two differ. */
static void print_difference(const char *name, struct span is, struct span should)
{
    struct span is_line = {0}, should_line = {0};
    unsigned line = 0;

    do {
        line++;
        if (!span_next_line(&is, &is_line))
            is_line = SPAN("(end)");
        if (!span_next_line(&should, &should_line))
            should_line = SPAN("(end)");
    } while (span_equal(is_line, should_line) && (is.len > 0 || should.len > 0));
    print_error("%s, line %u\n  is:     %.*s\n  should: %.*s\n", name, line, (int)is_line.len,
                is_line.data, (int)should_line.len, should_line.data);
}

static bool check(int root, const char *name)
{
    char *path = mem_format(GOLDEN "/%.*s.html", (int)strcspn(name, "."), name);
    struct strbuf is = STRBUF_INIT, should = STRBUF_INIT;
    bool same = true;

    render(root, name, &is);
    if (getenv("UPDATE_GOLDEN")) {
        write_file(path, &is);
    } else {
        file_read_path(path, 16 << 20, &should);
        same = span_equal(strbuf_span(&is), strbuf_span(&should));
    }
    if (!same)
        print_difference(path, strbuf_span(&is), strbuf_span(&should));
    strbuf_release(&should);
    strbuf_release(&is);
    free(path);
    return same;
}

static int is_source(const struct dirent *entry)
{
    struct span name = span_of(entry->d_name);

    return span_ends_with(name, SPAN(".md")) || span_ends_with(name, SPAN(".htm"));
}

static void test_golden(void **state)
{
    struct dirent **entries;
    int root, different = 0, count = scandir(GOLDEN, &entries, is_source, alphasort);

    (void)state;
    assert_true(count > 0);
    assert_int_equal(file_open_directory(GOLDEN, &root), 0);
    deck_setup();
    for (int i = 0; i < count; i++) {
        different += !check(root, entries[i]->d_name);
        free(entries[i]);
    }
    deck_teardown();
    free(entries);
    close(root);
    assert_int_equal(different, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_golden),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
