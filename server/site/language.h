/*
 * language: what a language is called in itself, for lists of languages to choose from.
 */
#pragma once

#include "base/span.h"

/* "Deutsch" for "de" and "de-AT"; the tag itself where nothing better is known. */
struct span language_name(struct span tag);
