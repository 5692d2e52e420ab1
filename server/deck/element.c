#include "deck/element.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

struct listed {
    const char *name;
    unsigned traits;
};

static const struct listed elements[ELEMENT_COUNT] = {{"", 0},
#define ELEMENT_ROW(id, name, traits) {name, traits},
                                                      ELEMENT_LIST(ELEMENT_ROW)
#undef ELEMENT_ROW
};

static int compare(const void *key, const void *item)
{
    const struct span *name = key;
    const struct listed *listed = item;
    size_t len = strlen(listed->name);
    int order = strncasecmp(name->data, listed->name, name->len < len ? name->len : len);

    if (order != 0)
        return order;
    return (name->len > len) - (name->len < len);
}

enum element element_find(struct span name)
{
    const struct listed *found;

    if (name.len == 0)
        return ELEMENT_OTHER;
    found = bsearch(&name, elements + 1, ELEMENT_COUNT - 1, sizeof *elements, compare);
    return found ? (enum element)(found - elements) : ELEMENT_OTHER;
}

const char *element_name(enum element element)
{
    return elements[element].name;
}

unsigned element_traits(enum element element)
{
    return elements[element].traits;
}
