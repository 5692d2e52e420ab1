#include "base/digest.h"
#include "deck/deck.h"
#include "embedded_small.h"
#include "site/files.h"
#include "site/site.h"
#include "tree.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

/* A root, the settings to load it with, and the site before and after a change. */
struct reload {
    struct tree tree;
    struct site_settings settings;
    struct site *before, *now;
};

static int set_up(void **state)
{
    struct reload *reload = mem_zero(1, sizeof *reload);

    tree_make(&reload->tree);
    site_settings_init(&reload->settings);
    free(reload->settings.root);
    reload->settings.root = mem_copy_text(reload->tree.path);
    *state = reload;
    return 0;
}

static int tear_down(void **state)
{
    struct reload *reload = *state;

    site_free(reload->before);
    site_free(reload->now);
    site_settings_release(&reload->settings);
    tree_remove(&reload->tree);
    free(reload);
    return 0;
}

/* Loads again; what the site before shares has to outlive it. */
static void load(struct reload *reload)
{
    site_free(reload->before);
    reload->before = reload->now;
    assert_int_equal(site_load(&reload->settings, reload->before, NULL, NULL, &reload->now), 0);
}

static void put(struct reload *reload, const char *path, const char *text)
{
    tree_write(&reload->tree, path, text);
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
    return blob_data(get(site, path)->forms[CODING_IDENTITY].body);
}

static const char *etag(const struct site *site, const char *path)
{
    return get(site, path)->forms[CODING_IDENTITY].etag;
}

static void shows(struct reload *reload, const char *path, const char *part)
{
    if (!strstr(body(reload->now, path), part))
        fail_msg("%s is not in\n%s", part, body(reload->now, path));
}

/* The very same bytes in memory, not another copy of them. */
static void is_shared(struct reload *reload, const char *path)
{
    for (size_t i = 0; i < CODING_COUNT; i++)
        assert_ptr_equal(get(reload->before, path)->forms[i].body,
                         get(reload->now, path)->forms[i].body);
    assert_string_equal(etag(reload->before, path), etag(reload->now, path));
    assert_int_equal(get(reload->before, path)->modified, get(reload->now, path)->modified);
}

static void is_new(struct reload *reload, const char *path)
{
    assert_string_not_equal(etag(reload->before, path), etag(reload->now, path));
}

static size_t problems_with(const struct site *site, const char *part)
{
    size_t found = 0;

    vec_each (&site_problems(site)->list, err) {
        struct strbuf line = STRBUF_INIT;

        err_append_line(&line, err);
        found += strstr(line.data, part) != NULL;
        strbuf_release(&line);
    }
    return found;
}

static void takes_over_what_did_not_change(void **state)
{
    struct reload *reload = *state;

    put(reload, "a/deck.md", "# A\n\n![](x.png)\n");
    put(reload, "a/x.png", "\x89PNG");
    put(reload, "a/a.css", "a{}");
    put(reload, "b/deck.md", "# B\n\nmistake: <!-- .slide: =x -->\n");
    load(reload);
    assert_int_equal(site_fresh_count(reload->now), 2);
    load(reload);
    assert_int_equal(site_fresh_count(reload->now), 0);
    is_shared(reload, "/");
    is_shared(reload, "/a/");
    is_shared(reload, "/b/");
    is_shared(reload, "/a/a.css");
    assert_ptr_equal(site_error_page(reload->before, 404, false)->forms[CODING_IDENTITY].body,
                     site_error_page(reload->now, 404, false)->forms[CODING_IDENTITY].body);
    assert_int_equal(site_problems(reload->before)->list.count,
                     site_problems(reload->now)->list.count);
    assert_int_equal(site_slide_count(reload->now), 2);
    assert_int_equal(site_bytes(reload->before), site_bytes(reload->now));
    put(reload, "b/deck.md", "# B, changed\n");
    load(reload);
    assert_int_equal(site_fresh_count(reload->now), 1);
    is_shared(reload, "/a/");
    is_new(reload, "/b/");
    is_new(reload, "/"); /* the title is there too */
    shows(reload, "/b/", "changed");
    load(reload); /* the first site is gone */
    is_shared(reload, "/a/");
    shows(reload, "/a/", "x.png?v=");
}

