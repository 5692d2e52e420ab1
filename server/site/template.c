#include "site/template.h"

#include "base/escape.h"

#include <errno.h>
#include <stdbool.h>

struct template
{
    const struct template_value *values;
    size_t count;
};

static const struct template_value *find_value(const struct template *template, struct span name)
{
    for (size_t i = 0; i < template->count; i++)
        if (span_is(name, template->values[i].name))
            return &template->values[i];
    return NULL;
}

/* Cuts what stands before `close` off the text, and `close` with it; false if it is not there. */
static bool cut_before(struct span *text, struct span close, struct span *ret_part)
{
    ptrdiff_t at = span_find(*text, close);

    if (at < 0)
        return false;
    *ret_part = span_cut(*text, 0, (size_t)at);
    *text = span_from(*text, (size_t)at + close.len);
    return true;
}

/* The text behind "{{#if ": what is between it and its end is left in or cut out. */
static int begin_condition(const struct template *template, struct span *rest, struct span *ret_bad)
{
    const struct template_value *value;
    struct span name, skipped;

    *ret_bad = *rest;
    if (!cut_before(rest, SPAN("}}"), &name))
        return -EINVAL;
    value = find_value(template, name);
    *ret_bad = name;
    if (!value || (value->value.len == 0 && !cut_before(rest, SPAN("{{/if}}"), &skipped)))
        return -EINVAL;
    return 0;
}

/* One marker at the start of *rest. */
static int render_marker(struct strbuf *out, const struct template *template, struct span *rest,
                         struct span *ret_bad)
{
    bool raw = span_starts_with(*rest, SPAN("{{{"));
    const struct template_value *value;
    struct span name;

    if (span_starts_with(*rest, SPAN("{{/if}}"))) {
        *rest = span_from(*rest, 7);
        return 0;
    }
    if (span_starts_with(*rest, SPAN("{{#if "))) {
        *rest = span_from(*rest, 6);
        return begin_condition(template, rest, ret_bad);
    }
    *ret_bad = *rest;
    *rest = span_from(*rest, raw ? 3 : 2);
    if (!cut_before(rest, raw ? SPAN("}}}") : SPAN("}}"), &name))
        return -EINVAL;
    *ret_bad = name;
    value = find_value(template, name);
    if (!value)
        return -EINVAL;
    if (raw)
        strbuf_append_span(out, value->value);
    else
        html_attr(out, value->value);
    return 0;
}

int template_render(struct strbuf *out, struct span shell, const struct template_value *values,
                    size_t count, struct span *ret_bad)
{
    struct template template = {values, count};
    struct span rest = shell;
    int err = 0;

    while (!err) {
        ptrdiff_t at = span_find(rest, SPAN("{{"));

        strbuf_append_span(out, span_cut(rest, 0, at < 0 ? rest.len : (size_t)at));
        if (at < 0)
            break;
        rest = span_from(rest, (size_t)at);
        err = render_marker(out, &template, &rest, ret_bad);
    }
    return err;
}
