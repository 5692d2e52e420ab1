#include "site/site.h"

#include "base/digest.h"
#include "deck/deck.h"
#include "embedded_small.h"
#include "tree.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <time.h>

#include <cmocka.h>

static struct site *load(struct tree *tree)
{
    struct site_settings settings;
    struct site *site;

    site_settings_init(&settings);
    free(settings.root);
    settings.root = mem_copy_text(tree->path);
    assert_int_equal(site_load(&settings, NULL, NULL, NULL, &site), 0);
    site_settings_release(&settings);
    return site;
}

static const struct resource *get(const struct site *site, const char *path)
{
    const struct resource *resource = site_find(site, span_of(path));

    if (!resource)
        fail_msg("there is no %s", path);
    return resource;
}

static const char *body(const struct site *site, const char *path)
{
    const struct resource *resource = get(site, path);

    assert_int_equal(resource->kind, RESOURCE_MEMORY);
    return blob_data(resource->forms[CODING_IDENTITY].body);
}

static void assert_holds(const char *text, const char *part)
{
    if (!strstr(text, part))
        fail_msg("%s\nis not in\n%s", part, text);
}

static void assert_order(const char *text, const char *first, const char *second)
{
    assert_holds(text, first);
    assert_holds(text, second);
    if (strstr(text, first) > strstr(text, second))
        fail_msg("%s comes after %s in\n%s", first, second, text);
}

static void assert_problem(const struct site *site, const char *part, size_t times)
{
    const struct err_list *problems = site_problems(site);
    size_t found = 0;

    vec_each (&problems->list, err) {
        struct strbuf line = STRBUF_INIT;

        err_append_line(&line, err);
        found += strstr(line.data, part) != NULL;
        strbuf_release(&line);
    }
    if (found != times)
        fail_msg("%s is told %zu times, not %zu", part, found, times);
}

static void shows_a_deck(void **state)
{
    struct tree tree;
    struct site *site;
    const struct resource *deck;
    const char *page;

    (void)state;
    tree_make(&tree);
    tree_write(
        &tree, "2015/poly conf/deck.md",
        "---\ntitle: A & B\nlang: pl\ntheme: white\nspeakers: [Ada, Ben]\n"
        "revealOptions: {width: 1200}\n---\n\n# One\n\n```rs\nfn\n```\n\n---\n\n![](x.png)\n");
    tree_write(&tree, "2015/poly conf/x.png", "\x89PNG");
    tree_write(&tree, "2015/poly conf/a.css", "a{}");
    site = load(&tree);
    assert_int_equal(site_deck_count(site), 1);
    assert_int_equal(site_slide_count(site), 2);
    deck = get(site, "/2015/poly conf/");
    page = body(site, "/2015/poly conf/");
    assert_string_equal(deck->content_type, "text/html; charset=utf-8");
    assert_holds(deck->csp, "script-src 'self' 'sha256-0'");
    assert_int_equal(deck->freshness, FRESHNESS_CHECK);
    assert_int_equal(strncmp(page, "pl|A &amp; B · ", strlen("pl|A &amp; B · ")), 0);
    assert_holds(page, "|../../|All talks|about|Ada, Ben|../../_/theme/white.01.css|");
    assert_holds(page, "<style>h</style>\n");
    assert_holds(page, " data-code=\"../../_/code.01.js ../../_/lang/rust.01.js\"");
    assert_holds(page, "\"width\":1200");
    assert_holds(page, "x.png?v=");
    assert_string_equal(get(site, "/2015/poly conf")->location, "poly%20conf/");
    assert_int_equal(get(site, "/2015/poly conf/x.png")->kind, RESOURCE_FILE);
    assert_string_equal(get(site, "/2015/poly conf/x.png")->file, "2015/poly conf/x.png");
    assert_string_equal(get(site, "/2015/poly conf/deck.md")->file, "2015/poly conf/deck.md");
    assert_string_equal(body(site, "/2015/poly conf/a.css"), "a{}");
    site_free(site);
    tree_remove(&tree);
}

