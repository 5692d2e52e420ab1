/*
 * scalar: what a plain scalar of YAML means.
 *
 * The core schema of YAML 1.2 (§10.3.2): null, booleans, numbers; everything else is text. `yes`,
 * `on`, dates and times are text.
 */
#pragma once

#include "base/span.h"
#include "conf/node.h"

#include <stdbool.h>

/* The kind of the scalar; its value in *ret_boolean or *ret_number where it is such a one. */
enum node_kind scalar_resolve(struct span text, bool *ret_boolean, double *ret_number);
