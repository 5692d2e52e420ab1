/*
 * answer_file: answers whose bytes stay on disk.
 *
 * A file is opened for each request, beneath the root, and says itself how large and how old it
 * is: it may be another one than when the decks were loaded.
 */
#pragma once

#include "serve/answering.h"

enum MHD_Result answer_file(const struct answering *a, const struct resource *resource);
