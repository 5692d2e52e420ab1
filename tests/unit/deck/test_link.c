#include "deck/link.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static bool find(void *context, struct span path, struct deck_file *ret_file)
{
    (void)context;
    *ret_file = (struct deck_file){.digest = "d", .width = 2, .height = 1};
    return span_is(path, "talks/a.png") || span_is(path, "talks/ä b.png") ||
           span_is(path, "top.png");
}

static bool find_deck(void *context, struct span path, struct span *ret_url)
{
    (void)context;
    if (!span_is(path, "other/deck.md") && !span_is(path, "talks/b.md"))
        return false;
    *ret_url = span_is(path, "talks/b.md") ? SPAN("talks/b/") : SPAN("other/");
    return true;
}

struct place {
    struct deck_request request;
    struct err_list errs;
    struct links links;
};

static void place_init(struct place *place, const char *page)
{
    place->request = (struct deck_request){
        .directory = "talks", .path = page, .files = {NULL, find, find_deck, NULL, NULL}};
    err_list_init(&place->errs);
    links_init(&place->links, &place->request, "talks/a.md", &place->errs);
}

static void place_release(struct place *place)
{
    links_release(&place->links);
    err_list_release(&place->errs);
}

static void becomes(struct place *place, const char *url, const char *expected)
{
    struct strbuf out = STRBUF_INIT;
    struct deck_file file;

    links_append(&place->links, &out, span_of(url), LINK_TO, 7, &file);
    assert_string_equal(out.data, expected);
    strbuf_release(&out);
}

static void beside_the_page(void **state)
{
    struct place place;

    (void)state;
    place_init(&place, "talks/");
    becomes(&place, "./a.png", "./a.png?v=d");
    becomes(&place, "%C3%A4%20b.png#x", "%C3%A4%20b.png?v=d#x");
    becomes(&place, "a.png?x", "a.png?x");
    becomes(&place, "/top.png", "/top.png?v=d");
    becomes(&place, "../top.png", "../top.png?v=d");
    becomes(&place, "b.md#3", "./b/#/3");
    becomes(&place, "b.md#/3", "./b/#/3");
    becomes(&place, "../other/deck.md", "../other/");
    becomes(&place, "#/2", "#/2");
    becomes(&place, "", "");
    becomes(&place, "https://example.org/a.png", "https://example.org/a.png");
    becomes(&place, "mailto:a@b", "mailto:a@b");
    becomes(&place, "../", "../");
    assert_int_equal(place.errs.list.count, 0);
    becomes(&place, "c.png", "c.png");
    becomes(&place, "../../x", "../../x");
    becomes(&place, "a%00.png", "a%00.png");
    assert_int_equal(place.errs.list.count, 3);
    assert_int_equal(place.errs.list.items[0].line, 7);
    place_release(&place);
}

static void below_the_deck(void **state)
{
    struct place place;

    (void)state;
    place_init(&place, "talks/a/");
    becomes(&place, "a.png", "../a.png?v=d");
    becomes(&place, "%C3%A4%20b.png", "../%C3%A4%20b.png?v=d");
    becomes(&place, "../top.png", "../../top.png?v=d");
    becomes(&place, "/top.png", "/top.png?v=d");
    becomes(&place, "b.md", "../b/");
    becomes(&place, "../other/deck.md?x#y", "../../other/?x#/y");
    place_release(&place);
}

static void origins_are_noted(void **state)
{
    struct place place;

    (void)state;
    place_init(&place, "talks/");
    links_note_host(&place.links, SPAN("https://a.example.org/x?y"));
    links_note_host(&place.links, SPAN("HTTPS://a.example.org"));
    links_note_host(&place.links, SPAN("http://b.example.org:80/"));
    links_note_host(&place.links, SPAN("//c.example.org/x"));
    links_note_host(&place.links, SPAN("https://;script-src *"));
    links_note_host(&place.links, SPAN("https:///x"));
    links_note_host(&place.links, SPAN("data:text/html,//d"));
    links_note_host(&place.links, SPAN("x.png"));
    assert_int_equal(place.links.hosts.count, 3);
    assert_true(span_is(place.links.hosts.entries[0].key, "https://a.example.org"));
    assert_true(span_is(place.links.hosts.entries[1].key, "http://b.example.org:80"));
    assert_true(span_is(place.links.hosts.entries[2].key, "https://c.example.org"));
    place_release(&place);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(beside_the_page),
        cmocka_unit_test(below_the_deck),
        cmocka_unit_test(origins_are_noted),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