static void lists_talks_newest_first(void **state)
{
    struct tree tree;
    struct site *site;
    const char *page;

    (void)state;
    tree_make(&tree);
    tree_write(&tree, "a/deck.md",
               "---\ntitle: Old\ndate: 2013-07\nvenue: The <Barn>\nspeakers:\n"
               "  - {name: Ada, url: 'https://a.example/'}\n  - {name: Eve, url: 'javascript:x'}\n"
               "---\n# x\n");
    tree_write(&tree, "b/deck.md", "---\ntitle: New\ndate: 2015-07-04\n---\n# x\n");
    tree_write(&tree, "c/deck.md", "---\ntitle: Someday\n---\n# x\n");
    tree_write(&tree, "d/deck.md", "---\ntitle: Anyday\n---\n# x\n");
    tree_write(&tree, "e/deck.md", "---\ntitle: Hidden\ndraft: true\n---\n# x\n");
    tree_write(&tree, "f/deck.md", "---\ntitle: Newer\ndate: 2015-12-01\n---\n# x\n");
    site = load(&tree);
    page = body(site, "/");
    assert_order(page, "<h2 id=\"y2015\"><a href=\"2015/\">2015</a></h2>",
                 "<h2 id=\"y2013\"><a href=\"2013/\">2013</a></h2>");
    assert_order(page, "<h2 id=\"y2013\">", ">Undated</h2>");
    assert_order(page, "<a href=\"f/\">Newer</a>", "<a href=\"b/\">New</a>");
    assert_order(page, "<a href=\"b/\">New</a>", "<a href=\"a/\">Old</a>");
    assert_order(page, ">Anyday</a>", ">Someday</a>");
    assert_holds(page, "datetime=\"2015-07-04\"><span class=\"talk-day\">4</span> "
                       "<span class=\"talk-month\">Jul</span>");
    assert_holds(page, "datetime=\"2013-07\"><span class=\"talk-month\">Jul</span>");
    assert_holds(page, "The &lt;Barn&gt;");
    assert_holds(page, "<a href=\"people/ada/\">Ada</a>, <a href=\"people/eve/\">Eve</a>");
    assert_holds(page, "|5 talks, 2013 to 2015|");
    assert_null(strstr(page, "Hidden"));
    assert_null(strstr(page, "javascript:"));
    assert_holds(body(site, "/e/"), "Hidden");
    site_free(site);
    tree_remove(&tree);
}

static void says_what_to_do_with_an_empty_root(void **state)
{
    struct tree tree;
    struct site *site;

    (void)state;
    tree_make(&tree);
    site = load(&tree);
    assert_int_equal(site_deck_count(site), 0);
    assert_holds(body(site, "/"), "hello/deck.md");
    assert_int_equal(site_problems(site)->list.count, 0);
    site_free(site);
    tree_remove(&tree);
}

static void gives_the_root_to_the_only_deck(void **state)
{
    struct tree tree;
    struct site *site;

    (void)state;
    tree_make(&tree);
    tree_write(&tree, "deck.md", "---\ntitle: Alone\n---\n# x\n");
    site = load(&tree);
    assert_holds(body(site, "/"), "en|Alone|");
    assert_holds(body(site, "/"), "|_/deck.01.js|");
    site_free(site);
    tree_remove(&tree);
}

static void serves_the_others_beside_a_broken_deck(void **state)
{
    struct tree tree;
    struct site *site;

    (void)state;
    tree_make(&tree);
    tree_write(&tree, "bad/deck.md", "\xff\xfe\xff");
    tree_write(&tree, "latin/deck.md", "# Caf\xe9\n");
    tree_write(&tree, "good/deck.md", "# Good\n");
    site = load(&tree);
    assert_int_equal(site_deck_count(site), 3);
    assert_holds(body(site, "/latin/"), "cannot be shown yet");
    assert_string_equal(get(site, "/latin/deck.md")->content_type, "text/markdown");
    assert_holds(body(site, "/"), "talk-broken");
    assert_holds(body(site, "/good/"), "Good");
    assert_problem(site, "latin/deck.md:1:6: error: ", 1);
    site_free(site);
    tree_remove(&tree);
}

