#include "base/blob.h"
#include "base/clock.h"
#include "base/digest.h"
#include "base/err.h"
#include "base/pool.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static void blob_lives_with_its_references(void **state)
{
    struct strbuf buf = STRBUF_INIT;
    struct blob *blob, *fixed = blob_new_static("abc", 3);

    (void)state;
    strbuf_append_text(&buf, "page");
    blob = blob_new_strbuf(&buf);
    assert_int_equal(buf.len, 0);
    assert_ptr_equal(blob_ref(blob), blob);
    blob_unref(blob);
    assert_true(span_is(blob_span(blob), "page"));
    blob_unref(blob);
    assert_int_equal(blob_size(fixed), 3);
    blob_unref(fixed);
    blob_unref(NULL);
}

static void digest_is_the_same_in_pieces(void **state)
{
    struct digest whole = digest_bytes(SPAN("one two three"));
    struct digest_state *pieces = digest_new();
    struct digest joined;

    (void)state;
    digest_add(pieces, "one ", 4);
    digest_add(pieces, "two three", 9);
    joined = digest_finish(pieces);
    assert_string_equal(whole.text, joined.text);
    assert_int_equal(strlen(whole.text), DIGEST_LEN);
    assert_string_not_equal(whole.text, digest_bytes(SPAN("one two thref")).text);
}

static void err_says_where_and_what(void **state)
{
    struct err_list errs, more;
    struct strbuf out = STRBUF_INIT;

    (void)state;
    err_list_init(&errs);
    err_list_init(&more);
    err_add(&errs, SEVERITY_WARNING, "a/deck.md", 3, 7, "`%s` is not known", "thme");
    err_add(&more, SEVERITY_ERROR, NULL, 0, 0, "cannot\nread");
    assert_false(err_list_has(&errs, SEVERITY_ERROR));
    err_list_move(&errs, &more);
    assert_true(err_list_has(&errs, SEVERITY_ERROR));
    assert_int_equal(errs.list.count, 2);
    err_append_line(&out, &errs.list.items[0]);
    assert_string_equal(out.data, "a/deck.md:3:7: warning: `thme` is not known");
    strbuf_reset(&out);
    err_append_line(&out, &errs.list.items[1]);
    assert_string_equal(out.data, "error: cannot\\x0aread");
    err_list_release(&errs);
    err_list_release(&more);
    strbuf_release(&out);
}

static void err_lists_are_sorted_by_place(void **state)
{
    struct err_list errs;

    (void)state;
    err_list_init(&errs);
    err_list_sort(&errs);
    err_add(&errs, SEVERITY_ERROR, "b.md", 2, 0, "4");
    err_add(&errs, SEVERITY_NOTE, "a.md", 10, 0, "3");
    err_add(&errs, SEVERITY_WARNING, "a.md", 9, 7, "2");
    err_add(&errs, SEVERITY_WARNING, "a.md", 9, 0, "1");
    err_add(&errs, SEVERITY_WARNING, NULL, 0, 0, "0");
    err_list_sort(&errs);
    for (size_t i = 0; i < errs.list.count; i++)
        assert_int_equal(errs.list.items[i].text[0], '0' + (int)i);
    err_list_release(&errs);
}

static void err_lists_are_bounded(void **state)
{
    struct err_list errs;

    (void)state;
    err_list_init(&errs);
    for (int i = 0; i < ERR_LIST_MAX + 5; i++)
        err_add(&errs, SEVERITY_NOTE, "x", 1, 1, "again");
    assert_int_equal(errs.list.count, ERR_LIST_MAX);
    assert_int_equal(errs.dropped, 5);
    err_list_release(&errs);
}

static void count(void *context, size_t index)
{
    unsigned char *seen = context;

    seen[index]++;
}

static void pool_does_every_item_once(void **state)
{
    static unsigned char seen[5000];

    (void)state;
    pool_run(4, sizeof seen, count, seen);
    for (size_t i = 0; i < sizeof seen; i++)
        assert_int_equal(seen[i], 1);
    pool_run(0, 0, count, seen);
    pool_run(8, 1, count, seen);
    assert_int_equal(seen[0], 2);
    assert_true(pool_cores() >= 1);
}

static void clock_goes_forward(void **state)
{
    uint64_t before = clock_monotonic_ns();

    (void)state;
    assert_true(clock_monotonic_ns() >= before);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(blob_lives_with_its_references),
        cmocka_unit_test(digest_is_the_same_in_pieces),
        cmocka_unit_test(err_says_where_and_what),
        cmocka_unit_test(err_lists_are_sorted_by_place),
        cmocka_unit_test(err_lists_are_bounded),
        cmocka_unit_test(pool_does_every_item_once),
        cmocka_unit_test(clock_goes_forward),
    };

    return cmocka_run_group_tests_name("base/shared", tests, NULL, NULL);
}
