/*
 * markdown_writer: the state of writing one tree, shared by the files of markdown.
 *
 * markdown.c walks the tree and writes blocks, markdown_inline.c what is in paragraphs,
 * markdown_table.c tables.
 */
#pragma once

#include "deck/markdown.h"

#include <stdint.h>

struct writer {
    struct markdown *markdown;
    struct strbuf *html;
    const struct markdown_options *options;
    VEC(size_t) starts; /* offset of each line in the text */
    struct span text;
    unsigned line;             /* where the inlines are */
    unsigned block_column;     /* where the text of their block begins, from 1 */
    unsigned image;            /* depth inside of images, whose content is plain text */
    const uint8_t *alignments; /* of the table that is written */
    unsigned column;
    bool table_head, table_body;
    bool raw_link;            /* inside of an `<a …>` that the author wrote */
    VEC(unsigned) references; /* to each footnote, so far */
    size_t glue;              /* length of html where the next block follows without a break */
    unsigned footnote;        /* number of the last definition */
    char box;                 /* that the next paragraph begins with: 'x', ' ', or 0 for none */
};

void writer_put(struct writer *writer, const char *html);
void writer_break(struct writer *writer); /* a line feed unless one is there */
void writer_attribute(struct writer *writer, const char *name, struct span value);
/* Raw HTML, with an entry for each of its lines. */
void writer_raw(struct writer *writer, const char *html);
/* What is written from here on came from this line of the text. */
void writer_line(struct writer *writer, unsigned line);

void markdown_inline(struct writer *writer, cmark_node *node, bool enter);
/* Inside of a picture's description, where only text counts. */
void markdown_plain(struct writer *writer, cmark_node *node);
void markdown_image(struct writer *writer, cmark_node *node, bool enter);

void markdown_list(struct writer *writer, cmark_node *node, bool enter);
void markdown_item(struct writer *writer, cmark_node *node, bool enter);
bool markdown_in_tight_item(cmark_node *paragraph);
/* What a task begins with, once, where an item has asked for it. */
void markdown_task_box(struct writer *writer);

/* A table or a part of one; false if the node is something else. */
bool markdown_table(struct writer *writer, cmark_node *node, bool enter);
