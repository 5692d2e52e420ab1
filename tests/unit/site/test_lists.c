/* What the site lists: the index and what narrows it, years, people, tags, venues. */
#include "deck/deck.h"
#include "embedded_small.h"
#include "site/computed.h"
#include "site/site.h"
#include "tree.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>

#include <cmocka.h>

static struct site *load(struct tree *tree, const char *config)
{
    struct site_settings settings;
    struct err_list errs;
    struct node *node;
    struct site *site;

    err_list_init(&errs);
    site_settings_init(&settings);
    node = node_parse(span_of(config), "decksd.yaml", 1, &errs);
    site_settings_read(&settings, node, &errs);
    assert_false(err_list_has(&errs, SEVERITY_ERROR));
    node_free(node);
    err_list_release(&errs);
    free(settings.root);
    settings.root = mem_copy_text(tree->path);
    assert_int_equal(site_load(&settings, NULL, NULL, NULL, &site), 0);
    site_settings_release(&settings); /* a site needs them no longer */
    return site;
}

static const char *body(const struct site *site, const char *path)
{
    const struct resource *resource = site_find(site, span_of(path));

    if (!resource || resource->kind != RESOURCE_MEMORY)
        fail_msg("there is no page %s", path);
    return blob_data(resource->forms[CODING_IDENTITY].body);
}

static void assert_holds(const char *text, const char *part)
{
    if (!strstr(text, part))
        fail_msg("%s\nis not in\n%s", part, text);
}

static void assert_lacks(const char *text, const char *part)
{
    if (strstr(text, part))
        fail_msg("%s\nis in\n%s", part, text);
}

static void assert_order(const char *text, const char *first, const char *second)
{
    assert_holds(text, first);
    assert_holds(text, second);
    if (strstr(text, first) > strstr(text, second))
        fail_msg("%s comes after %s in\n%s", first, second, text);
}

static void assert_problem(const struct site *site, const char *start)
{
    struct strbuf lines = STRBUF_INIT;

    vec_each (&site_problems(site)->list, err) {
        strbuf_append_char(&lines, '\n');
        err_append_line(&lines, err);
    }
    if (!strstr(lines.data, start))
        fail_msg("%s\nis not told, but%s", start, lines.data);
    strbuf_release(&lines);
}

/* The titles that the index lists for a query, each behind a bar; "static" where it is no other. */
static void expect_found(const struct site *site, const char *query, const char *expected)
{
    struct strbuf titles = STRBUF_INIT;
    struct computed answer;

    if (computed_make(&answer, site_find(site, SPAN("/")), span_of(query),
                      SPAN("http://localhost"))) {
        const char *at = answer.body.data;

        while ((at = strstr(at, "class=\"talk-title\">"))) {
            const char *start = strchr(strstr(at, "<a "), '>') + 1;

            strbuf_append_char(&titles, '|');
            strbuf_append(&titles, start, (size_t)(strstr(start, "</a>") - start));
            at = start;
        }
    } else {
        strbuf_append_text(&titles, "static");
    }
    computed_release(&answer);
    assert_string_equal(titles.data, expected);
    strbuf_release(&titles);
}

static void write_talks(struct tree *tree)
{
    tree_make(tree);
    tree_write(
        tree, "a/deck.md",
        "---\ntitle: Fog\ndate: 2013-07-01\nspeakers: [ada, Ben Bloggs]\ntags: [Weather, C]\n"
        "event: PolyConf\nvenue: Town Hall\n---\n# x\n");
    tree_write(
        tree, "b/deck.md",
        "---\ntitle: Wind\ndate: 2015-07-04\nspeakers: ADA  Adams\ntags: [weather, C++, C++]\n"
        "event: polyconf\nlocation: Poznań\n---\n# x\n");
    tree_write(tree, "c/deck.md", "---\ntitle: Ice\nspeakers: Zoë\ntags: 'C#'\n---\n# x\n");
    tree_write(tree, "d/deck.md",
               "---\ntitle: Hidden\ndate: 2016\nspeakers: Nobody\ntags: secret\nvenue: Cellar\n"
               "draft: true\n---\n# x\n");
}

