/*
 * search_index: which texts have which words, in SQLite's FTS5.
 *
 * The index is a database in memory, written once and read-only afterwards: its bytes lie in one
 * buffer upon which every thread that searches opens a connection of its own, kept for the next
 * one. It has words only, no texts: whoever removes a text must say it as it was added. A new index
 * begins with a copy of the one before, so that what has not changed is not indexed again.
 */
#pragma once

#include "base/span.h"
#include "base/strbuf.h"
#include "base/vec.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum search_column {
    SEARCH_TITLE,
    SEARCH_ABOUT, /* people, places, tags */
    SEARCH_HEADINGS,
    SEARCH_TEXT,
    SEARCH_NOTES,
    SEARCH_COLUMN_COUNT
};

struct search_text {
    struct strbuf columns[SEARCH_COLUMN_COUNT];
};

void search_text_init(struct search_text *text);
void search_text_release(struct search_text *text);

struct search_index;
struct search_writer;

/* `before` is borrowed; NULL begins with nothing. */
struct search_writer *search_writer_new(const struct search_index *before);
void search_writer_remove(struct search_writer *writer, int64_t id, const struct search_text *text);
void search_writer_add(struct search_writer *writer, int64_t id, const struct search_text *text);

/*
 * Frees the writer. 0, or -EIO where SQLite did not do what it was asked to; then its own words are
 * in `ret_why`.
 */
int search_writer_finish(struct search_writer *writer, struct search_index **ret_index,
                         struct strbuf *ret_why);

struct search_index *search_index_ref(struct search_index *index);
void search_index_unref(struct search_index *index); /* NULL is fine */
size_t search_index_bytes(const struct search_index *index);

/* Bytes of all indexes that there are, and of what it takes to write and to search them. */
uint64_t search_index_memory(void);

struct search_hit {
    int64_t id;
    double rank; /* smaller is better */
};

struct search_hits {
    VEC(struct search_hit) list;
};

/* Texts that an FTS5 expression matches, in no order. -EIO where it is malformed. */
int search_index_find(struct search_index *index, const char *expression,
                      struct search_hits *ret_hits);

/* The indexed word that a folded one was perhaps meant to be; false where nothing is near. */
bool search_index_suggest(struct search_index *index, struct span word, struct strbuf *ret_word);
