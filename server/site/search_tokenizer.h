/*
 * search_tokenizer: lets SQLite's FTS5 cut texts as words.h does.
 */
#pragma once

#include <sqlite3.h>

/* In a text that is indexed: words on both of its sides are no neighbours. */
#define SEARCH_GAP "\x1e"

/* For the connection that `api` is of, under the name "decksd"; an SQLite result code. */
int search_tokenizer_register(fts5_api *api);