static const char people[] = "people:\n"
                             "  ada:\n"
                             "    name: Ada Adams\n"
                             "    url: https://ada.example/\n"
                             "    email: ada@ada.example\n"
                             "    bio: 'Writes *programs*. <script>x</script> [All](/a.md)'\n"
                             "  zed: {name: Zed, email: zed@zed.example, showEmail: true}\n";

static void groups_talks(void **state)
{
    struct tree tree;
    struct site *site;

    (void)state;
    write_talks(&tree);
    site = load(&tree, people);
    assert_holds(body(site, "/2013/"), ">Fog</a>");
    assert_lacks(body(site, "/2013/"), ">Wind</a>");
    assert_order(body(site, "/tags/weather/"), ">Wind</a>", ">Fog</a>");
    assert_holds(body(site, "/tags/weather/"), "2 talks.");
    assert_order(body(site, "/venues/polyconf/"), ">Wind</a>", ">Fog</a>");
    assert_holds(body(site, "/venues/town-hall/"), ">Fog</a>");
    assert_order(body(site, "/people/ada/"), ">Wind</a>", ">Fog</a>");
    assert_holds(body(site, "/people/ben-bloggs/"), ">Fog</a>");
    assert_holds(body(site, "/people/zoë/"), ">Ice</a>");
    assert_null(site_find(site, SPAN("/2016/")));
    assert_null(site_find(site, SPAN("/people/nobody/")));
    assert_null(site_find(site, SPAN("/tags/secret/")));
    assert_null(site_find(site, SPAN("/venues/cellar/")));
    site_free(site);
    tree_remove(&tree);
}

static void gives_every_name_a_page_of_its_own(void **state)
{
    struct tree tree;
    struct site *site;
    const char *page;

    (void)state;
    write_talks(&tree);
    tree_write(
        &tree, "e/deck.md",
        "---\ntitle: Rain\nspeakers: [O'Brien, Ann M]\ntags: [.NET, CI/CD, '..']\n---\n# x\n");
    tree_write(&tree, "f/deck.md",
               "---\ntitle: Sun\nspeakers: [OBrien, Ann M.]\ntags: [ci cd, '']\n---\n# x\n");
    site = load(&tree, "");
    page = body(site, "/tags/");
    assert_holds(page, "<a href=\"c/\">C</a> <span class=\"group-count\">1 talk</span>");
    assert_holds(page, "<a href=\"c%23/\">C#</a>");
    assert_holds(page, "<a href=\"c%2B%2B/\">C++</a>");
    assert_holds(page, "<a href=\"-.net/\">.NET</a>");
    assert_holds(body(site, "/tags/c/"), ">Fog</a>");
    assert_holds(body(site, "/tags/c++/"), ">Wind</a>");
    assert_holds(body(site, "/tags/c#/"), ">Ice</a>");
    assert_holds(body(site, "/tags/-../"), ">Rain</a>");
    assert_order(body(site, "/tags/ci-cd/"), ">Rain</a>", ">Sun</a>");
    assert_holds(body(site, "/people/o'brien/"), ">Rain</a>");
    assert_lacks(body(site, "/people/o'brien/"), ">Sun</a>");
    assert_holds(body(site, "/people/obrien/"), ">Sun</a>");
    assert_holds(body(site, "/people/ann-m/"), ">Rain</a>");
    assert_holds(body(site, "/people/ann-m./"), ">Sun</a>");
    site_free(site);
    tree_remove(&tree);
}

static void leads_from_talks_to_their_own_groups(void **state)
{
    struct tree tree;
    struct site *site;

    (void)state;
    write_talks(&tree);
    tree_write(&tree, "e/deck.md",
               "---\ntitle: Rain\nspeakers: [Ann-Marie, ann2]\ntags: ['', C++]\n---\n# x\n");
    site = load(&tree, "people:\n  ann1: {name: Ann Marie}\n  ann2: {name: Ann-Marie}\n");
    assert_holds(body(site, "/a/about"), "<a href=\"../tags/c/\">C</a>");
    assert_holds(body(site, "/b/about"), "<a href=\"../tags/c%2B%2B/\">C++</a>");
    assert_holds(body(site, "/c/about"), "<a href=\"../tags/c%23/\">C#</a>");
    assert_holds(body(site, "/e/about"), "<dd></dd>");
    assert_holds(body(site, "/e/about"),
                 "<a href=\"../people/ann1/\">Ann Marie</a>, <a href=\"../people/ann2/\">");
    assert_holds(body(site, "/people/ann2/"), ">Rain</a>");
    expect_found(site, "speaker=ann2", "|Rain");
    assert_holds(body(site, "/"), "<option value=\"ann2\">Ann-Marie</option>");
    site_free(site);
    tree_remove(&tree);
}

