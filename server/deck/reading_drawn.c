#include "deck/reading_drawn.h"

#include "base/escape.h"
#include "deck/diagram.h"
#include "deck/math.h"

static void write_formula(struct strbuf *out, struct span tex, bool display)
{
    struct strbuf label = STRBUF_INIT;

    strbuf_append_text(&label, "Formula: ");
    strbuf_append_span(&label, span_trim(tex));
    strbuf_append_format(out, "<code class=\"math%s\" role=\"math\"", display ? " display" : "");
    html_attribute(out, "aria-label", strbuf_span(&label));
    strbuf_append_char(out, '>');
    html_text(out, span_trim(tex));
    strbuf_append_text(out, "</code>");
    strbuf_release(&label);
}

void reading_write_text(struct reading_writer *writer, uint32_t node, struct span text)
{
    struct math_scan scan;
    struct math_formula formula;

    if (!drawn_in_text(&writer->drawn, writer->tree, node)) {
        html_text(writer->out, text);
        return;
    }
    math_scan_init(&scan, text);
    while (math_scan_next(&scan, &formula)) {
        html_text(writer->out, formula.before);
        write_formula(writer->out, formula.tex, formula.display);
    }
    html_text(writer->out, formula.before);
}

static void write_diagram(struct strbuf *out, struct span source)
{
    struct diagram diagram;

    diagram_init(&diagram, source);
    strbuf_append_text(out, "<figure class=\"diagram\">\n<figcaption>");
    html_text(out, diagram.title.len > 0 ? diagram.title : SPAN("A diagram"));
    strbuf_append_text(out, "</figcaption>\n");
    if (diagram.description.len > 0) {
        strbuf_append_text(out, "<p>");
        html_text(out, strbuf_span(&diagram.description));
        strbuf_append_text(out, "</p>\n");
    }
    strbuf_append_text(out, "<details>\n<summary>Its source</summary>\n"
                            "<pre tabindex=\"0\"><code class=\"language-mermaid\">");
    html_text(out, source);
    strbuf_append_text(out, "</code></pre>\n</details>\n</figure>\n");
    diagram_release(&diagram);
}

bool reading_write_drawn(struct reading_writer *writer, uint32_t node)
{
    enum drawn_kind kind = drawn_find(&writer->drawn, writer->tree, node);
    struct strbuf source = STRBUF_INIT;

    if (kind == DRAWN_NOTHING)
        return false;
    drawn_append_source(&source, writer->tree, node);
    if (kind == DRAWN_DIAGRAM)
        write_diagram(writer->out, strbuf_span(&source));
    else
        write_formula(writer->out, strbuf_span(&source), kind == DRAWN_DISPLAY);
    strbuf_release(&source);
    return true;
}