static void notices_every_file_that_a_page_is_made_from(void **state)
{
    struct reload *reload = *state;

    put(reload, "deck.yaml", "lang: pl\n");
    put(reload, "a/deck.md",
        "---\ncss: a.css\n---\n# A\n\n<!-- include: part.md -->\n\n<!-- include: _p/x.md -->\n\n"
        "![](x.svg) [b](../b/deck.md)\n");
    put(reload, "a/part.md", "the part\n");
    put(reload, "a/_p/x.md", "not served\n");
    put(reload, "a/x.svg", "<svg width=\"10\" height=\"10\"/>");
    put(reload, "a/a.css", "a{}");
    put(reload, "b/deck.md", "# B\n");
    load(reload);
    load(reload);
    assert_int_equal(site_fresh_count(reload->now), 0);

    static const char *const changes[][3] = {
        {"a/part.md", "another part\n", "another part"},
        {"a/_p/x.md", "this too\n", "this too"},
        {"a/x.svg", "<svg width=\"20\" height=\"10\"/>", "width=\"20\""},
        {"a/a.css", "b{}", "a.css?v="},
        {"a/deck.yaml", "lang: fr\n", "fr|"},
        {"deck.yaml", "theme: white\n", "theme/white"},
    };

    for (size_t i = 0; i < sizeof changes / sizeof *changes; i++) {
        put(reload, changes[i][0], changes[i][1]);
        load(reload);
        is_new(reload, "/a/");
        shows(reload, "/a/", changes[i][2]);
        load(reload);
        assert_int_equal(site_fresh_count(reload->now), 0);
    }
}

static void notices_what_comes_and_goes(void **state)
{
    struct reload *reload = *state;

    put(reload, "a/deck.md", "---\ncss: a.css\n---\n# A\n\n![](x.png) [b](../b/deck.md)\n");
    put(reload, "c/deck.md", "# C\n");
    load(reload);
    assert_int_equal(problems_with(reload->now, "`a.css` is not there"), 1);
    put(reload, "a/a.css", "a{}");
    load(reload);
    shows(reload, "/a/", "a.css?v=");
    assert_int_equal(problems_with(reload->now, "a.css"), 0);
    put(reload, "a/x.png", "png");
    load(reload);
    shows(reload, "/a/", "x.png?v=");
    put(reload, "b/deck.md", "# B\n");
    load(reload);
    shows(reload, "/a/", "href=\"../b/\"");
    tree_check(unlinkat(reload->tree.fd, "b/deck.md", 0), "unlink");
    load(reload);
    assert_null(site_find(reload->now, SPAN("/b/")));
    assert_null(strstr(body(reload->now, "/a/"), "href=\"../b/\""));
    tree_check(unlinkat(reload->tree.fd, "a/a.css", 0), "unlink");
    load(reload);
    assert_null(strstr(body(reload->now, "/a/"), "a.css"));
    assert_int_equal(problems_with(reload->now, "a.css"), 1);
}

static void notices_another_spelling(void **state)
{
    struct reload *reload = *state;

    put(reload, "a/deck.md", "# A\n\n![](caf\u00e9.png)\n");
    put(reload, "a/cafe\u0301.png", "png");
    load(reload);
    shows(reload, "/a/", "cafe%CC%81.png?v=");
    tree_check(renameat(reload->tree.fd, "a/cafe\u0301.png", reload->tree.fd, "a/caf\u00e9.png"),
               "rename");
    load(reload);
    shows(reload, "/a/", "caf%C3%A9.png?v=");
}

static void follows_a_deck_that_moves(void **state)
{
    struct reload *reload = *state;

    put(reload, "2015/a/deck.md", "# A\n\n[b](../b/deck.md)\n");
    put(reload, "2015/b/deck.md", "# B\n");
    load(reload);
    tree_check(renameat(reload->tree.fd, "2015/b", reload->tree.fd, "2015/c"), "rename");
    load(reload);
    assert_null(site_find(reload->now, SPAN("/2015/b/")));
    shows(reload, "/2015/c/", "B");
    assert_null(strstr(body(reload->now, "/2015/a/"), "../b/\""));
    assert_int_equal(site_fresh_count(reload->now), 2);
    put(reload, "2015/c/deck.md", "---\nslug: d\n---\n# B\n");
    load(reload);
    shows(reload, "/2015/d/", "B");
    assert_string_equal(get(reload->now, "/2015/c/")->location, "../d/");
}

