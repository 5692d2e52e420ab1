#include "base/strbuf.h"
#include "conf/node.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/* The document as JSON, or "-"; problems, a line each, behind it. */
static char *parsed(struct span text)
{
    struct err_list errs;
    struct strbuf out = STRBUF_INIT;

    err_list_init(&errs);
    struct node *node = node_parse(text, "deck.yaml", 1, &errs);
    if (node)
        node_append_json(&out, node);
    else
        strbuf_append_char(&out, '-');
    vec_each (&errs.list, err) {
        strbuf_append_char(&out, '\n');
        err_append_line(&out, err);
    }
    node_free(node);
    err_list_release(&errs);
    return strbuf_detach(&out, NULL);
}

static void assert_parsed(const char *text, const char *expected)
{
    char *got = parsed(span_of(text));

    assert_string_equal(got, expected);
    free(got);
}

static void assert_parsed_has(struct span text, const char *expected)
{
    char *got = parsed(text);

    if (!strstr(got, expected))
        fail_msg("%s\nlacks: %s", got, expected);
    free(got);
}

static void resolves_scalars_by_the_core_schema(void **state)
{
    (void)state;
    assert_parsed("[true, True, FALSE, null, ~, ]", "[true,true,false,null,null]");
    assert_parsed("[yes, no, on, off, y, tRue]", "[\"yes\",\"no\",\"on\",\"off\",\"y\",\"tRue\"]");
    assert_parsed("[0, 007, -12, +3, 0o17, 0xFf, 1.5, .5, 5., 1e3, -2.5E-2]",
                  "[0,7,-12,3,15,255,1.5,0.5,5,1000,-0.025]");
    assert_parsed("[0x, 0o8, 1_000, 1.2.3, 1e, ., +, --1, 0b1]",
                  "[\"0x\",\"0o8\",\"1_000\",\"1.2.3\",\"1e\",\".\",\"+\",\"--1\",\"0b1\"]");
    assert_parsed("[2015-07-04, 2015-07, 2015, 12:30]",
                  "[\"2015-07-04\",\"2015-07\",2015,\"12:30\"]");
    assert_parsed("['true', \"1\", !!str 2, ! 3]", "[\"true\",\"1\",\"2\",\"3\"]");
    assert_parsed("[.inf, -.INF, .nan]", "[null,null,null]");
    assert_parsed("[0.1, 1e20, 12345678901]", "[0.1,1e20,12345678901]");
}

static void keeps_structure_and_order(void **state)
{
    (void)state;
    assert_parsed("", "null");
    assert_parsed("# nothing\n", "null");
    assert_parsed("\xef\xbb\xbf"
                  "a: 1\n",
                  "{\"a\":1}");
    assert_parsed("z: 1\na:\n  - x\n  - {k: v}\nm: |\n  two\n  lines\n",
                  "{\"z\":1,\"a\":[\"x\",{\"k\":\"v\"}],\"m\":\"two\\nlines\\n\"}");
    assert_parsed("{\"a\": [1, \"b\\u00e9\"], \"c\": null}",
                  "{\"a\":[1,\"b\xc3\xa9\"],\"c\":null}");
    assert_parsed("1: one\ntrue: yes\n~: none\n",
                  "{\"1\":\"one\",\"true\":\"yes\",\"~\":\"none\"}");
}

static void knows_places(void **state)
{
    struct err_list errs;

    (void)state;
    err_list_init(&errs);
    struct node *node = node_parse(SPAN("a: 1\nb:\n  - x\n  - \xc3\xa9\n"), "d/talk.md", 2, &errs);
    assert_non_null(node);
    const struct node *list = node_get(node, "b");
    assert_int_equal(node_get(node, "a")->line, 2);
    assert_int_equal(node_get(node, "a")->column, 4);
    assert_int_equal(list->key_line, 3);
    assert_int_equal(list->key_column, 1);
    assert_int_equal(list->line, 4);
    assert_int_equal(list->items[1]->line, 5);
    assert_int_equal(list->items[1]->column, 5);
    assert_string_equal(list->items[1]->file, "d/talk.md");
    assert_null(node_get(node, "c"));
    assert_null(node_get(list, "a"));
    assert_null(node_get(NULL, "a"));
    assert_int_equal(errs.list.count, 0);
    node_free(node);
    err_list_release(&errs);
}