/* Each link of the talk's page that leads to a list is asked for. */
static void has_a_page_for_every_name_that_is_linked(void **state)
{
    struct strbuf text = STRBUF_INIT, path = STRBUF_INIT;
    struct tree tree;
    struct site *site;
    size_t links = 0;

    (void)state;
    tree_make(&tree);
    strbuf_append_text(&text, "speakers: [P0");
    for (int i = 1; i < 300; i++)
        strbuf_append_format(&text, ", P%d", i);
    strbuf_append_text(&text, "]\ntags: T0");
    for (int i = 1; i < 300; i++)
        strbuf_append_format(&text, ", T%d", i);
    tree_write(&tree, "a/deck.yaml", text.data);
    tree_write(&tree, "a/deck.md", "# x\n");
    tree_write(&tree, "b/deck.md", "# x\n");
    site = load(&tree, "");
    for (const char *at = body(site, "/a/about"); (at = strstr(at, "<a href=\"../")); at++) {
        const char *start = at + strlen("<a href=\"..");

        strbuf_reset(&path);
        strbuf_append(&path, start, (size_t)(strchr(start, '"') - start));
        if (strncmp(path.data, "/people/p", 9) == 0 || strncmp(path.data, "/tags/t", 7) == 0)
            links += *body(site, path.data) != '\0';
    }
    assert_int_equal(links, 512);
    assert_problem(site, "a/deck.yaml:1:11: warning: `speakers` has 300 names, of which the first "
                         "256 are taken: leave some out");
    assert_problem(site, "a/deck.yaml:2:7: warning: `tags` has 300 names");
    site_free(site);
    tree_remove(&tree);
    strbuf_release(&text);
    strbuf_release(&path);
}

static void shows_what_is_known_of_a_person(void **state)
{
    struct tree tree;
    struct site *site;
    const char *page;

    (void)state;
    write_talks(&tree);
    site = load(&tree, people);
    page = body(site, "/people/ada/");
    assert_holds(page, "|Ada Adams · Decks|Writes programs.");
    assert_holds(page, "Writes <em>programs</em>.");
    assert_holds(page, "<a href=\"../../a.md\">All</a>");
    assert_holds(page, "<a href=\"https://ada.example/\">ada.example/</a>");
    assert_lacks(page, "ada@ada.example");
    assert_lacks(page, "<script>");
    assert_holds(body(site, "/people/zed/"), "<a href=\"mailto:zed@zed.example\">");
    assert_holds(body(site, "/people/zed/"), "0 talks.");
    assert_holds(body(site, "/"), "<a href=\"people/ada/\">Ada Adams</a>");
    assert_holds(body(site, "/a/"), "|Ada Adams, Ben Bloggs|");
    site_free(site);
    tree_remove(&tree);
}

static void shows_a_persons_picture(void **state)
{
    struct tree tree;
    struct site *site;
    bool told = false;

    (void)state;
    write_talks(&tree);
    tree_write(&tree, "ada.svg", "<svg xmlns='http://www.w3.org/2000/svg' width='9' height='8'/>");
    site = load(&tree, "people:\n  ada: {picture: ada.svg}\n  zed: {picture: none.png}\n");
    assert_holds(body(site, "/people/ada/"), "src=\"../../ada.svg?v=");
    assert_holds(body(site, "/people/ada/"), "\" width=\"9\" height=\"8\" alt=\"\"");
    assert_lacks(body(site, "/people/zed/"), "<img class=\"person");
    vec_each (&site_problems(site)->list, err)
        told = told || strstr(err->text, "people: zed: the picture `none.png` is not there");
    assert_true(told);
    site_free(site);
    tree_remove(&tree);
}