static void gives_all_code_its_ground(void **state)
{
    struct tree tree;
    struct site *site;

    (void)state;
    tree_make(&tree);
    tree_write(&tree, "a/deck.md", "# No language\n\n    x = 1\n");
    tree_write(&tree, "b/deck.md", "# None but in a line: `x`\n\n```mermaid\ngraph LR\n```\n");
    site = load(&tree);
    assert_holds(body(site, "/a/"), "<style>h</style>\n");
    assert_null(strstr(body(site, "/a/"), "data-code"));
    assert_null(strstr(body(site, "/b/"), "<style>h</style>"));
    site_free(site);
    tree_remove(&tree);
}

static void takes_styles_from_the_deck_and_above(void **state)
{
    struct tree tree;
    struct site *site;
    const char *page;

    (void)state;
    tree_make(&tree);
    tree_write(&tree, "deck.yaml", "css: brand.css\n");
    tree_write(&tree, "brand.css", "a{}");
    tree_write(&tree, "a/deck.md", "---\ntheme: my.css\nscripts: [go.js, none.js]\n---\n# x\n");
    tree_write(&tree, "a/my.css", "b{}");
    tree_write(&tree, "a/go.js", "1");
    tree_write(&tree, "b/deck.md", "---\ntheme: blck\ncss: [https://x.example/a.css]\n---\n# x\n");
    site = load(&tree);
    page = body(site, "/a/");
    assert_order(page, "<link rel=\"stylesheet\" href=\"my.css?v=", "href=\"../brand.css?v=");
    assert_holds(page, "|../_/theme/black.01.css|");
    assert_holds(page, "<script defer src=\"go.js?v=");
    assert_null(strstr(page, "none.js"));
    assert_problem(site, "`none.js` is not there", 1);
    assert_problem(site, "there is no theme `blck`", 1);
    assert_problem(site, "is on another host", 1);
    assert_null(strstr(body(site, "/b/"), "x.example"));
    site_free(site);
    tree_remove(&tree);
}

static void inherits_what_can_be_shared(void **state)
{
    struct tree tree;
    struct site *site;

    (void)state;
    tree_make(&tree);
    tree_write(&tree, "deck.yaml", "source: [talk.md, more.md]\nslug: up\naliases: x\nlang: pl\n");
    tree_write(&tree, "talk.md", "# talk\n");
    tree_write(&tree, "more.md", "# more\n");
    tree_write(&tree, "a/deck.md", "# below\n");
    site = load(&tree);
    assert_int_equal(strncmp(body(site, "/a/"), "pl|below", 8), 0);
    assert_int_equal(strncmp(body(site, "/up/"), "pl|talk", 7), 0);
    assert_holds(body(site, "/up/"), "more");
    assert_string_equal(get(site, "/x")->location, "up/");
    assert_int_equal(site_problems(site)->list.count, 0);
    site_free(site);
    tree_remove(&tree);
    tree_make(&tree);
    tree_write(&tree, "b/deck.yaml", "slug: y\ntheme: white\n");
    tree_write(&tree, "b/one.md", "# one\n");
    tree_write(&tree, "b/two.md", "# two\n");
    site = load(&tree);
    assert_holds(body(site, "/b/one/"), "theme/white.01.css");
    assert_holds(body(site, "/b/two/"), "theme/white.01.css");
    assert_int_equal(site_problems(site)->list.count, 0);
    site_free(site);
    tree_remove(&tree);
}

