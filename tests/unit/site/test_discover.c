#include "site/discover.h"

#include "embedded_small.h"
#include "tree.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>

#include <cmocka.h>

static const char slides[] = "# A\n\n---\n\n# B\n";

/* `files` is a list of paths ended by NULL; "path=text" gives a file its text. */
static char *discover_text(const char *const *files, struct err_list *errs)
{
    struct strbuf text = STRBUF_INIT;
    struct deck_places places;
    struct layers layers;
    struct tree tree;
    struct walk walk;

    tree_make(&tree);
    for (; *files; files++) {
        const char *equals = strchr(*files, '=');
        char *path = mem_copy(*files, equals ? (size_t)(equals - *files) : strlen(*files));

        tree_write(&tree, path, equals ? equals + 1 : "x\n");
        free(path);
    }
    assert_int_equal(walk_root(tree.fd, &walk_limits_default, &walk, errs), 0);
    layers_read(&layers, tree.fd, &walk, NULL, errs);
    discover_decks(tree.fd, &walk, &layers, NULL, &places, errs);
    vec_each (&places.list, place)
        strbuf_append_format(&text, "/%s %s\n", place->path, place->source);
    deck_places_release(&places);
    layers_release(&layers);
    walk_release(&walk);
    tree_remove(&tree);
    return strbuf_detach(&text, NULL);
}

static void expect(const char *const *files, const char *expected)
{
    struct err_list errs;
    char *text;

    err_list_init(&errs);
    text = discover_text(files, &errs);
    assert_string_equal(text, expected);
    assert_int_equal(errs.list.count, 0);
    err_list_release(&errs);
    free(text);
}

#define EXPECT(expected, ...) expect((const char *const[]){__VA_ARGS__, NULL}, expected)

static void prefers_the_names_of_rule_1(void **state)
{
    (void)state;
    EXPECT("/a/ deck.md\n", "a/deck.md", "a/content.md", "a/slides.md", "a/index.md",
           "a/README.md");
    EXPECT("/a/ content.md\n", "a/content.md", "a/slides.md", "a/index.md", "a/README.md");
    EXPECT("/a/ slides.md\n", "a/slides.md", "a/index.md", "a/README.md", "a/index.html");
    EXPECT("/a/ index.md\n", "a/index.md", "a/README.md", "a/x.md");
    EXPECT("/a/ Deck.MD\n", "a/Deck.MD", "a/content.md");
    EXPECT("/2015/a/ deck.md\n/2015/b/ content.md\n", "2015/a/deck.md", "2015/b/content.md");
    EXPECT("/a/ two.md\n", "a/deck.yaml=source: two.md\n", "a/one.md", "a/two.md", "a/deck.md");
    EXPECT("/a/ one.md\n", "a/deck.yaml=source: [one.md, two.md]\n", "a/one.md", "a/two.md");
}

static void takes_the_only_markdown_file(void **state)
{
    (void)state;
    EXPECT("/a/ talk.md\n", "a/talk.md", "a/x.png", "a/index.html");
    EXPECT("/a/ talk.md\n", "a/talk.md", "a/README.md");
    EXPECT("/a/ talk.md\n", "a/talk.md", "a/LICENSE.md", "a/_part.md");
    EXPECT("/a/ talk.markdown\n", "a/talk.markdown");
    EXPECT("/a/ README.md\n", "a/README.md", "a/index.html");
    EXPECT("/a/ index.html\n", "a/index.html");
}

static void takes_several_for_a_deck_each(void **state)
{
    (void)state;
    EXPECT("/a/one/ one.md\n/a/two/ two.md\n", "a/one.md", "a/two.md", "a/README.md");
    EXPECT("/talk/ talk.md\n", "talk.md", "README.md", "index.html");
    EXPECT("/a/ deck.md\n/b/ b.md\n", "a/deck.md", "b.md");
}