static void gives_way_to_decks_and_files(void **state)
{
    struct tree tree;
    struct site *site;

    (void)state;
    write_talks(&tree);
    tree_write(&tree, "people/deck.md", "---\ntitle: A deck\n---\n# x\n");
    tree_write(&tree, "2013/deck.md", "---\ntitle: Another\n---\n# x\n");
    tree_write(&tree, "tags/weather/deck.md", "---\ntitle: A third\n---\n# x\n");
    site = load(&tree, "");
    assert_holds(body(site, "/people/"), "A deck · Decks");
    assert_holds(body(site, "/2013/"), "Another · Decks");
    assert_holds(body(site, "/tags/weather/"), "A third · Decks");
    assert_holds(body(site, "/people/ada/"), ">Fog</a>");
    site_free(site);
    tree_remove(&tree);
}

static void lists_nothing_for_a_deck_at_the_root(void **state)
{
    struct tree tree;
    struct site *site;

    (void)state;
    tree_make(&tree);
    tree_write(&tree, "deck.md", "---\ntitle: Only\ndate: 2015\nspeakers: Ada\n---\n# x\n");
    site = load(&tree, "");
    assert_holds(body(site, "/"), "|Only|");
    assert_null(site_find(site, SPAN("/2015/")));
    assert_null(site_find(site, SPAN("/people/")));
    expect_found(site, "q=only", "static");
    site_free(site);
    tree_remove(&tree);
}

static void narrows_the_index(void **state)
{
    struct tree tree;
    struct site *site;

    (void)state;
    write_talks(&tree);
    site = load(&tree, people);
    expect_found(site, "", "static");
    expect_found(site, "q=&year=&tag=", "static");
    expect_found(site, "other=1", "static");
    expect_found(site, "page=1", "static");
    expect_found(site, "q=fog", "|Fog");
    expect_found(site, "q=ADAMS+weather", "|Wind|Fog");
    expect_found(site, "q=zoe", "|Ice");
    expect_found(site, "q=poznan", "|Wind");
    expect_found(site, "q=fog+wind", "");
    expect_found(site, "q=hidden", "");
    expect_found(site, "speaker=ada", "|Wind|Fog");
    expect_found(site, "speaker=Ada%20Adams&year=2015", "|Wind");
    expect_found(site, "tag=C%2B%2B", "|Wind");
    expect_found(site, "tag=weather&year=2013&q=hall", "|Fog");
    expect_found(site, "venue=PolyConf", "|Wind|Fog");
    expect_found(site, "tag=none", "");
    expect_found(site, "year=2016", "");
    expect_found(site, "speaker=%00&page=99999999999999999999", "");
    site_free(site);
    tree_remove(&tree);
}

static void divides_long_lists_into_pages(void **state)
{
    struct tree tree;
    struct site *site;
    struct computed answer;

    (void)state;
    tree_make(&tree);
    for (int i = 0; i < 101; i++) {
        char *path = mem_format("%03d/deck.md", i);
        char *text = mem_format("---\ntitle: Talk %03d\ndate: 2015\ntags: x\n---\n# x\n", i);

        tree_write(&tree, path, text);
        free(path);
        free(text);
    }
    site = load(&tree, "");
    assert_holds(body(site, "/"), ">Talk 099</a>");
    assert_lacks(body(site, "/"), ">Talk 100</a>");
    assert_holds(body(site, "/"), "<a rel=\"next\" href=\"./?page=2\">Older talks</a>");
    assert_holds(body(site, "/2015/"), "<a rel=\"next\" href=\"../?year=2015&amp;page=2\">");
    assert_holds(body(site, "/tags/x/"), "<a rel=\"next\" href=\"../../?tag=x&amp;page=2\">");
    expect_found(site, "page=2", "|Talk 100");
    expect_found(site, "page=9", "|Talk 100");
    expect_found(site, "tag=x&page=2", "|Talk 100");
    assert_true(computed_make(&answer, site_find(site, SPAN("/")), SPAN("page=2"),
                              SPAN("http://localhost")));
    assert_holds(answer.body.data, "101 talks, 101 to 101.");
    assert_holds(answer.body.data, "<a rel=\"prev\" href=\"./\">Newer talks</a>");
    computed_release(&answer);
    site_free(site);
    tree_remove(&tree);
}

