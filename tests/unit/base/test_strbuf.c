#include "base/strbuf.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static void starts_empty_and_terminated(void **state)
{
    struct strbuf buf = STRBUF_INIT;

    (void)state;
    assert_int_equal(buf.len, 0);
    assert_string_equal(buf.data, "");
    strbuf_reset(&buf);
    strbuf_release(&buf);
    assert_string_equal(buf.data, "");
}

static void grows_by_every_kind_of_piece(void **state)
{
    struct strbuf buf = STRBUF_INIT;

    (void)state;
    strbuf_append_text(&buf, "slide");
    strbuf_append_char(&buf, ' ');
    strbuf_append_format(&buf, "%d of %s", 3, "40");
    strbuf_append_span(&buf, SPAN("!"));
    strbuf_append_span(&buf, (struct span){0});
    assert_string_equal(buf.data, "slide 3 of 40!");
    for (int i = 0; i < 10000; i++)
        strbuf_append(&buf, "0123456789", 10);
    assert_int_equal(buf.len, 14 + 100000);
    assert_int_equal(buf.data[buf.len], '\0');
    strbuf_truncate(&buf, 5);
    assert_string_equal(buf.data, "slide");
    strbuf_truncate(&buf, 99);
    assert_int_equal(buf.len, 5);
    strbuf_release(&buf);
}

static void keeps_nul_bytes(void **state)
{
    struct strbuf buf = STRBUF_INIT;

    (void)state;
    strbuf_append(&buf, "a\0b", 3);
    assert_int_equal(buf.len, 3);
    assert_memory_equal(buf.data, "a\0b", 4);
    strbuf_release(&buf);
}

static void hands_over_its_memory(void **state)
{
    struct strbuf buf = STRBUF_INIT;
    size_t len = 99;
    char *text = strbuf_detach(&buf, &len);

    (void)state;
    assert_int_equal(len, 0);
    assert_string_equal(text, "");
    free(text);
    strbuf_append_text(&buf, "notes");
    text = strbuf_detach(&buf, NULL);
    assert_string_equal(text, "notes");
    assert_int_equal(buf.len, 0);
    free(text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(starts_empty_and_terminated),
        cmocka_unit_test(grows_by_every_kind_of_piece),
        cmocka_unit_test(keeps_nul_bytes),
        cmocka_unit_test(hands_over_its_memory),
    };

    return cmocka_run_group_tests_name("base/strbuf", tests, NULL, NULL);
}
