/*
 * reading_drawn: what scripts draw on slides, for readers.
 *
 * A formula is shown as its TeX, and is called one: who reads with the ears is told what it is. Of
 * a diagram there is the title and the description that its source says, and the source itself to
 * unfold.
 */
#pragma once

#include "deck/reading_writer.h"

#include <stdbool.h>

/* Writes the text of a node, decoded, with formulas where the deck has any in its text. */
void reading_write_text(struct reading_writer *writer, uint32_t node, struct span text);

/* Writes an element that is drawn; false, with nothing written, for any other. */
bool reading_write_drawn(struct reading_writer *writer, uint32_t node);
