/*
 * multipart: several ranges in one answer (RFC 9110 §14.6).
 *
 * Every part has a small header of its own; the bytes are read from the source while they are
 * sent, so a large file stays on disk.
 */
#pragma once

#include "http/range.h"
#include "serve/response.h"

/* The whole body, of *ret_size bytes. Takes the source's file; refers to its blob. Never NULL. */
struct MHD_Response *multipart_response(const struct source *source,
                                        const struct byte_ranges *ranges, const char *type,
                                        const char *boundary, uint64_t *ret_size);
