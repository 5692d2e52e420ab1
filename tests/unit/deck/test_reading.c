#include "base/mem.h"
#include "deck/deck.h"
#include "deck/reading.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/* A deck of slides with the ids "a", "b" and so on, whose HTML is given. */
static struct deck *new_deck(const char *slides)
{
    struct deck *deck = mem_zero(1, sizeof *deck);
    const char *at = slides;

    strbuf_init(&deck->slides);
    strbuf_append_text(&deck->slides, slides);
    deck_settings_init(&deck->settings);
    err_list_init(&deck->problems);
    for (char id[] = "a"; (at = strstr(at, "<section id=")) != NULL; id[0]++, at++) {
        struct deck_slide slide = {.id = mem_copy_text(id),
                                   .heading = mem_copy_text(""),
                                   .text = mem_copy_text(""),
                                   .notes = mem_copy_text("")};

        vec_push(&deck->index, slide);
    }
    return deck;
}

/* The deck is taken. */
static void deck_reads(struct deck *deck, size_t index, const char *heading, const char *body,
                       const char *notes)
{
    struct reading *reading = reading_new(deck);
    struct strbuf out = STRBUF_INIT;

    assert_true(index < deck->index.count);
    reading_append_heading(reading, index, &out);
    assert_string_equal(out.data, heading);
    strbuf_reset(&out);
    reading_append_body(reading, index, &out);
    assert_string_equal(out.data, body);
    strbuf_reset(&out);
    reading_append_notes(reading, index, &out);
    assert_string_equal(out.data, notes);
    strbuf_release(&out);
    reading_free(reading);
    deck_free(deck);
}

static void slide_reads(const char *slides, size_t index, const char *heading, const char *body,
                        const char *notes)
{
    deck_reads(new_deck(slides), index, heading, body, notes);
}

static void reads(const char *inside, const char *body)
{
    struct strbuf slide = STRBUF_INIT;

    strbuf_append_format(&slide, "<section id=a>%s</section>", inside);
    slide_reads(slide.data, 0, "", body, "");
    strbuf_release(&slide);
}

static void slides_are_found_in_stacks(void **state)
{
    const char *deck = "<section id=a><h1>One</h1><p>1</section><section class=x><section id=b>"
                       "<h2>Two</h2>2</section><section id=c>3</section></section>";

    (void)state;
    slide_reads(deck, 0, "One", "<p>1</p>", "");
    slide_reads(deck, 1, "Two", "2", "");
    slide_reads(deck, 2, "", "3", "");
}

static void headings_go_below_the_slides_own(void **state)
{
    (void)state;
    slide_reads(
        "<section id=a><h3></h3><h2 class=x>A <em>b</em></h2><h1>c</h1><h6>d</h6></section>", 0,
        "A <em>b</em>", "<h4></h4><h4>c</h4><h4>d</h4>", "");
}

static void what_makes_a_slide_is_left_out(void **state)
{
    (void)state;
    reads("<p class=\"fragment\" style=\"color: red\" data-x=y onclick=z>a</p>", "<p>a</p>");
    reads("<div><span class=x>a</span><font>b</font></div>", "<div>ab</div>");
    reads("<script>x</script><style>y</style><template>z</template>a<noscript>n</noscript>", "a");
    reads("<svg><title>A <b>drawing</b></title><path d=x /></svg>", "A <b>drawing</b>");
    reads("<p hidden>a</p><p aria-hidden=true>b</p><p>c</p>", "<p>c</p>");
    reads("<button>Press</button><select><option>x</select>", "Press");
    reads("<center>a</center><tt>b</tt><strike>c</strike>", "<div>a</div><code>b</code><s>c</s>");
}

