#include "deck/expansion.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static void append_times(struct strbuf *text, const char *part, size_t times)
{
    for (size_t i = 0; i < times; i++)
        strbuf_append_text(text, part);
}

/* `uses` times "[É] ", whose definition has `length` bytes behind `before`. */
static bool is_bounded(size_t uses, const char *before, size_t length, const char *after)
{
    struct strbuf text = STRBUF_INIT, out = STRBUF_INIT;
    bool bounded;

    append_times(&text, "[\u00c9x] ", uses);
    strbuf_append_text(&text, "\n\n[y]: /short\n\n[\u00e9X]: ");
    strbuf_append_text(&text, before);
    append_times(&text, "z", length);
    strbuf_append_text(&text, after);
    bounded = expansion_bound(strbuf_span(&text), &out);
    if (bounded) {
        assert_non_null(strstr(out.data, "[y]: /short"));
        assert_non_null(strstr(out.data, "[\u00e9X]\\: "));
        assert_true(out.len > text.len);
    } else {
        assert_int_equal(out.len, 0);
    }
    strbuf_release(&out);
    strbuf_release(&text);
    return bounded;
}

static void long_addresses_are_not_repeated_for_ever(void **state)
{
    (void)state;
    assert_false(is_bounded(3, "data:", 100000, "")); /* a picture in the text */
    assert_false(is_bounded(100000, "/", 100, ""));
    assert_true(is_bounded(1000, "/", 10000, ""));
    assert_true(is_bounded(1000, "\n /a\n '", 10000, "'"));
    assert_true(is_bounded(1000, "/a (\\)]: ", 10000, ")"));
    assert_false(is_bounded(1000, "/a", 0, ""));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(long_addresses_are_not_repeated_for_ever),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
