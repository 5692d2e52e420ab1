#include "deck/regex.h"
#include "deck/regex_translate.h"

#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

/* What the expression finds first, "" being the empty match, NULL none. */
static void finds(const char *pattern, unsigned flags, const char *text, const char *expected)
{
    struct strbuf why = STRBUF_INIT;
    struct regex_budget budget = {0};
    struct regex *regex = regex_new(span_of(pattern), flags, &why);
    size_t start = 0, end = 0;
    int found;

    assert_string_equal(why.data, "");
    assert_non_null(regex);
    found = regex_find(regex, &budget, span_of(text), 0, &start, &end);
    assert_int_equal(found, expected ? 1 : 0);
    if (expected && !span_is(span_cut(span_of(text), start, end), expected))
        print_error("%s\n", pattern);
    if (expected)
        assert_true(span_is(span_cut(span_of(text), start, end), expected));
    regex_free(regex);
    strbuf_release(&why);
}

static void line_anchors(void **state)
{
    (void)state;
    finds("\\r?\\n---\\r?\\n", REGEX_MULTILINE, "a\n---\nb", "\n---\n");
    finds("^---$", REGEX_MULTILINE, "a\n---\nb", "---");
    finds("^---$", 0, "a\n---\nb", NULL);
    finds("---$", 0, "---\n", NULL);
    finds("---$", 0, "a---", "---");
    finds("^(\\r\\n?|\\n)---(\\r\\n?|\\n)$", REGEX_MULTILINE, "a\n\n---\n\nb", "\n---\n");
    finds("^(\\r\\n?|\\n)---(\\r\\n?|\\n)$", REGEX_MULTILINE, "a\n---\nb", NULL);
    finds("^NOTE:", REGEX_MULTILINE | REGEX_CASELESS, "a\nnote: b", "note:");
}

static void classes_and_escapes_of_javascript(void **state)
{
    (void)state;
    finds("^\\s*-v-\\s*$", REGEX_MULTILINE, "a\n\xe2\x80\xa8 \xef\xbb\xbf-v-\xc2\xa0\n",
          "\xe2\x80\xa8 \xef\xbb\xbf-v-\xc2\xa0\n");
    finds("\\s", 0, "\xc2\x85", NULL); /* NEL is no white space there */
    finds("\\S+", 0, " \xe2\x80\x83xé\xc2\xa0", "xé");
    finds("[\\s-]+", 0, "a-\xe3\x80\x80 -b", "-\xe3\x80\x80 -");
    finds("[^\\S\\n]+", 0, "a \xc2\xa0\nb", " \xc2\xa0");
    finds("\\w+", 0, "éa_1", "a_1");
    finds("a.b", 0,
          "a\nb a\xe2\x80\xa8"
          "b axb",
          "axb");
    finds("\\x2d\\u002D", 0, "a--", "--");
    finds("\\uD83D\\uDE00", 0, "a😀", "😀");
    finds("\\x1g", 0, "x1g", "x1g");
    finds("\\Qa.b\\E", 0, "Qaxb Qa-bE", "Qa-bE");
    finds("\\A-\\z", 0, "A-z", "A-z");
    finds("\\h\\R\\p{L}", 0, "hRp{L}", "hRp{L}");
    finds("\\v", 0, "\n\v", "\v");
    finds("[]", 0, "a", NULL);
    finds("[^]+", 0, "a\nb", "a\nb");
    finds("[[:alpha:]]", 0, "b]:]", ":]");
    finds("\\/\\-", 0, "/-", "/-");
    finds("(a)?b\\1", 0, "b", "b");
    finds("(?<x>-)\\k<x>", 0, "--", "--");
    finds("(?<=\\n)--(?!-)", 0, "--\n---\n--", "--");
}

static void refuses(const char *pattern)
{
    struct strbuf why = STRBUF_INIT;

    assert_null(regex_new(span_of(pattern), REGEX_MULTILINE, &why));
    assert_true(why.len > 0);
    strbuf_release(&why);
}

static void what_is_no_javascript_is_refused(void **state)
{
    char long_one[2000];

    (void)state;
    refuses("(");
    refuses("a)");
    refuses("[a");
    refuses("a{2}{3,1}");
    refuses("*a");
    refuses("---\\");
    refuses("(?i)a");
    refuses("(?R)");
    refuses("(?P<x>a)");
    refuses("(?>a)");
    refuses("(*ACCEPT)");
    refuses("(?");
    refuses("\\uD800");
    memset(long_one, '(', sizeof long_one);
    long_one[sizeof long_one - 1] = '\0';
    refuses(long_one);
    long_one[100] = '\0';
    refuses(long_one);
}

static int run(const char *pattern, struct span text, int64_t *ret_nanoseconds)
{
    struct strbuf why = STRBUF_INIT;
    struct regex_budget budget = {0};
    struct regex *regex = regex_new(span_of(pattern), REGEX_MULTILINE, &why);
    struct timespec before, after;
    size_t start, end;
    int found;

    assert_non_null(regex);
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &before);
    found = regex_find(regex, &budget, text, 0, &start, &end);
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &after);
    *ret_nanoseconds =
        (after.tv_sec - before.tv_sec) * 1000000000LL + after.tv_nsec - before.tv_nsec;
    regex_free(regex);
    strbuf_release(&why);
    return found;
}

static void time_is_bounded(void **state)
{
    static const char *const patterns[] = {"(a+)+$",        "(a|a)*b",      "(a*)*b",
                                           "^\\s*---\\s*$", "(\\s*\\s*)*x", "(?:\\n|a)+-"};
    struct strbuf text = STRBUF_INIT;
    int64_t nanoseconds;

    (void)state;
    for (int i = 0; i < 300000; i++)
        strbuf_append_text(&text, "a");
    for (int i = 0; i < 300000; i++)
        strbuf_append_text(&text, "\n");
    strbuf_append_text(&text, "!");
    for (size_t i = 0; i < sizeof patterns / sizeof patterns[0]; i++) {
        int found = run(patterns[i], strbuf_span(&text), &nanoseconds);

        assert_true(found == 0 || found == 1 || found == -ETIME);
        assert_true(nanoseconds < 20 * 1000000000LL); /* also under a sanitizer */
    }
    strbuf_release(&text);
}

static void the_empty_match_is_told(void **state)
{
    int64_t nanoseconds;

    (void)state;
    assert_int_equal(run("x*", SPAN("aaa"), &nanoseconds), -ELOOP);
    assert_int_equal(run("^", SPAN("aaa"), &nanoseconds), -ELOOP);
    assert_int_equal(run("x", SPAN(""), &nanoseconds), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(line_anchors),
        cmocka_unit_test(classes_and_escapes_of_javascript),
        cmocka_unit_test(what_is_no_javascript_is_refused),
        cmocka_unit_test(time_is_bounded),
        cmocka_unit_test(the_empty_match_is_told),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
