/* Questions, what they find, and how it is shown. */
#include "base/utf8.h"
#include "deck/deck.h"
#include "embedded_small.h"
#include "http/query.h"
#include "site/search.h"
#include "site/search_query.h"
#include "site/site.h"
#include "site/site_internal.h"
#include "site/words.h"
#include "tree.h"

#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>

#include <cmocka.h>

/* --- words and questions --- */

static void cuts_words_of_any_script(void **state)
{
    static const struct {
        const char *text, *words;
    } rows[] = {
        {"Hello, World!", "hello|world"},
        {"node.js C++", "node|js|c"},
        {"Zürich—ÉCOLE", "zurich|ecole"},
        {"漢字とkana", "漢|字|と|kana"},
        {"ที่นี่", "ที่|นี่"},
        {"हिन्दी में", "हिन्दी|में"},
        {"한국어 발표", "한국어|발표"},
        {"a\xff"
         "b",
         "a|b"},
        {"\u0301 x", "x"},
        {"…", ""},
    };

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct strbuf found = STRBUF_INIT;
        struct words words;
        struct word word;

        words_init(&words, span_of(rows[i].text));
        while (words_next(&words, &word)) {
            if (found.len > 0)
                strbuf_append_char(&found, '|');
            strbuf_append_span(&found, word.folded);
        }
        words_release(&words);
        if (!span_is(strbuf_span(&found), rows[i].words))
            fail_msg("%s gives %s, not %s", rows[i].text, found.data, rows[i].words);
        strbuf_release(&found);
    }
}