static void shows_covers_and_what_there_is(void **state)
{
    struct tree tree;
    struct site *site;
    const char *page, *cover;
    char path[64];

    (void)state;
    tree_make(&tree);
    tree_write(&tree, "a/deck.md",
               "---\ntitle: Fog\ncover: c.svg\npdf: https://x.example/a.pdf\n"
               "video: https://x.example/v\npublishNotes: true\n---\n# x\n");
    tree_write(&tree, "a/c.svg", "<svg xmlns='http://www.w3.org/2000/svg' width='9' height='8'/>");
    tree_write(&tree, "b/deck.md",
               "---\ntitle: Wind\ncover: none.png\nvideo: lost.mp4\n---\n# x\n");
    site = load(&tree, "");
    page = body(site, "/");
    assert_holds(page, "<img class=\"talk-cover on-dark\" src=\"a/c.svg?v=");
    assert_holds(page, "<a href=\"a/about\">About</a>");
    assert_holds(page, "<a href=\"a/\">Slides</a>");
    assert_holds(page, "<a href=\"a/about#recordings\">Video</a>");
    assert_holds(page, "<a href=\"https://x.example/a.pdf\">PDF</a>");
    assert_holds(page, "<a href=\"a/about#slides\">Notes</a>");
    assert_lacks(page, "<a href=\"b/about#slides\">");
    assert_lacks(page, "<a href=\"b/about#recordings\">");
    assert_problem(site, "\nb/deck.md:4: warning: `lost.mp4` is not there: put the recording");
    cover = strstr(page, "src=\"b/cover.");
    assert_non_null(cover);
    snprintf(path, sizeof path, "/%.*s", (int)strcspn(cover + 5, "\""), cover + 5);
    assert_holds(body(site, path), ">Wind</text>");
    assert_int_equal(site_find(site, span_of(path))->freshness, FRESHNESS_FOREVER);
    assert_true(err_list_has(site_problems(site), SEVERITY_WARNING));
    site_free(site);
    tree_remove(&tree);
}

static void tells_spellings_of_a_person(void **state)
{
    struct tree tree;
    struct site *site;

    (void)state;
    tree_make(&tree);
    tree_write(&tree, "a/deck.md", "---\ndate: 2020-01-01\nspeakers: Zoe Q Brown\n---\n# x\n");
    tree_write(&tree, "b/deck.md", "---\ndate: 2019-01-01\nspeakers: zoe-q  brown\n---\n# x\n");
    tree_write(&tree, "c/deck.md", "---\ndate: 2018-01-01\nspeakers: [an, An Other]\n---\n# x\n");
    site = load(&tree, "people: {an: An Other}\n");
    assert_int_equal(site_problems(site)->list.count, 1);
    assert_problem(site,
                   "\nb/deck.md:3: note: `zoe-q  brown` is the person whom another deck calls "
                   "`Zoe Q Brown`, and is listed as that");
    assert_holds(body(site, "/people/"), "Zoe Q Brown");
    assert_lacks(body(site, "/people/"), "zoe-q  brown");
    site_free(site);
    tree_remove(&tree);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(tells_spellings_of_a_person),
        cmocka_unit_test(groups_talks),
        cmocka_unit_test(gives_every_name_a_page_of_its_own),
        cmocka_unit_test(leads_from_talks_to_their_own_groups),
        cmocka_unit_test(has_a_page_for_every_name_that_is_linked),
        cmocka_unit_test(shows_what_is_known_of_a_person),
        cmocka_unit_test(shows_a_persons_picture),
        cmocka_unit_test(gives_way_to_decks_and_files),
        cmocka_unit_test(lists_nothing_for_a_deck_at_the_root),
        cmocka_unit_test(narrows_the_index),
        cmocka_unit_test(divides_long_lists_into_pages),
        cmocka_unit_test(shows_covers_and_what_there_is),
    };

    deck_setup();
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    deck_teardown();
    return failed;
}
