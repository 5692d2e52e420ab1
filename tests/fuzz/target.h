/* target: the way in of libFuzzer, and a check that says what did not hold. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

int LLVMFuzzerInitialize(int *argc, char ***argv);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Says which, for the stack shows only the target where it was inlined. */
#define check(right) check_at((right), #right, __FILE__, __LINE__)

static inline void check_at(bool right, const char *what, const char *file, int line)
{
    if (right)
        return;
    fprintf(stderr, "%s:%d: not so: %s\n", file, line, what);
    abort();
}