static void what_says_something_stays(void **state)
{
    (void)state;
    reads("<ol start=3><li value=5>a</ol>", "<ol start=\"3\"><li value=\"5\">a</li></ol>");
    reads("<pre><code class=\"x language-rust hljs\" data-line-numbers>a &lt; b</code></pre>",
          "<pre tabindex=\"0\"><code class=\"language-rust\">a &lt; b</code></pre>");
    reads("<table><tr><th scope=col align=left>a<td colspan=2>b</table>",
          "<div class=\"wide\" tabindex=\"0\"><table><tbody><tr><th scope=\"col\">a</th>"
          "<td colspan=\"2\">b</td></tr></tbody></table></div>");
    reads("<p lang=de>a<br>b<abbr title=\"C &quot;D&quot;\">c</abbr></p>",
          "<p lang=\"de\">a<br>b<abbr title=\"C &quot;D&quot;\">c</abbr></p>");
    reads("<ul><li><input type=checkbox checked disabled> a<li><input type=checkbox> b</ul>",
          "<ul><li>\u2611 a</li><li>\u2610 b</li></ul>");
}

static void media_are_shown_or_linked(void **state)
{
    (void)state;
    reads("<img data-src=\"a.png?v=1\" alt='A \"b\"' width=3 height=4>",
          "<img src=\"a.png?v=1\" alt=\"A &quot;b&quot;\" width=\"3\" height=\"4\" "
          "loading=\"lazy\">");
    reads("<img src=a.png>", "<img src=\"a.png\" alt=\"\" loading=\"lazy\">");
    reads("<img src=\"https://example.org/a.png\" alt=there>",
          "<a href=\"https://example.org/a.png\">there</a>");
    reads("<img src=\"//example.org/a.png\">",
          "<a href=\"//example.org/a.png\">//example.org/a.png</a>");
    reads("<video autoplay><source data-src=a.mp4 type=video/mp4><track src=a.vtt srclang=en>"
          "old</video>",
          "<video controls preload=\"none\"><source src=\"a.mp4\" type=\"video/mp4\">"
          "<track src=\"a.vtt\" srclang=\"en\">old</video>");
    reads("<video src=\"http://example.org/a.mp4\">old</video>b",
          "<a href=\"http://example.org/a.mp4\">example.org</a>b");
    reads("<iframe data-src=\"https://example.org/x?y\" title=Map></iframe>",
          "<a href=\"https://example.org/x?y\">Map</a>");
    reads("<iframe src=\"javascript:x\"></iframe>", "");
}

static void drawn_reads(const char *inside, const char *body, enum math_mode math)
{
    struct strbuf slide = STRBUF_INIT;
    struct deck *deck;

    strbuf_append_format(&slide, "<section id=a>%s</section>", inside);
    deck = new_deck(slide.data);
    deck->has_math = deck->has_mermaid = true;
    deck->settings.math = math;
    deck_reads(deck, 0, "", body, "");
    strbuf_release(&slide);
}

static void formulas_are_called_so(void **state)
{
    (void)state;
    drawn_reads("<p>As $a &lt; b$, \\(c\\), for $5 and $6.<p>$$d$$<pre>$e$</pre><code>$f$</code>",
                "<p>As <code class=\"math\" role=\"math\" aria-label=\"Formula: a &lt; b\">a &lt; "
                "b</code>, <code class=\"math\" role=\"math\" aria-label=\"Formula: "
                "c\">c</code>, for $5 and $6.</p><p><code class=\"math display\" role=\"math\" "
                "aria-label=\"Formula: d\">d</code></p><pre tabindex=\"0\">$e$</pre>"
                "<code>$f$</code>",
                MATH_TEXT);
    drawn_reads("$a$ <span class=\"math inline\">b_1</span><div class=\"math display\">c</div>",
                "$a$ <code class=\"math\" role=\"math\" aria-label=\"Formula: b_1\">b_1</code>"
                "<code class=\"math display\" role=\"math\" aria-label=\"Formula: c\">c</code>",
                MATH_RAW);
    reads("<p>$a$", "<p>$a$</p>"); /* of a deck that draws none */
}

