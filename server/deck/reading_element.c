#include "deck/reading_element.h"

#include <stddef.h>

#define KEPT(element)                                                                              \
    {                                                                                              \
        .name = (element), .way = READING_KEPT, .tag = (element)                                   \
    }
#define AS(element, other)                                                                         \
    {                                                                                              \
        .name = (element), .way = READING_KEPT, .tag = (other)                                     \
    }
#define WITH(element, names)                                                                       \
    {                                                                                              \
        .name = (element), .way = READING_KEPT, .tag = (element), .attributes = (names)            \
    }
#define NOTHING(element)                                                                           \
    {                                                                                              \
        .name = (element), .way = READING_NOTHING                                                  \
    }
#define HEADING(element)                                                                           \
    {                                                                                              \
        .name = (element), .way = READING_HEADING, .tag = "h4"                                     \
    }

static const struct reading_element elements[] = {
    /* Blocks */
    KEPT("p"),
    KEPT("ul"),
    WITH("ol", " start reversed type "),
    WITH("li", " value "),
    KEPT("dl"),
    KEPT("dt"),
    KEPT("dd"),
    KEPT("blockquote"),
    KEPT("figure"),
    KEPT("figcaption"),
    KEPT("hr"),
    KEPT("br"),
    KEPT("div"),
    KEPT("details"),
    KEPT("summary"),
    AS("section", "div"),
    AS("article", "div"),
    AS("header", "div"),
    AS("footer", "div"),
    AS("main", "div"),
    AS("nav", "div"),
    AS("aside", "div"),
    AS("address", "div"),
    AS("center", "div"),
    HEADING("h1"),
    HEADING("h2"),
    HEADING("h3"),
    HEADING("h4"),
    HEADING("h5"),
    HEADING("h6"),
    /* Wide ones are scrolled, by keyboard too. */
    {.name = "pre", .way = READING_KEPT, .tag = "pre", .more = " tabindex=\"0\""},
    {.name = "table",
     .way = READING_KEPT,
     .tag = "table",
     .before = "<div class=\"wide\" tabindex=\"0\">",
     .after = "</div>"},
    KEPT("caption"),
    KEPT("thead"),
    KEPT("tbody"),
    KEPT("tfoot"),
    KEPT("tr"),
    WITH("td", " colspan rowspan "),
    WITH("th", " colspan rowspan scope "),

    /* Words */
    WITH("a", " href "),
    KEPT("code"),
    KEPT("em"),
    KEPT("strong"),
    KEPT("b"),
    KEPT("i"),
    KEPT("u"),
    KEPT("s"),
    AS("strike", "s"),
    KEPT("del"),
    KEPT("ins"),
    KEPT("sub"),
    KEPT("sup"),
    KEPT("small"),
    KEPT("mark"),
    KEPT("kbd"),
    KEPT("samp"),
    KEPT("var"),
    AS("tt", "code"),
    KEPT("q"),
    KEPT("cite"),
    KEPT("dfn"),
    KEPT("bdi"),
    WITH("bdo", " dir "),
    KEPT("ruby"),
    KEPT("rt"),
    KEPT("rp"),
    KEPT("wbr"),
    WITH("abbr", " title "),
    WITH("time", " datetime "),

    /* Media */
    {.name = "img", .way = READING_PICTURE},
    {.name = "video", .way = READING_MEDIA, .tag = "video"},
    {.name = "audio", .way = READING_MEDIA, .tag = "audio"},
    {.name = "source", .way = READING_SOURCE, .tag = "source", .attributes = " type "},
    {.name = "track", .way = READING_SOURCE, .tag = "track", .attributes = " kind srclang label "},
    {.name = "iframe", .way = READING_FRAME},
    {.name = "input", .way = READING_BOX},

    /* What says nothing to a reader */
    NOTHING("script"),
    NOTHING("style"),
    NOTHING("template"),
    NOTHING("noscript"),
    NOTHING("object"),
    NOTHING("embed"),
    NOTHING("applet"),
    NOTHING("canvas"),
    NOTHING("map"),
    NOTHING("select"),
    NOTHING("textarea"),
    NOTHING("datalist"),
    NOTHING("progress"),
    NOTHING("meter"),
    NOTHING("colgroup"),
    NOTHING("col"),
    NOTHING("noembed"),
    NOTHING("noframes"),
    NOTHING("plaintext"),
    NOTHING("xmp"),
    NOTHING("metadata"),
};

const struct reading_element *reading_element_find(struct span name)
{
    static const struct reading_element other = {.way = READING_INSIDE};

    for (size_t i = 0; i < sizeof elements / sizeof *elements; i++)
        if (span_is_nocase(name, elements[i].name))
            return &elements[i];
    return &other;
}
