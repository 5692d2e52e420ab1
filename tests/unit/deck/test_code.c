#include "deck/code.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static void reads(const char *text, const char *words, const char *language, const char *steps,
                  const char *start)
{
    struct code_info info;

    code_info_parse(&info, span_of(text));
    assert_string_equal(info.words.data, words);
    assert_true(span_is(info.language, language));
    assert_int_equal(info.numbers, steps != NULL);
    if (steps)
        assert_true(span_is(info.steps, steps));
    assert_true(span_is(info.start, start));
    code_info_release(&info);
}

static void info_strings(void **state)
{
    (void)state;
    reads("", "", "", NULL, "");
    reads("js", "js", "js", NULL, "");
    reads("js [1|3-6]", "js", "js", "1|3-6", "");
    reads("rust[1|2]", "rust", "rust", "1|2", "");
    reads("[]", "", "", "", "");
    reads("[ |2| ]", "", "", "|2|", "");
    reads("c [712: 1,3]", "c", "c", "1,3", "712");
    reads("c [:1]", "c", "c", "1", "");
    reads("c [12:]", "c", "c", "", "12");
    reads("python [1] numberLines", "python numberLines", "python", "1", "");
    reads("a [b] [2]", "a [b]", "a", "2", "");
    reads("a [1", "a [1", "a", NULL, "");
    reads("a [1:2:3]", "a [1:2:3]", "a", NULL, "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(info_strings),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
