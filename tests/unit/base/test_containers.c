#include "base/map.h"
#include "base/strbuf.h"
#include "base/vec.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>

#include <cmocka.h>

static void vec_grows_and_iterates(void **state)
{
    VEC(int) numbers = {0};
    int sum = 0;

    (void)state;
    vec_each (&numbers, number)
        sum += *number;
    assert_int_equal(sum, 0);
    for (int i = 1; i <= 1000; i++)
        vec_push(&numbers, i);
    vec_each (&numbers, number)
        sum += *number;
    assert_int_equal(sum, 500500);
    assert_int_equal(*vec_last(&numbers), 1000);
    vec_release(&numbers);
    assert_int_equal(numbers.count, 0);
}

static void map_finds_what_was_put(void **state)
{
    static int values[2000];
    struct strbuf key = STRBUF_INIT;
    struct map map;

    (void)state;
    map_init(&map);
    assert_null(map_get(&map, SPAN("/")));
    for (int i = 0; i < 2000; i++) {
        strbuf_reset(&key);
        strbuf_append_format(&key, "/deck/%d/", i);
        assert_null(map_put(&map, strbuf_span(&key), &values[i]));
    }
    for (int i = 0; i < 2000; i++) {
        strbuf_reset(&key);
        strbuf_append_format(&key, "/deck/%d/", i);
        assert_ptr_equal(map_get(&map, strbuf_span(&key)), &values[i]);
    }
    assert_null(map_get(&map, SPAN("/deck/2000/")));
    assert_int_equal(map.count, 2000);
    strbuf_release(&key);
    map_release(&map);
}

static void map_replaces_and_keeps_order(void **state)
{
    int a = 1, b = 2, c = 3;
    struct map map;

    (void)state;
    map_init(&map);
    map_put(&map, SPAN("z"), &a);
    map_put(&map, SPAN("a"), &b);
    assert_ptr_equal(map_put(&map, SPAN("z"), &c), &a);
    assert_int_equal(map.count, 2);
    assert_true(span_is(map.entries[0].key, "z"));
    assert_ptr_equal(map.entries[0].value, &c);
    assert_true(span_is(map.entries[1].key, "a"));
    map_put(&map, SPAN(""), &a);
    assert_ptr_equal(map_get(&map, (struct span){0}), &a);
    map_release(&map);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(vec_grows_and_iterates),
        cmocka_unit_test(map_finds_what_was_put),
        cmocka_unit_test(map_replaces_and_keeps_order),
    };

    return cmocka_run_group_tests_name("base/containers", tests, NULL, NULL);
}