static void writes_nothing_but_quoted_words(void **state)
{
    static const struct {
        const char *question, *expression;
    } rows[] = {
        {"", ""},
        {"  \"\" ( ) * ^ : -", ""},
        {"Word", "(\"word\" OR \"word\" *)"},
        {"of ab", "(\"of\") AND (\"ab\" OR \"ab\" *)"},
        {"c", "(\"c\")"},
        {"node.js", "(\"node js\" OR \"node js\" *)"},
        {"\"green line\" x", "(\"green line\") AND (\"x\")"},
        {"電車 now", "(\"電 車\") AND (\"now\" OR \"now\" *)"},
        {"a NEAR(b) OR NOT title:c*",
         "(\"a\") AND (\"near b\") AND (\"or\") AND (\"not\" *) AND (\"title c\")"},
        {"x\"y", "(\"x\") AND (\"y\")"},
        {"Word x word", "(\"word\" OR \"word\" *) AND (\"x\")"},
        {"one two abc def ghi", "(\"one\" *) AND (\"two\" *) AND (\"abc\" *) AND (\"def\" *) "
                                "AND (\"ghi\" *)"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct strbuf expression = STRBUF_INIT;
        struct search_query query;

        search_query_parse(&query, span_of(rows[i].question));
        search_query_append_expression(&expression, &query, false);
        if (!span_is(strbuf_span(&expression), rows[i].expression))
            fail_msg("%s gives %s, not %s", rows[i].question, expression.data, rows[i].expression);
        search_query_release(&query);
        strbuf_release(&expression);
    }
}

static void bounds_a_question(void **state)
{
    struct strbuf text = STRBUF_INIT;
    struct search_query query;

    (void)state;
    for (size_t i = 0; i < 3000; i++)
        strbuf_append_format(&text, "漢a 漢%zu ", i);
    search_query_parse(&query, strbuf_span(&text));
    assert_true(query.part_count <= QUERY_PARTS_MAX && query.word_count <= QUERY_WORDS_MAX);
    search_query_release(&query);
    strbuf_reset(&text);
    for (size_t i = 0; i < 3000; i++)
        strbuf_append_text(&text, "repeated ");
    search_query_parse(&query, strbuf_span(&text));
    assert_int_equal(query.part_count, 1);
    strbuf_reset(&text);
    for (size_t i = 0; i < 10000; i++)
        strbuf_append_text(&text, "é");
    search_query_release(&query);
    search_query_parse(&query, strbuf_span(&text));
    assert_int_equal(query.word_count, 1);
    assert_true(query.words[0].len <= WORD_BYTES_MAX);
    search_query_release(&query);
    strbuf_release(&text);
}

static void check_excerpt(const char *question, const char *text, bool cut, const char *html)
{
    struct strbuf out = STRBUF_INIT;
    struct search_query query;
    struct excerpt excerpt;

    search_query_parse(&query, span_of(question));
    if (cut)
        excerpt_cut(&excerpt, &query, span_of(text));
    else
        excerpt_take(&excerpt, &query, span_of(text));
    excerpt_append_html(&out, &excerpt);
    if (!span_is(strbuf_span(&out), html))
        fail_msg("%s in %s gives %s, not %s", question, text, out.data, html);
    excerpt_release(&excerpt);
    search_query_release(&query);
    strbuf_release(&out);
}

static void marks_words(void **state)
{
    (void)state;
    check_excerpt("zurich", "In <Zürich>", false, "In &lt;<mark>Zürich</mark>&gt;");
    check_excerpt("unikernel", "Unikernels & UNIKERNEL", false,
                  "<mark>Unikernels</mark> &amp; <mark>UNIKERNEL</mark>");
    check_excerpt("node.js", "node, Node.js", false, "node, <mark>Node.js</mark>");
    check_excerpt("\"a b\"", "b a b a", false, "b <mark>a b</mark> a");
    check_excerpt("漢字", "これは漢字。漢。", false, "これは<mark>漢字</mark>。漢。");
    check_excerpt("nothing", "is here", true, "is here");
    check_excerpt("x", "", true, "");
}

static void cuts_where_the_words_are(void **state)
{
    struct strbuf text = STRBUF_INIT, out = STRBUF_INIT;
    struct search_query query;
    struct excerpt excerpt;

    (void)state;
    for (size_t i = 0; i < 200; i++)
        strbuf_append_text(&text, i == 20 ? "needle " : i == 70 ? "needle thread " : "häy ");
    search_query_parse(&query, SPAN("thread needle"));
    excerpt_cut(&excerpt, &query, strbuf_span(&text));
    excerpt_append_html(&out, &excerpt);
    assert_non_null(strstr(out.data, "<mark>needle</mark> <mark>thread</mark>"));
    assert_true(strncmp(out.data, "…häy ", strlen("…häy ")) == 0);
    assert_true(span_ends_with(strbuf_span(&out), SPAN("häy…")));
    assert_true(excerpt.text.len < 300 && utf8_valid(strbuf_span(&excerpt.text), NULL));
    excerpt_release(&excerpt);
    /* Without spaces it is cut between letters. */
    strbuf_reset(&text);
    for (size_t i = 0; i < 300; i++)
        strbuf_append_text(&text, i == 200 ? "針" : "草");
    search_query_release(&query);
    search_query_parse(&query, SPAN("針"));
    excerpt_cut(&excerpt, &query, strbuf_span(&text));
    assert_int_equal(excerpt.marks.list.count, 1);
    assert_true(utf8_valid(strbuf_span(&excerpt.text), NULL));
    excerpt_release(&excerpt);
    search_query_release(&query);
    strbuf_release(&text);
    strbuf_release(&out);
}

/* --- a site --- */

struct fixture {
    struct tree tree;
    struct site_settings settings;
    struct site *before, *site;
};

static const char *const decks[][2] = {
    {"unikernel/deck.md", "---\ntitle: Unikernels at home\nspeakers: [Zoë Müller]\n"
                          "event: Café Conf\ndate: 2015-07-04\ntags: [systems]\n---\n\n# Hello\n\n"
                          "---\n\n## Boot times\n\nThey boot fast.\n\nNote: my secret remark\n\n"
                          "----\n\n## <b>Ünsafe</b> & more\n\nThe <i>unikernel</i> again\n"},
    {"notes/deck.md", "---\ntitle: Cooking\npublishNotes: true\ndate: 2016\n---\n\n# Soup\n\n"
                      "Water and one unikernel\n\nNote: public remark about salt\n"},
    {"draft/deck.md", "---\ntitle: Draft\ndraft: true\n---\n\n# hiddenword\n"},
    {"japan/deck.md", "---\ntitle: 日本語の発表\nlang: ja\n---\n\n# 概要\n\n全文検索を作る\n"},
    {"numbers/deck.md", "---\ntitle: Numbers\n---\n\n<!-- .slide: id=\"2024\" -->\n\n# "
                        "2024\n\nyear\n\n---\n\n## Systems\n\nBoot\n"},
};

static void load(struct fixture *fixture)
{
    site_free(fixture->before);
    fixture->before = fixture->site;
    assert_int_equal(site_load(&fixture->settings, fixture->before, NULL, NULL, &fixture->site), 0);
}

static int set_up(void **state)
{
    struct fixture *fixture = mem_zero(1, sizeof *fixture);

    tree_make(&fixture->tree);
    for (size_t i = 0; i < sizeof decks / sizeof *decks; i++)
        tree_write(&fixture->tree, decks[i][0], decks[i][1]);
    site_settings_init(&fixture->settings);
    free(fixture->settings.root);
    fixture->settings.root = mem_copy_text(fixture->tree.path);
    load(fixture);
    *state = fixture;
    return 0;
}

static int tear_down(void **state)
{
    struct fixture *fixture = *state;

    site_free(fixture->before);
    site_free(fixture->site);
    site_settings_release(&fixture->settings);
    tree_remove(&fixture->tree);
    free(fixture);
    return 0;
}

/* "unikernel/#/boot-times notes/", and what was done to find it: "~" other words, "|" any. */
static void describe(const struct site *site, const char *question, struct strbuf *out)
{
    struct search_answer answer;

    assert_int_equal(search_ask(&site->search, span_of(question), 1, &answer), 0);
    if (answer.instead.len > 0)
        strbuf_append_format(out, "~%s ", answer.instead.data);
    if (answer.any)
        strbuf_append_text(out, "| ");
    vec_each (&answer.talks, talk) {
        strbuf_append_text(out, talk->talk->path);
        vec_each (&talk->slides, slide)
            found_slide_append_fragment(out, slide);
        strbuf_append_char(out, ' ');
    }
    search_answer_release(&answer);
}

static void assert_finds(const struct site *site, const char *question, const char *expected)
{
    struct strbuf found = STRBUF_INIT;

    describe(site, question, &found);
    if (!span_is(strbuf_span(&found), expected))
        fail_msg("%s finds %s, not %s", question, found.data, expected);
    strbuf_release(&found);
}

static void finds_talks_and_slides(void **state)
{
    const struct site *site = ((struct fixture *)*state)->site;

    /* A title is worth more than a heading, that more than a text; what says it is shown. */
    assert_finds(site, "unikernel", "unikernel/#/%C3%BCnsafe-more notes/#/soup ");
    assert_finds(site, "boot", "unikernel/#/boot-times numbers/#/systems ");
    assert_finds(site, "BOOT fast", "unikernel/#/boot-times ");
    /* Words of the same talk, not of the same slide; of who and where, too. */
    assert_finds(site, "muller boot", "unikernel/#/boot-times ");
    assert_finds(site, "cafe", "unikernel/ ");
    assert_finds(site, "zoe", "unikernel/ ");
    assert_finds(site, "2015", "unikernel/ ");
    assert_finds(site, "unsafe", "unikernel/#/%C3%BCnsafe-more ");
    assert_finds(site, "boo", "unikernel/#/boot-times numbers/#/systems ");
    assert_finds(site, "\"boo\"", "");
    assert_finds(site, "\"times boot\"", "");
    /* A heading that is a number has no id that an address could have. */
    assert_finds(site, "year", "numbers/#/0 ");
    assert_finds(site, "", "");
}

static void write_talk(struct fixture *fixture, const char *path, const char *settings,
                       const char *slide, unsigned more)
{
    struct strbuf text = STRBUF_INIT;

    strbuf_append_format(&text, "---\n%s\n---\n\n%s\n", settings, slide);
    for (unsigned i = 0; i < more; i++)
        strbuf_append_format(&text, "\n---\n\n## Part %u\n\nWords that go on and on\n", i);
    tree_write(&fixture->tree, path, text.data);
    strbuf_release(&text);
}

/* A word in a title says more than one in passing, however long the title's talk is. */
static void ranks_what_talks_are_about_first(void **state)
{
    struct fixture *fixture = *state;
    char path[32];

    for (unsigned i = 0; i < 12; i++) {
        snprintf(path, sizeof path, "filler%u/deck.md", i);
        write_talk(fixture, path, "title: Filler", "nothing of it", 0);
    }
    write_talk(fixture, "all/deck.md", "title: Camels\ntags: [animals, desert, camel]", "# Camel",
               60);
    write_talk(fixture, "title/deck.md", "title: Camel in practice", "# Hello", 60);
    write_talk(fixture, "tag/deck.md", "title: T\ntags: [camel]", "x", 0);
    write_talk(fixture, "text/deck.md", "title: Gardening", "roses camel", 0);
    write_talk(fixture, "headings/deck.md", "title: H",
               "# Camel\n\ncamel\n\n---\n\n# A camel camel", 0);
    load(fixture);
    assert_finds(fixture->site, "camel",
                 "all/#/camel title/ headings/#/camel#/a-camel-camel tag/ text/#/roses-camel ");
    assert_finds(fixture->site, "came",
                 "all/#/camel title/ headings/#/camel#/a-camel-camel tag/ text/#/roses-camel ");
    assert_finds(fixture->site, "practice camel", "title/ ");
    assert_finds(fixture->site, "camel hello", "title/#/hello ");
}

static void assert_body(const struct site *site, const char *path, const char *query,
                        const char *has, const char *lacks)
{
    const struct resource *resource = site_find(site, span_of(path));
    struct computed answer;

    assert_non_null(resource);
    assert_true(computed_make(&answer, resource, span_of(query), SPAN("http://h")));
    assert_int_equal(answer.status, 200);
    if (has && !strstr(answer.body.data, has))
        fail_msg("%s?%s has no %s:\n%s", path, query, has, answer.body.data);
    if (lacks && strstr(answer.body.data, lacks))
        fail_msg("%s?%s has %s:\n%s", path, query, lacks, answer.body.data);
    computed_release(&answer);
}

static void finds_slides_of_an_authors_own_page(void **state)
{
    struct fixture *fixture = *state;

    tree_write(&fixture->tree, "own/index.html",
               "<!doctype html><title>Own</title><div class=slides><section id=first><h2>Zebra</h2>"
               "<section><h2>Quagga</h2><ul><li>stripes<li>hooves</ul></section></section>"
               "<section><section>Okapi</section><section data-markdown><script "
               "type=text/template>\n## Tapir\n\nsnout $x$\n</script></section></section>"
               "<section data-markdown data-separator=^===$><textarea "
               "data-template>a\n===\nlast</textarea></section></div>");
    load(fixture);
    assert_finds(fixture->site, "stripes", "own/#/0 ");
    assert_finds(fixture->site, "okapi", "own/#/1 ");
    assert_finds(fixture->site, "snout", "own/#/1/1 ");
    assert_finds(fixture->site, "last", "own/#/3 ");
    assert_body(fixture->site, "/search", "q=hooves", "stripes · <mark>hooves</mark>",
                "own/#/quagga");
    load(fixture);
    assert_finds(fixture->site, "tapir", "own/#/1/1 ");
    tree_write(&fixture->tree, "own/index.html", "<!doctype html><section>Addax</section>");
    load(fixture);
    assert_finds(fixture->site, "tapir", "");
    assert_finds(fixture->site, "addax", "own/#/0 ");
}

static void finds_scripts_without_spaces(void **state)
{
    const struct site *site = ((struct fixture *)*state)->site;

    assert_finds(site, "検索", "japan/#/%E6%A6%82%E8%A6%81 ");
}

static void finds_only_what_is_published(void **state)
{
    const struct site *site = ((struct fixture *)*state)->site;

    assert_finds(site, "hiddenword", "");
    assert_finds(site, "secret", "");
    assert_finds(site, "salt", "notes/#/soup ");
}

static void helps_where_nothing_is_found(void **state)
{
    const struct site *site = ((struct fixture *)*state)->site;

    assert_finds(site, "unikrenel", "~unikernel unikernel/#/%C3%BCnsafe-more notes/#/soup ");
    assert_finds(site, "soup boot", "| notes/#/soup unikernel/#/boot-times numbers/#/systems ");
    assert_finds(site, "xylophone", "");
}

static void survives_hostile_questions(void **state)
{
    static const char *const hostile[] = {
        "\"",
        "\"\"\"\"",
        "NEAR(",
        "a AND",
        "* ^ - + : { }",
        "title:x",
        "'; DROP TABLE texts",
        "\x1e",
        "\xff\xfe",
        "%00",
        "(((((((",
        "a* b* c*",
        "texts : 'x'",
    };
    const struct site *site = ((struct fixture *)*state)->site;
    struct strbuf text = STRBUF_INIT, found = STRBUF_INIT;
    struct search_answer answer;

    for (size_t i = 0; i < sizeof hostile / sizeof *hostile; i++) {
        strbuf_reset(&found);
        describe(site, hostile[i], &found);
        strbuf_append_text(&text, hostile[i]);
    }
    while (text.len < 10240)
        strbuf_append_text(&text, "un\" NEAR ");
    assert_int_equal(search_ask(&site->search, strbuf_span(&text), SIZE_MAX, &answer), 0);
    search_answer_release(&answer);
    assert_int_equal(search_ask(&site->search, SPAN("a\0b unikernel"), 0, &answer), 0);
    search_answer_release(&answer);
    strbuf_release(&text);
    strbuf_release(&found);
}

static void follows_changes(void **state)
{
    struct fixture *fixture = *state;

    load(fixture); /* nothing changed: the same index */
    assert_ptr_equal(fixture->site->search.index, fixture->before->search.index);
    tree_write(&fixture->tree, "notes/deck.md", "---\ntitle: Baking\n---\n\n# Bread\n\nflour\n");
    tree_write(&fixture->tree, "new/deck.md", "# Brandnew\n");
    load(fixture);
    assert_finds(fixture->site, "flour", "notes/#/bread ");
    assert_finds(fixture->site, "brandnew", "new/#/brandnew ");
    assert_finds(fixture->site, "\"soup\"", "");
    assert_finds(fixture->site, "salt", "");
    assert_finds(fixture->site, "zoe", "unikernel/ ");
    /* Who still asks the edition before gets what it had. */
    assert_finds(fixture->before, "flour", "");
    assert_finds(fixture->before, "salt", "notes/#/soup ");
    tree_write(&fixture->tree, "draft/deck.md", "---\ntitle: Shown\n---\n\n# hiddenword\n");
    tree_write(&fixture->tree, "notes/deck.md", decks[1][1]);
    load(fixture);
    assert_finds(fixture->site, "hiddenword", "draft/#/hiddenword ");
    assert_finds(fixture->site, "salt", "notes/#/soup ");
    assert_finds(fixture->site, "flour", "");
}

/* An index that was mended often is as one made anew. */
static void stays_small(void **state)
{
    struct fixture *fixture = *state;
    size_t first = search_index_bytes(fixture->site->search.index);

    for (unsigned i = 0; i < 60; i++) {
        char text[64];

        snprintf(text, sizeof text, "# Word%u\n\nnumber%u again\n", i, i);
        tree_write(&fixture->tree, "notes/deck.md", text);
        load(fixture);
    }
    assert_finds(fixture->site, "\"word59\"", "notes/#/word59 ");
    assert_finds(fixture->site, "\"word58\"", "");
    assert_true(search_index_bytes(fixture->site->search.index) < 3 * first + 512 * 1024);
}

struct asker {
    pthread_t thread;
    const struct site *site;
    unsigned bad;
};

static void *ask_on(void *context)
{
    static const char *const questions[] = {"unikernel", "boot", "unikrenel", "検索", "soup boot"};
    static const size_t totals[] = {2, 2, 2, 1, 3};
    struct asker *asker = context;

    for (size_t i = 0; i < 100; i++) {
        struct search_answer answer;

        if (search_ask(&asker->site->search, span_of(questions[i % 5]), 1, &answer) < 0 ||
            answer.total != totals[i % 5])
            asker->bad++;
        search_answer_release(&answer);
    }
    return NULL;
}

static void answers_many_at_once(void **state)
{
    struct fixture *fixture = *state;
    struct asker askers[6];

    for (size_t i = 0; i < 6; i++) {
        askers[i] = (struct asker){.site = fixture->site};
        assert_int_equal(pthread_create(&askers[i].thread, NULL, ask_on, &askers[i]), 0);
    }
    tree_write(&fixture->tree, "new/deck.md", "# unikernel boot\n");
    load(fixture); /* reads what the others are asking */
    for (size_t i = 0; i < 6; i++) {
        pthread_join(askers[i].thread, NULL);
        assert_int_equal(askers[i].bad, 0);
    }
}

/* --- pages --- */

static void shows_pages(void **state)
{
    const struct site *site = ((struct fixture *)*state)->site;

    assert_body(site, "/search", "", "slides\" value=\"\"", "talks");
    assert_body(site, "/search", "q=unikernel", "<mark>unikernel</mark>", NULL);
    assert_body(site, "/search", "q=unikernel", "2 talks.", NULL);
    assert_body(site, "/search", "q=unikernel", "|noindex|", NULL);
    assert_body(site, "/search", "q=boot", "href=\"unikernel/#/boot-times\"", NULL);
    assert_body(site, "/search", "q=%22%3E%3Cscript%3Ealert(1)", "&lt;script", "<script");
    /* What was found by its title, people, place or tags shows it; lists of others mark nothing. */
    assert_body(site, "/search", "q=boot+unikernel", "<mark>Unikernels</mark> at home</a>", NULL);
    assert_body(site, "/search", "q=zoe", "><mark>Zoë</mark> Müller</a>", NULL);
    assert_body(site, "/search", "q=cafe+conf", "<mark>Café</mark> <mark>Conf</mark>", NULL);
    assert_body(site, "/search", "q=system",
                "Tags: <a href=\"tags/systems/\"><mark>systems</mark></a></p>", NULL);
    assert_body(site, "/search", "q=zoe", NULL, "talk-tags");
    assert_body(site, "/search", "q=unikrenel", "<mark>Unikernels</mark> at home</a>", NULL);
    assert_body(site, "/search", "q=a%00b", "value=\"a b\"", NULL);
    assert_body(site, "/search", "q=unsafe", "<mark>Ünsafe</mark> &amp; more", NULL);
    assert_body(site, "/search", "q=xylophone", "No talk has “xylophone”", "<ol");
    assert_body(site, "/search", "q=boot&page=7", "2 talks", "page=");
    assert_body(site, "/search.json", "q=boot", "\"total\":2,\"page\":1,\"pages\":1", NULL);
    assert_body(site, "/search.json", "q=%22%3C", "\"query\":\"\\\"\\u003c\"", NULL);
    assert_body(site, "/search.json", "", "\"total\":0,\"page\":1,\"pages\":0", NULL);
    assert_body(site, "/opensearch.xml", "", "template=\"http://h/search?q={searchTerms}\"", NULL);
}

static void divides_results_into_pages(void **state)
{
    struct fixture *fixture = *state;

    for (unsigned i = 0; i < 23; i++) {
        char path[32], text[64];

        snprintf(path, sizeof path, "many%u/deck.md", i);
        snprintf(text, sizeof text, "# Talk %u\n\npaginated\n", i);
        tree_write(&fixture->tree, path, text);
    }
    load(fixture);
    assert_body(fixture->site, "/search", "q=paginated", "?q=paginated&amp;page=2", "rel=\"prev\"");
    assert_body(fixture->site, "/search", "q=paginated&page=3", "rel=\"prev\"", "rel=\"next\"");
    assert_body(fixture->site, "/search.json", "q=paginated&page=2",
                "\"next\":\"search.json?q=paginated\\u0026page=3\"", NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(cuts_words_of_any_script),
        cmocka_unit_test(writes_nothing_but_quoted_words),
        cmocka_unit_test(bounds_a_question),
        cmocka_unit_test(marks_words),
        cmocka_unit_test(cuts_where_the_words_are),
        cmocka_unit_test_setup_teardown(finds_talks_and_slides, set_up, tear_down),
        cmocka_unit_test_setup_teardown(ranks_what_talks_are_about_first, set_up, tear_down),
        cmocka_unit_test_setup_teardown(finds_slides_of_an_authors_own_page, set_up, tear_down),
        cmocka_unit_test_setup_teardown(finds_scripts_without_spaces, set_up, tear_down),
        cmocka_unit_test_setup_teardown(finds_only_what_is_published, set_up, tear_down),
        cmocka_unit_test_setup_teardown(helps_where_nothing_is_found, set_up, tear_down),
        cmocka_unit_test_setup_teardown(survives_hostile_questions, set_up, tear_down),
        cmocka_unit_test_setup_teardown(follows_changes, set_up, tear_down),
        cmocka_unit_test_setup_teardown(stays_small, set_up, tear_down),
        cmocka_unit_test_setup_teardown(answers_many_at_once, set_up, tear_down),
        cmocka_unit_test_setup_teardown(shows_pages, set_up, tear_down),
        cmocka_unit_test_setup_teardown(divides_results_into_pages, set_up, tear_down),
    };
    int failed;

    deck_setup();
    failed = cmocka_run_group_tests_name("search", tests, NULL, NULL);
    deck_teardown();
    return failed;
}
