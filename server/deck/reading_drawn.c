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

/* Not in what the script that draws leaves alone. */
static bool has_formulas(const struct reading_writer *writer, uint32_t node)
{
    return writer->math_in_text && !tree_inside(writer->tree, node, ELEMENT_PRE) &&
           !tree_inside(writer->tree, node, ELEMENT_CODE);
}

void reading_write_text(struct reading_writer *writer, uint32_t node, struct span text)
{
    struct math_scan scan;
    struct math_formula formula;

    if (!has_formulas(writer, node)) {
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

/* All text that is inside, decoded, blanks and lines as they are. */
static void append_source(struct strbuf *out, const struct tree *tree, uint32_t node)
{
    uint32_t end = tree_skip(tree, node);

    for (uint32_t child = tree_next(tree, node); child != end && child != TREE_NONE;
         child = tree_next(tree, child))
        if (tree_at(tree, child)->kind == TREE_TEXT)
            tree_decode(out, tree_at(tree, child)->text);
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
    const struct tree *tree = writer->tree;
    bool inline_math =
        writer->math && tree_has_class(tree, node, "math") && tree_has_class(tree, node, "inline");
    bool display_math =
        writer->math && tree_has_class(tree, node, "math") && tree_has_class(tree, node, "display");
    bool is_diagram = writer->diagrams && tree_has_class(tree, node, "mermaid");
    struct strbuf source = STRBUF_INIT;

    if (!inline_math && !display_math && !is_diagram)
        return false;
    append_source(&source, tree, node);
    if (is_diagram)
        write_diagram(writer->out, strbuf_span(&source));
    else
        write_formula(writer->out, strbuf_span(&source), display_math);
    strbuf_release(&source);
    return true;
}
