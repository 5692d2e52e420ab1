/*
 * coding: the content codings that a representation can have (RFC 9110 §8.4.1).
 */
#pragma once

enum coding { CODING_IDENTITY, CODING_GZIP, CODING_BROTLI, CODING_COUNT };

/* The registered name ("gzip", "br"); "identity" is never sent as Content-Encoding. */
const char *coding_name(enum coding coding);
