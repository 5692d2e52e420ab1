/*
 * host: the form of a Host field or of an authority (RFC 9110 §7.2, RFC 3986 §3.2).
 *
 * Nothing is looked up: only what cannot be a host, and would confuse whoever reads it next, is
 * refused.
 */
#pragma once

#include "base/span.h"

#include <stdbool.h>

/* A registered name, an IPv4 address or a bracketed IP literal; then perhaps a colon and a port. */
bool host_valid(struct span host);

/* A valid host without its port. */
struct span host_name(struct span host);