static void keeps_settings_to_itself(void **state)
{
    struct tree tree;
    struct site *site;

    (void)state;
    tree_make(&tree);
    tree_write(&tree, "deck.yaml", "thme: white\n");
    tree_write(&tree, "a/deck.md", "# x\n");
    tree_write(&tree, "b/deck.md", "# x\n");
    site = load(&tree);
    assert_null(site_find(site, SPAN("/deck.yaml")));
    assert_problem(site, "deck.yaml:1:", 1);
    site_free(site);
    tree_remove(&tree);
}

static void serves_loose_decks_beside_their_files(void **state)
{
    struct tree tree;
    struct site *site;

    (void)state;
    tree_make(&tree);
    tree_write(&tree, "2015/one.md", "# One\n\n![](img/x.png)\n\n[two](two.md)\n");
    tree_write(&tree, "2015/two.md", "# Two\n");
    tree_write(&tree, "2015/img/x.png", "x");
    tree_write(&tree, "2016/talk/deck.md", "# x\n");
    tree_write(&tree, "2016/talk/demo/index.html", "<p>demo");
    site = load(&tree);
    assert_holds(body(site, "/2015/one/"), "../img/x.png?v=");
    assert_holds(body(site, "/2015/one/"), "\"../two/\"");
    assert_ptr_equal(get(site, "/2015/one/img/x.png"), get(site, "/2015/img/x.png"));
    assert_ptr_equal(get(site, "/2016/talk/demo/"), get(site, "/2016/talk/demo/index.html"));
    assert_holds(get(site, "/2016/talk/demo/")->csp, "'unsafe-inline'");
    assert_string_equal(get(site, "/2016/talk/demo")->location, "demo/");
    assert_null(get(site, "/2015/img/x.png")->csp);
    site_free(site);
    tree_remove(&tree);
}

static void redirects_from_aliases(void **state)
{
    struct tree tree;
    struct site *site;

    (void)state;
    tree_make(&tree);
    tree_write(&tree, "a/deck.md", "---\naliases: [/old/talk, b]\n---\n# x\n");
    tree_write(&tree, "b/deck.md", "# x\n");
    site = load(&tree);
    assert_string_equal(get(site, "/old/talk")->location, "../a/");
    assert_string_equal(get(site, "/old/talk/")->location, "../../a/");
    assert_holds(body(site, "/b/"), "en|");
    assert_problem(site, "a/deck.md:2: warning: the alias `b` stands for something else", 1);
    site_free(site);
    tree_remove(&tree);
}

static void redirects_from_aliases_to_the_talks_page(void **state)
{
    struct tree tree;
    struct site *site;

    (void)state;
    tree_make(&tree);
    tree_write(&tree, "a/deck.md", "---\naliases: [/p15, /p15/, /a, /q, b]\n---\n# x\n");
    tree_write(&tree, "b/deck.yaml", "video: https://tv.example/\naliases: [/v, /q/about]\n");
    site = load(&tree);
    assert_string_equal(get(site, "/p15")->location, "a/");
    assert_string_equal(get(site, "/p15/about")->location, "../a/about");
    assert_string_equal(get(site, "/p15/about/")->location, "../../a/about");
    assert_string_equal(get(site, "/v/about")->location, "../b/");
    assert_string_equal(get(site, "/q/about")->location, "../b/"); /* as its author wrote */
    assert_string_equal(get(site, "/b/about")->location, "./");
    assert_problem(site, "a/deck.md:2: warning: the alias `b` stands for something else", 1);
    assert_int_equal(site_problems(site)->list.count, 1); /* an alias twice is none */
    site_free(site);
    tree_remove(&tree);
}