static void notices_a_file_replaced_by_one_of_its_size_and_time(void **state)
{
    static const struct timespec old[2] = {{.tv_sec = 1000000000}, {.tv_sec = 1000000000}};
    struct reload *reload = *state;

    put(reload, "a/deck.md", "# A\n\n![](x.png)\n");
    put(reload, "a/x.png", "one");
    tree_check(utimensat(reload->tree.fd, "a/x.png", old, 0), "utimensat");
    load(reload);
    put(reload, "a/x.png", "two");
    tree_check(utimensat(reload->tree.fd, "a/x.png", old, 0), "utimensat");
    load(reload);
    is_new(reload, "/a/");
    is_new(reload, "/a/x.png");
    assert_true(get(reload->now, "/a/")->modified >= get(reload->before, "/a/")->modified);
}

/* Long enough that no change can hide behind the same time: then nothing is read again. */
static void takes_over_files_that_lie_still(void **state)
{
    struct reload *reload = *state;

    put(reload, "a/deck.md", "---\nslug: b\n---\n# A\n\n![](x.png)\n");
    put(reload, "a/x.png", "one");
    put(reload, "a/style.css", "p { color: red }\n");
    sleep(FILES_SETTLE + 1);
    load(reload);
    load(reload);
    shows(reload, "/b/", "A");
    shows(reload, "/a/style.css", "red");
    is_shared(reload, "/b/");
    is_shared(reload, "/a/style.css");
    assert_string_equal(get(reload->now, "/a/x.png")->digest.text,
                        get(reload->before, "/a/x.png")->digest.text);
}

static void keeps_the_last_good_version(void **state)
{
    struct reload *reload = *state;

    put(reload, "a/deck.md", "---\ntitle: Good\n---\n# one\n");
    put(reload, "b/deck.md", "# B\n");
    load(reload);
    put(reload, "a/deck.md", "# Caf\xe9\n");
    load(reload);
    is_shared(reload, "/a/");
    shows(reload, "/", "Good");
    assert_int_equal(problems_with(reload->now, "a/deck.md:1:6: error: "), 1);
    assert_int_equal(problems_with(reload->now, "a/deck.md: warning: the deck is shown as it was"),
                     1);
    load(reload); /* nothing changed: still so, without trying again */
    assert_int_equal(site_fresh_count(reload->now), 0);
    is_shared(reload, "/a/");
    assert_int_equal(problems_with(reload->now, "a/deck.md"), 2);
    put(reload, "a/deck.md", "---\ntitle: [broken\n---\n# two\n");
    load(reload);
    is_shared(reload, "/a/");
    put(reload, "a/deck.md", "---\ntitle: Mended\n---\n# three\n");
    load(reload);
    is_new(reload, "/a/");
    shows(reload, "/a/", "three");
    assert_int_equal(problems_with(reload->now, "a/deck.md"), 0);
}

static void keeps_decks_good_below_bad_settings(void **state)
{
    struct reload *reload = *state;

    put(reload, "2015/deck.yaml", "theme: white\n");
    put(reload, "2015/a/deck.md", "# A\n");
    load(reload);
    put(reload, "2015/deck.yaml", "theme: [white\n");
    put(reload, "2015/b/deck.md", "# B\n");
    load(reload);
    is_shared(reload, "/2015/a/");
    shows(reload, "/2015/b/", "B"); /* was never better */
    assert_int_equal(problems_with(reload->now, "2015/deck.yaml:"), 1);
    assert_int_equal(problems_with(reload->now, "shown as it was"), 1);
    put(reload, "2015/deck.yaml", "theme: none\n");
    load(reload);
    is_new(reload, "/2015/a/");
}

