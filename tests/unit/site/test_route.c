#include "site/route.h"

#include "embedded_small.h"
#include "site/url.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>

#include <cmocka.h>

static struct resource *add(struct routes *routes, const char *path)
{
    struct blob *forms[CODING_COUNT] = {blob_new_copy("x", 1), NULL, blob_new_copy("y", 1)};
    struct resource *resource = routes_new_memory(routes, "text/html", "default-src 'none'",
                                                  digest_bytes(SPAN("x")), forms);

    return routes_put(routes, span_of(path), resource) ? resource : NULL;
}

static void finds_what_was_put(void **state)
{
    struct routes routes;
    struct resource *index, *deck;

    (void)state;
    routes_init(&routes);
    index = add(&routes, "/");
    deck = add(&routes, "/a b/\xc3\xa4/");
    assert_ptr_equal(routes_find(&routes, SPAN("/")), index);
    assert_ptr_equal(routes_find(&routes, SPAN("/a b/\xc3\xa4/")), deck);
    assert_null(routes_find(&routes, SPAN("/a b/")));
    assert_null(routes_find(&routes, SPAN("")));
    assert_int_equal(deck->id, 1);
    assert_ptr_equal(index->content_type, deck->content_type);
    assert_ptr_equal(index->csp, deck->csp);
    routes_release(&routes);
}

static void names_each_form(void **state)
{
    struct routes routes;
    struct resource *resource;

    (void)state;
    routes_init(&routes);
    resource = add(&routes, "/");
    assert_int_equal(strlen(resource->forms[CODING_IDENTITY].etag), DIGEST_LEN + 2);
    assert_non_null(strstr(resource->forms[CODING_BROTLI].etag, "-br\""));
    assert_null(resource->forms[CODING_GZIP].body);
    assert_null(resource->forms[CODING_GZIP].etag);
    routes_release(&routes);
}

static void lets_the_first_keep_its_path(void **state)
{
    struct routes routes;
    struct resource *first;

    (void)state;
    routes_init(&routes);
    first = add(&routes, "/a");
    assert_null(add(&routes, "/a"));
    assert_false(routes_redirect(&routes, SPAN("/a"), "a/"));
    assert_true(routes_redirect(&routes, SPAN("/b"), "b/"));
    assert_ptr_equal(routes_find(&routes, SPAN("/a")), first);
    assert_string_equal(routes_find(&routes, SPAN("/b"))->location, "b/");
    assert_int_equal(routes_find(&routes, SPAN("/b"))->kind, RESOURCE_REDIRECT);
    routes_release(&routes);
}

static void looks_above_a_mounted_deck(void **state)
{
    struct routes routes;
    struct resource *picture, *deck;

    (void)state;
    routes_init(&routes);
    picture = add(&routes, "/2015/img/x.png");
    deck = add(&routes, "/2015/talk/");
    routes_mount(&routes, SPAN("/2015/talk/"), "/2015/");
    routes_redirect(&routes, SPAN("/2015/img"), "img/");
    assert_ptr_equal(routes_find(&routes, SPAN("/2015/talk/img/x.png")), picture);
    assert_ptr_equal(routes_find(&routes, SPAN("/2015/talk/")), deck);
    assert_null(routes_find(&routes, SPAN("/2015/talk/img")));
    assert_null(routes_find(&routes, SPAN("/2015/talk/talk/img/x.png")));
    assert_null(routes_find(&routes, SPAN("/2015/other/img/x.png")));
    routes_release(&routes);
}

static void relative(const char *from, const char *to, const char *expected)
{
    struct strbuf out = STRBUF_INIT;

    url_append_relative(&out, span_of(from), span_of(to));
    assert_string_equal(out.data, expected);
    strbuf_release(&out);
}

static void joined(const char *directory, const char *reference, const char *expected)
{
    struct strbuf out = STRBUF_INIT;

    assert_int_equal(url_append_joined(&out, span_of(directory), span_of(reference)),
                     expected != NULL);
    if (expected)
        assert_string_equal(out.data, expected);
    strbuf_release(&out);
}

static void writes_addresses_relative_to_a_page(void **state)
{
    struct strbuf out = STRBUF_INIT;

    (void)state;
    relative("", "", "./");
    relative("", "a b/c#d?e%/", "a%20b/c%23d%3Fe%25/");
    relative("a/b/", "", "../../");
    relative("a/b/", "c/d.png", "../../c/d.png");
    relative("a/b/", "a/b/x.png", "x.png");
    relative("a/b/", "a/bc/x.png", "../bc/x.png");
    relative("a/b", "a/b/", "b/");
    relative("a/b/", "a/b/", "./");
    relative("", "a:b/", "a%3Ab/");
    url_append_embedded(&out, SPAN("a/"), "deck.js");
    url_append_embedded(&out, SPAN("a/"), "nothing.js");
    assert_string_equal(out.data, "../_/deck.01.js");
    strbuf_release(&out);
}

static void resolves_references(void **state)
{
    (void)state;
    joined("a/b", "x.png", "a/b/x.png");
    joined("a/b", "./x//y.png", "a/b/x/y.png");
    joined("a/b", "../x.png", "a/x.png");
    joined("a/b", "../../x.png", "x.png");
    joined("a/b", "/x.png", "x.png");
    joined("", "x.png", "x.png");
    joined("", "a/../x.png", "x.png");
    joined("a/b", "../../../x.png", NULL);
    joined("", "..", NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(finds_what_was_put),
        cmocka_unit_test(names_each_form),
        cmocka_unit_test(lets_the_first_keep_its_path),
        cmocka_unit_test(looks_above_a_mounted_deck),
        cmocka_unit_test(writes_addresses_relative_to_a_page),
        cmocka_unit_test(resolves_references),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
