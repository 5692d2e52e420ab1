#include "conf/deck_field.h"

#include "base/escape.h"
#include "base/mem.h"

bool field_is_text(const struct node *node)
{
    return node && (node->kind == NODE_STRING || node->kind == NODE_NUMBER);
}

char *field_text(const struct node *map, const char *const *names)
{
    for (; *names; names++) {
        const struct node *value = node_get(map, *names);

        if (field_is_text(value) && *value->text)
            return mem_copy_text(value->text);
    }
    return NULL;
}

bool field_each(const struct node *node, bool (*add)(void *into, const struct node *), void *into)
{
    if (node->kind != NODE_LIST)
        return add(into, node);
    for (size_t i = 0; i < node->count; i++)
        if (!add(into, node->items[i]))
            return false;
    return true;
}

void fields_append(struct strbuf *out, size_t count, const struct field *fields)
{
    const char *before = "";

    strbuf_append_text(out, out->data[out->len - 1] == '[' ? "{" : ", {");
    for (size_t i = 0; i < count; i++)
        if (fields[i].value) {
            strbuf_append_format(out, "%s\"%s\": ", before, fields[i].key);
            json_text(out, span_of(fields[i].value));
            before = ", ";
        }
    strbuf_append_char(out, '}');
}
