/*
 * template: page shells with values put in.
 *
 * The whole language, as assets/README.md has it: `{{name}}` is the value escaped for HTML,
 * `{{{name}}}` the value as it is, `{{#if name}}…{{/if}}` stays if the value is not empty and does
 * not nest. Rendering is one pass over the shell; values are never looked at for markers.
 */
#pragma once

#include "base/span.h"
#include "base/strbuf.h"

#include <stddef.h>

struct template_value {
    const char *name;
    struct span value;
};

/*
 * Appends the shell with its values. A name without a value, or a marker that is not closed, gives
 * -EINVAL with *ret_bad at it; `out` holds a part of the page then.
 */
int template_render(struct strbuf *out, struct span shell, const struct template_value *values,
                    size_t count, struct span *ret_bad);