static void tells_a_bad_deck_that_was_never_good(void **state)
{
    struct reload *reload = *state;

    put(reload, "a/deck.md", "\xe9");
    put(reload, "b/deck.md", "# B\n");
    load(reload);
    load(reload);
    shows(reload, "/a/", "cannot be shown yet");
    assert_int_equal(problems_with(reload->now, "shown as it was"), 0);
}

static void follows_the_settings(void **state)
{
    struct reload *reload = *state;
    struct err_list errs;

    put(reload, "a/deck.md", "# A\n");
    put(reload, "b/deck.md", "# B\n");
    load(reload);
    free(reload->settings.title);
    reload->settings.title = mem_copy_text("Other talks");
    load(reload);
    shows(reload, "/a/", "Other talks");
    shows(reload, "/", "Other talks");
    err_list_init(&errs);
    reload->settings.deck_defaults = node_parse(SPAN("lang: pl\n"), "decksd.yaml", 1, &errs);
    load(reload);
    shows(reload, "/a/", "pl|");
    load(reload);
    assert_int_equal(site_fresh_count(reload->now), 0);
    node_free(reload->settings.deck_defaults);
    reload->settings.deck_defaults = node_parse(SPAN("lang: fr\n"), "decksd.yaml", 1, &errs);
    load(reload);
    shows(reload, "/a/", "fr|");
    reload->settings.deck_limit = 1;
    load(reload);
    assert_int_equal(problems_with(reload->now, "too large"), 2);
    shows(reload, "/a/", "fr|");
    err_list_release(&errs);
}

static void gives_and_takes_the_root(void **state)
{
    struct reload *reload = *state;

    put(reload, "deck.md", "---\ntitle: Alone\n---\n# x\n");
    load(reload);
    shows(reload, "/", "en|Alone|");
    put(reload, "a/deck.md", "# A\n");
    load(reload);
    shows(reload, "/deck/", "Alone · ");
    shows(reload, "/", "2 talks");
    tree_check(unlinkat(reload->tree.fd, "a/deck.md", 0), "unlink");
    load(reload);
    shows(reload, "/", "en|Alone|");
}

static void notices_what_comes_beside_a_talk(void **state)
{
    static const char *const names[] = {"v.de.vtt", "deck.pdf", "cover.png", "gone.mp4"};
    struct reload *reload = *state;

    put(reload, "a/deck.md", "---\ncover: cover.png\nvideo: [v.mp4, gone.mp4]\n---\n# A\n");
    put(reload, "a/v.mp4", "v");
    put(reload, "b/deck.yaml", "title: B\nvideo: b.mp4\n");
    put(reload, "b/b.mp4", "b");
    load(reload);
    load(reload);
    assert_int_equal(site_fresh_count(reload->now), 0);
    is_shared(reload, "/a/about");
    is_shared(reload, "/b/");
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        char *path = mem_format("a/%s", names[i]), *url = mem_format("\"%s?v=", names[i]);

        put(reload, path, "x");
        load(reload);
        is_new(reload, "/a/about");
        shows(reload, "/a/about", url);
        is_shared(reload, "/b/");
        free(path);
        free(url);
    }
    put(reload, "b/deck.yaml", "title: Better\nvideo: b.mp4\n");
    load(reload);
    shows(reload, "/b/", "Better");
    is_shared(reload, "/a/about");
}

#define RELOAD(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        RELOAD(takes_over_what_did_not_change),
        RELOAD(notices_every_file_that_a_page_is_made_from),
        RELOAD(notices_what_comes_and_goes),
        RELOAD(notices_what_comes_beside_a_talk),
        RELOAD(notices_another_spelling),
        RELOAD(follows_a_deck_that_moves),
        RELOAD(notices_a_file_replaced_by_one_of_its_size_and_time),
        RELOAD(takes_over_files_that_lie_still),
        RELOAD(keeps_the_last_good_version),
        RELOAD(keeps_decks_good_below_bad_settings),
        RELOAD(tells_a_bad_deck_that_was_never_good),
        RELOAD(follows_the_settings),
        RELOAD(gives_and_takes_the_root),
    };

    deck_setup();
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    deck_teardown();
    return failed;
}
