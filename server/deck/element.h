/*
 * element: what the HTML standard says of the names of elements.
 *
 * One table for the tokenizer, the tree and the text of a slide (HTML §13.2.4.2 and §13.2.6.4.7).
 * Names compare without regard to ASCII case.
 */
#pragma once

#include "base/span.h"

enum element_trait {
    TRAIT_VOID = 1 << 0,       /* has no content and no end tag */
    TRAIT_RAW = 1 << 1,        /* content is raw text up to its own end tag */
    TRAIT_BLOCK = 1 << 2,      /* its start tag ends a paragraph, its end tag ends what it holds */
    TRAIT_FORMATTING = 1 << 3, /* goes on behind the end of the block that it was opened in */
    TRAIT_SPECIAL = 1 << 4,    /* stops the search for an element that an end tag means */
    TRAIT_SCOPE = 1 << 5,      /* stops the search for an element in scope */
    TRAIT_HEADING = 1 << 6,
    TRAIT_PAGE = 1 << 7,      /* of a whole page; no place in a slide */
    TRAIT_TABLE = 1 << 8,     /* only inside a table */
    TRAIT_IMPLIED = 1 << 9,   /* its end tag may be left out */
    TRAIT_BREAKOUT = 1 << 10, /* ends an svg or math element that it appears in */
    TRAIT_HOLDER = 1 << 11,   /* formatting outside does not go on inside, nor out of it */
};

