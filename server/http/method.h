/*
 * method: what a request wants done (RFC 9110 §9).
 *
 * decksd serves; it takes nothing. Methods that HTTP defines but that make no sense here are told
 * apart from words that are no method at all: 405 for the former, 501 for the latter.
 */
#pragma once

#include "base/span.h"

enum method { METHOD_GET, METHOD_HEAD, METHOD_OPTIONS, METHOD_NOT_ALLOWED, METHOD_UNKNOWN };

/* The value of Allow wherever there is anything. */
#define METHOD_ALLOW "GET, HEAD, OPTIONS"

/* Methods are case-sensitive. */
enum method method_parse(struct span name);