static void keeps_its_own_pages_from_aliases(void **state)
{
    static const char *const taken[] = {
        "/tags/",    "/people/ada/",     "/2015",        "/venues/hall", "/search", "/oembed",
        "/feed.xml", "/tags/x/feed.xml", "/search.json", "/favicon.ico"};
    struct strbuf text = STRBUF_INIT, problem = STRBUF_INIT;
    struct tree tree;
    struct site *site;

    (void)state;
    tree_make(&tree);
    tree_write(&tree, "a/deck.md",
               "---\ndate: 2015\nspeakers: Ada\ntags: x\nvenue: Hall\n---\n# x\n");
    strbuf_append_text(&text, "title: B\naliases:\n");
    for (size_t i = 0; i < sizeof taken / sizeof *taken; i++)
        strbuf_append_format(&text, "  - %s\n", taken[i]);
    strbuf_append_text(&text, "  - ../up\n  - /free\n");
    tree_write(&tree, "b/deck.yaml", text.data);
    tree_write(&tree, "b/deck.md", "# x\n");
    site = load(&tree);
    for (size_t i = 0; i < sizeof taken / sizeof *taken; i++) {
        const struct resource *found = get(site, taken[i]);

        if (found->kind == RESOURCE_REDIRECT && strstr(found->location, "b/"))
            fail_msg("%s leads to %s", taken[i], found->location);
        strbuf_reset(&problem);
        strbuf_append_format(&problem,
                             "b/deck.yaml:2: warning: the alias `%s` stands for something else "
                             "already: take another path, or leave it out",
                             taken[i]);
        assert_problem(site, problem.data, 1);
    }
    assert_problem(site, "b/deck.yaml:2: warning: the alias `../up` is no path of the site", 1);
    assert_string_equal(get(site, "/free")->location, "b/");
    site_free(site);
    tree_remove(&tree);
    strbuf_release(&text);
    strbuf_release(&problem);
}

static void takes_a_slug_for_an_address(void **state)
{
    struct tree tree;
    struct site *site;

    (void)state;
    tree_make(&tree);
    tree_write(&tree, "2015/a/deck.yaml", "slug: yaml\n");
    tree_write(&tree, "2015/a/deck.md", "# x\n\n![](p.png)\n");
    tree_write(&tree, "2015/a/p.png", "x");
    tree_write(&tree, "2015/b/deck.md", "---\nslug: 'front matter'\n---\n[a](../a/deck.md)\n");
    tree_write(&tree, "2015/c/deck.md", "---\nslug: ../up\n---\n# x\n");
    tree_write(&tree, "2015/loose/one.md", "---\nslug: first\n---\n# x\n");
    tree_write(&tree, "2015/loose/two.md", "# x\n");
    site = load(&tree);
    assert_holds(body(site, "/2015/yaml/"), "src=\"../a/p.png?v=");
    assert_ptr_equal(get(site, "/2015/yaml/p.png"), get(site, "/2015/a/p.png"));
    assert_string_equal(get(site, "/2015/a/")->location, "../yaml/");
    assert_string_equal(get(site, "/2015/a")->location, "a/");
    assert_holds(body(site, "/2015/front matter/"), "\"../yaml/\"");
    assert_holds(body(site, "/2015/c/"), "x");
    assert_holds(body(site, "/2015/loose/first/"), "x");
    assert_problem(site, "the slug `../up`", 1);
    assert_problem(site, "2015/", 1);
    site_free(site);
    tree_remove(&tree);
}

static void carries_files_of_its_own(void **state)
{
    struct tree tree;
    struct site *site;
    const struct resource *script, *icon;

    (void)state;
    tree_make(&tree);
    site = load(&tree);
    script = get(site, "/_/deck.01.js");
    icon = get(site, "/favicon.ico");
    assert_int_equal(script->freshness, FRESHNESS_FOREVER);
    assert_string_equal(script->forms[CODING_IDENTITY].etag, "\"0123456789\"");
    assert_int_equal(icon->freshness, FRESHNESS_CHECK);
    assert_string_equal(icon->content_type, "image/svg+xml");
    assert_null(site_find(site, SPAN("/pages/deck.html")));
    site_free(site);
    tree_remove(&tree);
}

