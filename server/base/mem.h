/*
 * mem: allocation that cannot fail.
 *
 * Out of memory ends the process with a line on standard error. This is the one place that
 * decides so; everything above may take an allocation for granted.
 */
#pragma once

#include <stddef.h>

void *mem_alloc(size_t size);                                   /* uninitialised */
void *mem_zero(size_t count, size_t size);                      /* zeroed array */
void *mem_aligned(size_t alignment, size_t count, size_t size); /* zeroed; size: its multiple */
void *mem_resize(void *memory, size_t count, size_t size);      /* array of count items */
char *mem_copy_text(const char *text);                          /* NULL stays NULL */
char *mem_copy(const void *data, size_t len);                   /* NUL added after the bytes */
char *mem_format(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* Gives what was freed back to the system, after much was. */
void mem_trim(void);

/* For allocations made inside libraries: ends the process as the others do. */
_Noreturn void mem_exhausted(void);