#define ELEMENT_LIST(X)                                                                            \
    X(A, "a", TRAIT_FORMATTING)                                                                    \
    X(ADDRESS, "address", TRAIT_BLOCK | TRAIT_SPECIAL)                                             \
    X(APPLET, "applet", TRAIT_SPECIAL | TRAIT_SCOPE | TRAIT_HOLDER)                                \
    X(AREA, "area", TRAIT_VOID | TRAIT_SPECIAL)                                                    \
    X(ARTICLE, "article", TRAIT_BLOCK | TRAIT_SPECIAL)                                             \
    X(ASIDE, "aside", TRAIT_BLOCK | TRAIT_SPECIAL)                                                 \
    X(AUDIO, "audio", 0)                                                                           \
    X(B, "b", TRAIT_FORMATTING | TRAIT_BREAKOUT)                                                   \
    X(BASE, "base", TRAIT_VOID | TRAIT_SPECIAL | TRAIT_PAGE)                                       \
    X(BASEFONT, "basefont", TRAIT_VOID | TRAIT_SPECIAL)                                            \
    X(BGSOUND, "bgsound", TRAIT_VOID | TRAIT_SPECIAL)                                              \
    X(BIG, "big", TRAIT_FORMATTING | TRAIT_BREAKOUT)                                               \
    X(BLOCKQUOTE, "blockquote", TRAIT_BLOCK | TRAIT_SPECIAL | TRAIT_BREAKOUT)                      \
    X(BODY, "body", TRAIT_SPECIAL | TRAIT_PAGE | TRAIT_BREAKOUT)                                   \
    X(BR, "br", TRAIT_VOID | TRAIT_SPECIAL | TRAIT_BREAKOUT)                                       \
    X(BUTTON, "button", TRAIT_SPECIAL)                                                             \
    X(CAPTION, "caption", TRAIT_SPECIAL | TRAIT_SCOPE | TRAIT_TABLE)                               \
    X(CENTER, "center", TRAIT_BLOCK | TRAIT_SPECIAL | TRAIT_BREAKOUT)                              \
    X(CODE, "code", TRAIT_FORMATTING | TRAIT_BREAKOUT)                                             \
    X(COL, "col", TRAIT_VOID | TRAIT_SPECIAL | TRAIT_TABLE)                                        \
    X(COLGROUP, "colgroup", TRAIT_SPECIAL | TRAIT_TABLE)                                           \
    X(DD, "dd", TRAIT_SPECIAL | TRAIT_IMPLIED | TRAIT_BREAKOUT)                                    \
    X(DETAILS, "details", TRAIT_BLOCK | TRAIT_SPECIAL)                                             \
    X(DIALOG, "dialog", TRAIT_BLOCK)                                                               \
    X(DIR, "dir", TRAIT_BLOCK | TRAIT_SPECIAL)                                                     \
    X(DIV, "div", TRAIT_BLOCK | TRAIT_SPECIAL | TRAIT_BREAKOUT)                                    \
    X(DL, "dl", TRAIT_BLOCK | TRAIT_SPECIAL | TRAIT_BREAKOUT)                                      \
    X(DT, "dt", TRAIT_SPECIAL | TRAIT_IMPLIED | TRAIT_BREAKOUT)                                    \
    X(EM, "em", TRAIT_FORMATTING | TRAIT_BREAKOUT)                                                 \
    X(EMBED, "embed", TRAIT_VOID | TRAIT_SPECIAL | TRAIT_BREAKOUT)                                 \
    X(FIELDSET, "fieldset", TRAIT_BLOCK | TRAIT_SPECIAL)                                           \
    X(FIGCAPTION, "figcaption", TRAIT_BLOCK | TRAIT_SPECIAL)                                       \
    X(FIGURE, "figure", TRAIT_BLOCK | TRAIT_SPECIAL)                                               \
    X(FONT, "font", TRAIT_FORMATTING)                                                              \
    X(FOOTER, "footer", TRAIT_BLOCK | TRAIT_SPECIAL)                                               \
    X(FORM, "form", TRAIT_BLOCK | TRAIT_SPECIAL)                                                   \
    X(FRAME, "frame", TRAIT_VOID | TRAIT_SPECIAL | TRAIT_PAGE)                                     \
    X(FRAMESET, "frameset", TRAIT_SPECIAL | TRAIT_PAGE)                                            \
    X(H1, "h1", TRAIT_HEADING | TRAIT_SPECIAL | TRAIT_BREAKOUT)                                    \
    X(H2, "h2", TRAIT_HEADING | TRAIT_SPECIAL | TRAIT_BREAKOUT)                                    \
    X(H3, "h3", TRAIT_HEADING | TRAIT_SPECIAL | TRAIT_BREAKOUT)                                    \
    X(H4, "h4", TRAIT_HEADING | TRAIT_SPECIAL | TRAIT_BREAKOUT)                                    \
    X(H5, "h5", TRAIT_HEADING | TRAIT_SPECIAL | TRAIT_BREAKOUT)                                    \
    X(H6, "h6", TRAIT_HEADING | TRAIT_SPECIAL | TRAIT_BREAKOUT)                                    \
    X(HEAD, "head", TRAIT_SPECIAL | TRAIT_PAGE | TRAIT_BREAKOUT)                                   \
    X(HEADER, "header", TRAIT_BLOCK | TRAIT_SPECIAL)                                               \
    X(HGROUP, "hgroup", TRAIT_BLOCK | TRAIT_SPECIAL)                                               \
    X(HR, "hr", TRAIT_VOID | TRAIT_BLOCK | TRAIT_SPECIAL | TRAIT_BREAKOUT)                         \
    X(HTML, "html", TRAIT_SPECIAL | TRAIT_SCOPE | TRAIT_PAGE)                                      \
    X(I, "i", TRAIT_FORMATTING | TRAIT_BREAKOUT)                                                   \
    X(IFRAME, "iframe", TRAIT_RAW | TRAIT_SPECIAL)                                                 \
    X(IMG, "img", TRAIT_VOID | TRAIT_SPECIAL | TRAIT_BREAKOUT)                                     \
    X(INPUT, "input", TRAIT_VOID | TRAIT_SPECIAL)                                                  \
    X(KEYGEN, "keygen", TRAIT_VOID | TRAIT_SPECIAL)                                                \
    X(LI, "li", TRAIT_SPECIAL | TRAIT_IMPLIED | TRAIT_BREAKOUT)                                    \
    X(LINK, "link", TRAIT_VOID | TRAIT_SPECIAL)                                                    \
    X(LISTING, "listing", TRAIT_BLOCK | TRAIT_SPECIAL | TRAIT_BREAKOUT)                            \
    X(MAIN, "main", TRAIT_BLOCK | TRAIT_SPECIAL)                                                   \
    X(MARQUEE, "marquee", TRAIT_SPECIAL | TRAIT_SCOPE | TRAIT_HOLDER)                              \
    X(MATH, "math", 0)                                                                             \
    X(MENU, "menu", TRAIT_BLOCK | TRAIT_SPECIAL | TRAIT_BREAKOUT)                                  \
    X(META, "meta", TRAIT_VOID | TRAIT_SPECIAL | TRAIT_BREAKOUT)                                   \
    X(NAV, "nav", TRAIT_BLOCK | TRAIT_SPECIAL)                                                     \
    X(NOBR, "nobr", TRAIT_FORMATTING | TRAIT_BREAKOUT)                                             \
    X(NOEMBED, "noembed", TRAIT_RAW | TRAIT_SPECIAL)                                               \
    X(NOFRAMES, "noframes", TRAIT_RAW | TRAIT_SPECIAL)                                             \
    X(NOSCRIPT, "noscript", TRAIT_RAW | TRAIT_SPECIAL)                                             \
    X(OBJECT, "object", TRAIT_SPECIAL | TRAIT_SCOPE | TRAIT_HOLDER)                                \
    X(OL, "ol", TRAIT_BLOCK | TRAIT_SPECIAL | TRAIT_BREAKOUT)                                      \
    X(OPTGROUP, "optgroup", TRAIT_IMPLIED)                                                         \
    X(OPTION, "option", TRAIT_IMPLIED)                                                             \
    X(P, "p", TRAIT_BLOCK | TRAIT_SPECIAL | TRAIT_IMPLIED | TRAIT_BREAKOUT)                        \
    X(PARAM, "param", TRAIT_VOID | TRAIT_SPECIAL)                                                  \
    X(PLAINTEXT, "plaintext", TRAIT_SPECIAL | TRAIT_PAGE)                                          \
    X(PRE, "pre", TRAIT_BLOCK | TRAIT_SPECIAL | TRAIT_BREAKOUT)                                    \
    X(RB, "rb", TRAIT_IMPLIED)                                                                     \
    X(RP, "rp", TRAIT_IMPLIED)                                                                     \
    X(RT, "rt", TRAIT_IMPLIED)                                                                     \
    X(RTC, "rtc", TRAIT_IMPLIED)                                                                   \
    X(RUBY, "ruby", TRAIT_BREAKOUT)                                                                \
    X(S, "s", TRAIT_FORMATTING | TRAIT_BREAKOUT)                                                   \
    X(SCRIPT, "script", TRAIT_RAW | TRAIT_SPECIAL)                                                 \
    X(SEARCH, "search", TRAIT_BLOCK | TRAIT_SPECIAL)                                               \
    X(SECTION, "section", TRAIT_BLOCK | TRAIT_SPECIAL)                                             \
    X(SELECT, "select", TRAIT_SPECIAL)                                                             \
    X(SMALL, "small", TRAIT_FORMATTING | TRAIT_BREAKOUT)                                           \
    X(SOURCE, "source", TRAIT_VOID | TRAIT_SPECIAL)                                                \
    X(SPAN, "span", TRAIT_BREAKOUT)                                                                \
    X(STRIKE, "strike", TRAIT_FORMATTING | TRAIT_BREAKOUT)                                         \
    X(STRONG, "strong", TRAIT_FORMATTING | TRAIT_BREAKOUT)                                         \
    X(STYLE, "style", TRAIT_RAW | TRAIT_SPECIAL)                                                   \
    X(SUB, "sub", TRAIT_BREAKOUT)                                                                  \
    X(SUMMARY, "summary", TRAIT_BLOCK | TRAIT_SPECIAL)                                             \
    X(SUP, "sup", TRAIT_BREAKOUT)                                                                  \
    X(SVG, "svg", 0)                                                                               \
    X(TABLE, "table", TRAIT_SPECIAL | TRAIT_SCOPE | TRAIT_BREAKOUT)                                \
    X(TBODY, "tbody", TRAIT_SPECIAL | TRAIT_TABLE)                                                 \
    X(TD, "td", TRAIT_SPECIAL | TRAIT_SCOPE | TRAIT_TABLE | TRAIT_HOLDER)                          \
    X(TEMPLATE, "template", TRAIT_SPECIAL | TRAIT_SCOPE | TRAIT_HOLDER)                            \
    X(TEXTAREA, "textarea", TRAIT_RAW | TRAIT_SPECIAL)                                             \
    X(TFOOT, "tfoot", TRAIT_SPECIAL | TRAIT_TABLE)                                                 \
    X(TH, "th", TRAIT_SPECIAL | TRAIT_SCOPE | TRAIT_TABLE | TRAIT_HOLDER)                          \
    X(THEAD, "thead", TRAIT_SPECIAL | TRAIT_TABLE)                                                 \
    X(TITLE, "title", TRAIT_RAW | TRAIT_SPECIAL)                                                   \
    X(TR, "tr", TRAIT_SPECIAL | TRAIT_TABLE)                                                       \
    X(TRACK, "track", TRAIT_VOID | TRAIT_SPECIAL)                                                  \
    X(TT, "tt", TRAIT_FORMATTING | TRAIT_BREAKOUT)                                                 \
    X(U, "u", TRAIT_FORMATTING | TRAIT_BREAKOUT)                                                   \
    X(UL, "ul", TRAIT_BLOCK | TRAIT_SPECIAL | TRAIT_BREAKOUT)                                      \
    X(VAR, "var", TRAIT_BREAKOUT)                                                                  \
    X(VIDEO, "video", 0)                                                                           \
    X(WBR, "wbr", TRAIT_VOID | TRAIT_SPECIAL)                                                      \
    X(XMP, "xmp", TRAIT_RAW | TRAIT_SPECIAL)

enum element {
    ELEMENT_OTHER, /* any name that is not listed */
#define ELEMENT_ENUM(id, name, traits) ELEMENT_##id,
    ELEMENT_LIST(ELEMENT_ENUM)
#undef ELEMENT_ENUM
        ELEMENT_COUNT
};

enum element element_find(struct span name);

/* The listed name in lower case; "" for ELEMENT_OTHER. */
const char *element_name(enum element element);

unsigned element_traits(enum element element);