static void resolves_aliases_and_merge_keys(void **state)
{
    (void)state;
    assert_parsed("a: &x [1, {b: 2}]\nc: *x\n", "{\"a\":[1,{\"b\":2}],\"c\":[1,{\"b\":2}]}");
    assert_parsed("&k a: *k\n", "{\"a\":\"a\"}");
    assert_parsed("base: &b {x: 1, y: 2}\none:\n  <<: *b\n  y: 3\n",
                  "{\"base\":{\"x\":1,\"y\":2},\"one\":{\"y\":3,\"x\":1}}");
    assert_parsed("- &a {x: 1}\n- &b {x: 2, y: 2}\n- <<: [*a, *b]\n",
                  "[{\"x\":1},{\"x\":2,\"y\":2},{\"x\":1,\"y\":2}]");
    assert_parsed("'<<': 1\n", "{\"\\u003c\\u003c\":1}");
    assert_parsed("<<: 1\na: 2\n",
                  "{\"a\":2}\ndeck.yaml:1:5: warning: `<<` takes in a map, not a number: "
                  "give it an alias of a map");
    /* an anchor on a value that a duplicate key replaces stays good */
    assert_parsed_has(SPAN("a: &x [1]\na: 2\nb: *x\n"), "{\"a\":2,\"b\":[1]}");
    assert_parsed_has(SPAN("a: *nope\n"),
                      "-\ndeck.yaml:1:4: error: YAML: `*nope` refers to nothing");
    assert_parsed_has(SPAN("a: &a [*a]\n"),
                      "-\ndeck.yaml:1:8: error: YAML: `*a` refers to nothing");
}

static void reports_what_is_odd_and_goes_on(void **state)
{
    (void)state;
    assert_parsed("a: 1\nb: 2\na: 3\n",
                  "{\"a\":3,\"b\":2}\ndeck.yaml:3:1: warning: `a` stands here a "
                  "second time and replaces the first: keep one");
    assert_parsed("a: !!binary aGk=\n", "{\"a\":\"aGk=\"}\ndeck.yaml:1:4: warning: YAML: the tag "
                                        "`tag:yaml.org,2002:binary` has no meaning here and is "
                                        "ignored: remove it");
    assert_parsed_has(SPAN("a: !!python/object:os.system [ls]\n"), "{\"a\":[\"ls\"]}\n");
    assert_parsed_has(SPAN("? [a, b]\n: 1\nc: 2\n"),
                      "{\"c\":2}\ndeck.yaml:1:3: warning: a list cannot");
    assert_parsed_has(SPAN("a: {{ b }}\n"), "{\"a\":{}}\ndeck.yaml:1:5: warning: a map cannot");
    assert_parsed_has(SPAN("a: \"x\\0y\"\n"),
                      "{\"a\":\"x y\"}\ndeck.yaml:1:4: warning: YAML: a NUL");
    assert_parsed_has(SPAN("a: 1\n---\nb: 2\n"),
                      "{\"a\":1}\ndeck.yaml:2:1: warning: YAML: a second");
}

static void reports_what_is_broken_with_the_mend(void **state)
{
    (void)state;
    assert_parsed("a: b: c\n",
                  "-\ndeck.yaml:1:5: error: YAML: a second `: ` in one value, or a line "
                  "indented too far: put the value in quotes");
    assert_parsed_has(SPAN("a: 1\nfoo\nb: 2\n"),
                      "-\ndeck.yaml:2:1: error: YAML: this line is no `key");
    assert_parsed_has(SPAN("a: \"x\nb: 1\n"), "error: YAML: a quote is not closed: add it");
    assert_parsed_has(SPAN("a: @x\n"),
                      "-\ndeck.yaml:1:4: error: YAML: a value cannot start with a tab");
    assert_parsed_has(SPAN("a: [1, 2\nb: 3\n"), "error: YAML: ");
    assert_parsed_has(SPAN("\ta: 1\n"), "error: YAML: a value cannot start with a tab");
    assert_parsed_has(SPAN("a: 1\nb: \xff\n"),
                      "-\ndeck.yaml:2:4: error: YAML: byte 0xff is no UTF-8");
    assert_parsed_has(SPAN("a: 1\nb: x\x01\n"),
                      "-\ndeck.yaml:2:5: error: YAML: a control character");
    assert_parsed_has(SPAN("a: 1\nb\0: x\n"), "-\ndeck.yaml:2:2: error: YAML: a control character");
}

