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
    struct drawn drawn = {0};

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
             "</div><script type=\"application/json\">\"<section>no</section>\"</script></main>"),
        &drawn);
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

/* The body of the only slide. */
static void says(const char *html, const struct drawn *drawn, const char *words)
{
    struct slide_list slides = {0};
    struct strbuf page = STRBUF_INIT;

    strbuf_append_format(&page, "<div class=\"slides\"><section>%s</section></div>", html);
    slides_read_back(&slides, strbuf_span(&page), drawn);
    assert_int_equal(slides.list.count, 1);
    assert_string_equal(slides.list.items[0].text, words);
    slide_list_release(&slides);
    strbuf_release(&page);
}

static void formulas_are_read_as_words(void **state)
{
    static const struct drawn text = {.formulas = true, .formulas_in_text = true},
                              raw = {.formulas = true}, none = {0};

    (void)state;
    says("<p>Is $\\frac{\\alpha}{\\mathrm{beta}}$ so?", &text, "Is alpha beta so?");
    says("<p>$$\\sum_{i=0}^n a_i x^{2} \\leq \\text{all costs}$$", &text,
         "sum i=0 n a_i x^2 ≤ all costs");
    says("<p>\\[\\begin{aligned}[t] a &amp;&lt; b \\\\ c &amp;= 5\\,\\% \\end{aligned}\\]", &text,
         "[t] a < b c = 5 %");
    says("<p>E $=mc^2$ costs $5 or <code>$\\frac$</code>", &text, "E =mc^2 costs $5 or $\\frac$");
    says("<p>$\\frac{a}{b}$", &raw, "$\\frac{a}{b}$");
    says("<p><span class=\"math inline\">\\frac{a}{b}</span>", &raw, "a b");
    says("<p><span class=\"math inline\">\\frac{a}{b}</span>", &none, "\\frac{a}{b}");
    says("<p>$\\é^é_{é} \\", &text, "$\\é^é_{é} \\");
    says("<p>$a\\é^é_{é}$", &text, "a é^é é");
    says("<p>$\\begin$ $\\hspace{1cm}x^$ $\\tag{a b$", &text, "x $\\tag{a b$");
    says("<p><b class=\"math inline\">\\tag{a</b> <b class=\"math display\">x^{\\</b>", &raw,
         "a x");
}

static void diagrams_are_read_as_words(void **state)
{
    static const struct drawn drawn = {.diagrams = true}, none = {0};

    (void)state;
    says(
        "<pre class=\"mermaid\"><code>graph TD\n A[Fetch a page] --&gt;|cached| B(Parse on-line)\n"
        " %% remark\n B --&gt; C{Fine?}\n C -- no --x A\n style A fill:#f9f\n D:::big</code></pre>",
        &drawn, "Fetch a page · cached · Parse on-line · Fine? · no · D");
    says("<pre class=mermaid>---\ntitle: Handshake\n---\nsequenceDiagram\n participant Alice\n"
         " Alice-&gt;&gt;Bob: Hello Bob, call f(x) at 12:30\n Bob--&gt;&gt;Alice: Hi&lt;br&gt;you\n"
         " loop Daily\n end</pre>",
         &drawn, "Handshake · Alice · Bob · Hello Bob, call f · x · at 12:30 · Hi you · Daily");
    says("<pre class=mermaid>pie title Pets\n\"Cats\" : 42</pre>", &drawn, "Pets · Cats · 42");
    says("<pre class=mermaid>erDiagram\n CUSTOMER ||--o{ ORDER : places</pre>", &drawn,
         "CUSTOMER · ORDER · places");
    says("<pre class=mermaid>graph LR; A--&gt;B</pre>", &none, "graph LR; A-->B");
    says("<pre class=mermaid>graph LR; A--&gt;B</pre>", &drawn, "A · B");
    says("<pre class=mermaid></pre>", &drawn, "");
}

static void finds_none_where_there_is_none(void **state)
{
    struct slide_list slides = {0};
    struct drawn drawn = {0};

    (void)state;
    slides_read_back(&slides, SPAN("<p>a page</p></section>"), &drawn);
    slides_read_back(&slides, SPAN(""), &drawn);
    assert_int_equal(slides.list.count, 0);
    slide_list_release(&slides);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(numbers_slides_as_they_are_shown),
        cmocka_unit_test(formulas_are_read_as_words),
        cmocka_unit_test(diagrams_are_read_as_words),
        cmocka_unit_test(finds_none_where_there_is_none),
    };

    return cmocka_run_group_tests_name("read_back", tests, NULL, NULL);
}
