/*
 * ascii: kinds of characters that grammars ask for, whatever the locale says.
 */
#pragma once

#include <stdbool.h>

static inline bool ascii_is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}
