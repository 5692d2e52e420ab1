/*
 * idle: memory of connections that wait for their next request.
 *
 * libmicrohttpd 0.9.75 keeps one block of memory for each connection, for header and answer, and
 * fills it with zeros after each request. So most of what idle connections cost is zeros. Their
 * whole pages are given back to the kernel, which puts zeros in their place when they are wanted
 * again; nobody can tell the difference.
 *
 * That is safe only for the thread that the connection belongs to, and for memory that is nothing
 * but such a block. So each serving thread does it for its own connections, while it has other
 * work to do anyway, and only where the block is recognised beyond doubt: by the C library's own
 * word about its size, right before the first byte of the request. Everywhere else (another
 * version, another allocator, sanitizers) nothing happens.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The part of a connection that is the list's. */
struct idle {
    struct idle *previous, *next;
    char *memory; /* the block; NULL: not known */
    uint64_t since;
    bool listed;
};

/* The connections of one serving thread that wait and have all their memory, longest first. */
struct idle_list {
    struct idle *first, *last;
    size_t block_size; /* idle_block_size's */
};

/* How large libmicrohttpd's blocks are with so much memory for each; 0 where none can be known. */
size_t idle_block_size(size_t connection_memory);

/* One for each lane. free() */
struct idle_list *idle_lists_new(unsigned lanes, size_t connection_memory);

/* A request begins, whose first byte lies here. */
void idle_end(struct idle_list *list, struct idle *idle, const char *request);

/*
 * The connection waits from `now` on. Gives back what some others have waited with for long enough;
 * more than one, so that it does not fall behind.
 */
void idle_begin(struct idle_list *list, struct idle *idle, uint64_t now);

/* The connection goes. */
void idle_forget(struct idle_list *list, struct idle *idle);
