/* The slides of a page, read out of its HTML. */
#include "deck/read_back.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static void assert_slide(const struct deck_slide *slide, unsigned h, unsigned v, const char *id,
                         const char *heading, const char *text, const char *notes)
{
    assert_int_equal(slide->h, h);
    assert_int_equal(slide->v, v);
    assert_string_equal(slide->id, id);
    assert_string_equal(slide->heading, heading);
    assert_string_equal(slide->text, text);
    assert_string_equal(slide->notes, notes);
}

static void numbers_slides_as_they_are_shown(void **state)
{
    struct slide_list slides = {0};

    (void)state;
    slides_read_back(
        &slides,
        SPAN("<!doctype html><title>no</title><main><div class=\"slides\">"
             "<section id=\"a\"><h1>One &amp; only</h1><p>text<aside class=\"notes\">said</aside>"
             "</section>"
             "<section><section id=\"b&amp;\"><h2>Two</h2></section>"
             "<section data-visibility=\"hidden\">never</section>"
             "<section id=\"c\"><p>three</p><section>deeper</section></section></section>"
             "<section data-visibility=\"hidden\"><section>never</section></section>"
             "<section data-visibility=\"hidden\">never</section>"
             "<section>four<script>no</script></section>"
             "</div><script type=\"application/json\">\"<section>no</section>\"</script></main>"));
    assert_int_equal(slides.list.count, 4);
    assert_slide(&slides.list.items[0], 0, 0, "a", "One & only", "One & only text", "said");
    assert_slide(&slides.list.items[1], 1, 0, "b&", "Two", "Two", "");
    assert_slide(&slides.list.items[2], 1, 1, "c", "", "three deeper", "");
    assert_slide(&slides.list.items[3], 2, 0, "", "", "four", "");
    assert_true(span_is(slide_body(&slides.list.items[0]), "text"));
    assert_true(span_is(slide_body(&slides.list.items[1]), ""));
    assert_true(span_is(slide_body(&slides.list.items[3]), "four"));
    slide_list_release(&slides);
}

static void finds_none_where_there_is_none(void **state)
{
    struct slide_list slides = {0};

    (void)state;
    slides_read_back(&slides, SPAN("<p>a page</p></section>"));
    slides_read_back(&slides, SPAN(""));
    assert_int_equal(slides.list.count, 0);
    slide_list_release(&slides);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(numbers_slides_as_they_are_shown),
        cmocka_unit_test(finds_none_where_there_is_none),
    };

    return cmocka_run_group_tests_name("read_back", tests, NULL, NULL);
}