static struct strbuf repeated(const char *text, size_t times)
{
    struct strbuf buf = STRBUF_INIT;

    for (size_t i = 0; i < times; i++)
        strbuf_append_text(&buf, text);
    return buf;
}

static void bounds_what_strangers_write(void **state)
{
    (void)state;
    struct strbuf deep = repeated("[", 10000);
    assert_parsed_has(strbuf_span(&deep), "levels of lists and maps: make it flatter");
    strbuf_release(&deep);

    deep = repeated("- ", 10000);
    assert_parsed_has(strbuf_span(&deep), "levels of lists and maps: make it flatter");
    strbuf_release(&deep);

    struct strbuf wide = repeated("- x\n", NODE_COUNT_MAX + 1);
    assert_parsed_has(strbuf_span(&wide), "values, aliases included: make it smaller");
    strbuf_release(&wide);

    struct strbuf bomb = STRBUF_INIT;
    strbuf_append_text(&bomb, "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
    for (int i = 1; i < 20; i++)
        strbuf_append_format(&bomb, "a%d: &a%d [*a%d, *a%d, *a%d, *a%d, *a%d, *a%d, *a%d]\n", i, i,
                             i - 1, i - 1, i - 1, i - 1, i - 1, i - 1, i - 1);
    assert_parsed_has(strbuf_span(&bomb), "values, aliases included: make it smaller");
    strbuf_release(&bomb);

    struct strbuf big = STRBUF_INIT;
    strbuf_append_text(&big, "- &a ");
    for (int i = 0; i < 100000; i++)
        strbuf_append_char(&big, 'x');
    for (int i = 0; i < 20; i++)
        strbuf_append_text(&big, "\n- *a");
    assert_parsed_has(strbuf_span(&big), "bytes of text: repeat less");
    strbuf_release(&big);
}

static void writes_json_fit_for_a_script_element(void **state)
{
    (void)state;
    assert_parsed(
        "a: '</script><!-- &\xe2\x80\xa8\xe2\x80\xa9\"q\" \\'\n",
        "{\"a\":\"\\u003c/script\\u003e\\u003c!-- \\u0026\\u2028\\u2029\\\"q\\\" \\\\\"}");
    assert_parsed("'<k>': 1\n", "{\"\\u003ck\\u003e\":1}");
}

static void merges_and_copies(void **state)
{
    struct err_list errs;
    struct strbuf out = STRBUF_INIT;

    (void)state;
    err_list_init(&errs);
    struct node *low = node_parse(SPAN("a: 1\nm: {x: 1, y: [1]}\nz: {q: 1}\n"), "low", 1, &errs);
    struct node *high = node_parse(SPAN("m: {y: [2], w: 3}\nz: 0\nn: 1\n"), "high", 1, &errs);
    struct node *merged = node_copy(low);
    node_free(low);
    node_merge(merged, high);
    node_free(high);
    node_append_json(&out, merged);
    assert_string_equal(out.data, "{\"a\":1,\"m\":{\"x\":1,\"y\":[2],\"w\":3},\"z\":0,\"n\":1}");
    assert_string_equal(node_get(merged, "a")->file, "low");
    assert_string_equal(node_get(merged, "n")->file, "high");
    strbuf_release(&out);
    node_free(merged);
    err_list_release(&errs);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(resolves_scalars_by_the_core_schema),
        cmocka_unit_test(keeps_structure_and_order),
        cmocka_unit_test(knows_places),
        cmocka_unit_test(resolves_aliases_and_merge_keys),
        cmocka_unit_test(reports_what_is_odd_and_goes_on),
        cmocka_unit_test(reports_what_is_broken_with_the_mend),
        cmocka_unit_test(bounds_what_strangers_write),
        cmocka_unit_test(writes_json_fit_for_a_script_element),
        cmocka_unit_test(merges_and_copies),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