static void has_a_page_for_each_status(void **state)
{
    static const int statuses[] = {400, 403, 404, 405, 406, 408, 410, 412, 413,
                                   414, 416, 417, 429, 431, 500, 501, 503, 505};
    struct tree tree;
    struct site *site;

    (void)state;
    tree_make(&tree);
    site = load(&tree);
    for (size_t i = 0; i < sizeof statuses / sizeof *statuses; i++) {
        const struct resource *html = site_error_page(site, statuses[i], false);
        const struct resource *text = site_error_page(site, statuses[i], true);
        char status[8];

        snprintf(status, sizeof status, "%d", statuses[i]);
        assert_string_equal(html->content_type, "text/html; charset=utf-8");
        assert_string_equal(text->content_type, "text/plain; charset=utf-8");
        assert_holds(blob_data(html->forms[CODING_IDENTITY].body), status);
        assert_memory_equal(blob_data(text->forms[CODING_IDENTITY].body), status, 3);
        assert_ptr_equal(site_resource(site, html->id), html);
    }
    assert_ptr_equal(site_error_page(site, 418, false), site_error_page(site, 400, false));
    assert_ptr_equal(site_error_page(site, 599, true), site_error_page(site, 500, true));
    site_free(site);
    tree_remove(&tree);
}

static void changes_nothing_but_what_changed(void **state)
{
    struct timespec future[2] = {{.tv_sec = 4000000000}, {.tv_sec = 4000000000}};
    struct tree tree;
    struct site *before, *after;

    (void)state;
    tree_make(&tree);
    tree_write(&tree, "a/deck.md", "# A\n");
    tree_write(&tree, "b/deck.md", "# B\n");
    before = load(&tree);
    tree_write(&tree, "b/deck.md", "# Changed\n");
    assert_int_equal(utimensat(tree.fd, "b/deck.md", future, 0), 0);
    after = load(&tree);
    assert_string_equal(get(before, "/a/")->forms[CODING_IDENTITY].etag,
                        get(after, "/a/")->forms[CODING_IDENTITY].etag);
    assert_string_not_equal(get(before, "/b/")->forms[CODING_IDENTITY].etag,
                            get(after, "/b/")->forms[CODING_IDENTITY].etag);
    assert_holds(body(before, "/b/"), "B");
    assert_true(get(after, "/b/")->modified <= time(NULL));
    site_free(before);
    site_free(after);
    tree_remove(&tree);
}

static void refuses_a_root_that_is_none(void **state)
{
    struct site_settings settings;
    struct site *site = NULL;

    (void)state;
    site_settings_init(&settings);
    free(settings.root);
    settings.root = mem_copy_text("/dev/null/nothing");
    assert_true(site_load(&settings, NULL, NULL, NULL, &site) < 0);
    assert_null(site);
    site_settings_release(&settings);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(shows_a_deck),
        cmocka_unit_test(lists_talks_newest_first),
        cmocka_unit_test(says_what_to_do_with_an_empty_root),
        cmocka_unit_test(gives_the_root_to_the_only_deck),
        cmocka_unit_test(serves_the_others_beside_a_broken_deck),
        cmocka_unit_test(gives_all_code_its_ground),
        cmocka_unit_test(takes_styles_from_the_deck_and_above),
        cmocka_unit_test(inherits_what_can_be_shared),
        cmocka_unit_test(keeps_settings_to_itself),
        cmocka_unit_test(serves_loose_decks_beside_their_files),
        cmocka_unit_test(redirects_from_aliases),
        cmocka_unit_test(redirects_from_aliases_to_the_talks_page),
        cmocka_unit_test(keeps_its_own_pages_from_aliases),
        cmocka_unit_test(takes_a_slug_for_an_address),
        cmocka_unit_test(carries_files_of_its_own),
        cmocka_unit_test(has_a_page_for_each_status),
        cmocka_unit_test(changes_nothing_but_what_changed),
        cmocka_unit_test(refuses_a_root_that_is_none),
    };

    deck_setup();
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    deck_teardown();
    return failed;
}
