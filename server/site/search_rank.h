/*
 * search_rank: how well a text answers a question, as a function of FTS5's.
 *
 * FTS5's own bm25 measures a word against the length of all of the text, so that the title of a
 * long talk is worth less than a passing word in a short one. Here each column is measured against
 * its own length, and what it can give is bounded: a word in the title is worth more than any
 * number of it in headings, texts and notes.
 */
#pragma once

#include <sqlite3.h>

#define SEARCH_RANK "relevance"

/* For the connection that `api` is of: "relevance(texts)", smaller is better. */
int search_rank_register(fts5_api *api);