static void diagrams_are_told_and_unfold(void **state)
{
    (void)state;
    drawn_reads("<pre class=mermaid><code>pie title Pets &amp; more\n\"Cats\" : 2</code></pre>",
                "<figure class=\"diagram\">\n<figcaption>Pets &amp; more</figcaption>\n<details>\n"
                "<summary>Its source</summary>\n<pre tabindex=\"0\"><code "
                "class=\"language-mermaid\">pie title Pets &amp; more\n\"Cats\" : 2</code></pre>\n"
                "</details>\n</figure>\n",
                MATH_TEXT);
    drawn_reads("<div class=mermaid>graph LR\naccTitle: &lt;i>\naccDescr: So\n</div>",
                "<figure class=\"diagram\">\n<figcaption>&lt;i&gt;</figcaption>\n<p>So</p>\n"
                "<details>\n<summary>Its source</summary>\n<pre tabindex=\"0\"><code "
                "class=\"language-mermaid\">graph LR\naccTitle: &lt;i&gt;\naccDescr: "
                "So\n</code></pre>\n</details>\n</figure>\n",
                MATH_TEXT);
    reads("<div class=mermaid>x</div>", "<div>x</div>");
}

static void a_picture_alone_on_its_slide_is_shown(void **state)
{
    (void)state;
    slide_reads("<section id=a data-background-image=\"a.jpg?v=1\"><h2>A</h2> </section>", 0, "A",
                " <img src=\"a.jpg?v=1\" alt=\"The picture behind this slide\" loading=\"lazy\">",
                "");
    slide_reads("<section id=a data-background-image=\"a.jpg\"><h2>A</h2><p>b</section>", 0, "A",
                "<p>b</p>", "");
    slide_reads("<section id=a data-background-image=\"https://example.org/a.jpg\"></section>", 0,
                "", "<a href=\"https://example.org/a.jpg\">The picture</a>", "");
}

static void links_lead_to_their_places(void **state)
{
    (void)state;
    reads("<a href=\"https://example.org/\" target=_blank>a</a>",
          "<a href=\"https://example.org/\">a</a>");
    reads("<a href=\"#a\">a</a><a href=\"#/2/1\">b</a><a href=\"#x\">c</a>",
          "<a href=\"#s-a\">a</a><a href=\"./#/2/1\">b</a><a href=\"./#x\">c</a>");
    reads("<a href=\"#n\">1</a><p id=n>x</p><p id=n>y</p>",
          "<a href=\"#s-n\">1</a><p id=\"s-n\">x</p><p>y</p>");
    reads("<a href=\"java&#10;script:x\">a</a><a href=\"JavaScript:x\">b</a>", "<a>a</a><a>b</a>");
    reads("<a href=\" ../b/?v=1#/2\">a</a>", "<a href=\"../b/?v=1#/2\">a</a>");
}

static void notes_are_apart(void **state)
{
    (void)state;
    slide_reads("<section id=a data-notes=\"A &amp; b\">c<aside class=notes><h1>d</h1><p>e</aside>f"
                "</section>",
                0, "", "cf", "<p>A &amp; b</p>\n<h4>d</h4><p>e</p>");
}

static void nothing_becomes_markup_that_was_not(void **state)
{
    (void)state;
    reads("&lt;<span>script&gt;</span>", "&lt;script&gt;");
    reads("a &lt;<b>b</b>", "a &lt;<b>b</b>");
    reads("<p>left <em>open", "<p>left <em>open</em></p>");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(slides_are_found_in_stacks),
        cmocka_unit_test(headings_go_below_the_slides_own),
        cmocka_unit_test(what_makes_a_slide_is_left_out),
        cmocka_unit_test(what_says_something_stays),
        cmocka_unit_test(media_are_shown_or_linked),
        cmocka_unit_test(formulas_are_called_so),
        cmocka_unit_test(diagrams_are_told_and_unfold),
        cmocka_unit_test(a_picture_alone_on_its_slide_is_shown),
        cmocka_unit_test(links_lead_to_their_places),
        cmocka_unit_test(notes_are_apart),
        cmocka_unit_test(nothing_becomes_markup_that_was_not),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
