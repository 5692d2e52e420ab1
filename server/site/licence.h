/*
 * licence: what `license:` means to a reader.
 *
 * SPDX names of the licences that slides are given under, and the Creative Commons family however
 * it is capitalised and spaced; an address of the web stands for itself; anything else is text.
 */
#pragma once

#include "base/span.h"
#include "base/strbuf.h"

/* Appends what people call it, and its address, if it has one. */
void licence_append_name(struct strbuf *out, struct span licence);
void licence_append_url(struct strbuf *out, struct span licence);
