#include "base/mem.h"

#include <malloc.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

_Noreturn void mem_exhausted(void)
{
    static const char line[] = "decksd: out of memory\n";
    ssize_t written = write(STDERR_FILENO, line, sizeof line - 1);

    (void)written; /* nothing is left to do about a failure here */
    abort();
}

void mem_trim(void)
{
    malloc_trim(0);
}

static void *checked(void *memory)
{
    if (!memory)
        mem_exhausted();
    return memory;
}

void *mem_alloc(size_t size)
{
    return checked(malloc(size ? size : 1));
}

void *mem_zero(size_t count, size_t size)
{
    return checked(calloc(count ? count : 1, size ? size : 1));
}

void *mem_aligned(size_t alignment, size_t count, size_t size)
{
    size_t bytes;
    void *memory;

    if (__builtin_mul_overflow(count ? count : 1, size, &bytes))
        mem_exhausted();
    memory = checked(aligned_alloc(alignment, bytes));
    memset(memory, 0, bytes);
    return memory;
}

void *mem_resize(void *memory, size_t count, size_t size)
{
    return checked(reallocarray(memory, count ? count : 1, size ? size : 1));
}

char *mem_copy(const void *data, size_t len)
{
    char *copy;

    if (len == SIZE_MAX)
        mem_exhausted();
    copy = mem_alloc(len + 1);
    if (len)
        memcpy(copy, data, len);
    copy[len] = '\0';
    return copy;
}

char *mem_copy_text(const char *text)
{
    return text ? mem_copy(text, strlen(text)) : NULL;
}

char *mem_format(const char *format, ...)
{
    va_list args;
    char *text = NULL;
    int len;

    va_start(args, format);
    len = vasprintf(&text, format, args);
    va_end(args);
    if (len < 0)
        mem_exhausted();
    return text;
}