static void looks_into_readme(void **state)
{
    char *with_slides = mem_format("a/README.md=%s", slides);
    char *with_front_matter = mem_format("a/README.md=---\ntitle: x\n---\ntext\n");

    (void)state;
    EXPECT("/a/ README.md\n", with_slides, "a/talk.md");
    EXPECT("/a/ talk.md\n", with_front_matter, "a/talk.md");
    EXPECT("/a/ README.md\n/a/b/ talk.md\n", with_slides, "a/b/talk.md", "a/img/README.md");
    EXPECT("/a/b/ talk.md\n", "a/README.md", "a/b/talk.md", "README.md");
    free(with_slides);
    free(with_front_matter);
}

static void takes_parts_of_a_deck_for_no_decks(void **state)
{
    (void)state;
    EXPECT("/a/ deck.md\n", "a/deck.md", "a/parts/one.md", "a/parts/two.md", "a/demo/index.html",
           "a/img/README.md", "a/notes.md");
    EXPECT("/a/ talk.md\n", "a/talk.md", "a/img/README.md");
    EXPECT("/a/ deck.md\n/a/more/ deck.md\n", "a/deck.md", "a/more/deck.md");
    EXPECT("/ deck.md\n", "deck.md", "parts/one.md", "README.md");
}

static void keeps_the_root_for_the_index(void **state)
{
    (void)state;
    EXPECT("/ slides.md\n", "slides.md");
    EXPECT("/ index.md\n", "index.md", "README.md");
    EXPECT("/ README.md\n", "README.md");
    EXPECT("/ index.html\n", "index.html");
    EXPECT("/a/ talk.md\n", "index.md", "README.md", "index.html", "a/talk.md");
    EXPECT("/a/ deck.md\n/slides/ slides.md\n", "slides.md", "a/deck.md");
    EXPECT("/a/ deck.md\n/talk/ talk.md\n", "deck.yaml=source: talk.md\n", "talk.md", "a/deck.md");
    EXPECT("", "notes.txt", "img/x.png");
}

static void takes_a_recording_for_a_talk_without_slides(void **state)
{
    (void)state;
    EXPECT("/a/ deck.yaml\n", "a/deck.yaml=video: a.mp4\n", "a/a.mp4");
    EXPECT("/a/ deck.yml\n", "a/deck.yml=pdf: https://example.org/a.pdf\n");
    EXPECT("/a/ deck.md\n", "a/deck.yaml=video: a.mp4\n", "a/deck.md");
    EXPECT("/a/ README.md\n", "a/deck.yaml=video: a.mp4\n", "a/README.md");
    EXPECT("/a/b/ deck.md\n", "a/deck.yaml=video: a.mp4\n", "a/b/deck.md");
    EXPECT("/a/ deck.md\n/a/b/ deck.yaml\n", "a/deck.md", "a/b/deck.yaml=video: b.mp4\n");
    EXPECT("/a/given/ deck.yaml\n", "a/b/deck.yaml=video: b.mp4\nslug: given\n");
    EXPECT("", "a/deck.yaml=title: A\n", "deck.yaml=video: all.mp4\n");
}

static void tells_of_two_decks_at_one_path(void **state)
{
    static const char *const files[] = {"a.md", "a/deck.md", "b.md", NULL};
    struct err_list errs;
    char *text;

    (void)state;
    err_list_init(&errs);
    text = discover_text(files, &errs);
    assert_string_equal(text, "/a/ a.md\n/b/ b.md\n");
    assert_int_equal(errs.list.count, 1);
    assert_string_equal(errs.list.items[0].file, "a/deck.md");
    assert_non_null(strstr(errs.list.items[0].text, "a.md is the deck /a/ already"));
    err_list_release(&errs);
    free(text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(prefers_the_names_of_rule_1),
        cmocka_unit_test(takes_the_only_markdown_file),
        cmocka_unit_test(takes_several_for_a_deck_each),
        cmocka_unit_test(looks_into_readme),
        cmocka_unit_test(takes_parts_of_a_deck_for_no_decks),
        cmocka_unit_test(keeps_the_root_for_the_index),
        cmocka_unit_test(takes_a_recording_for_a_talk_without_slides),
        cmocka_unit_test(tells_of_two_decks_at_one_path),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
