#include "site/people.h"

#include "base/utf8.h"

/* The first who has a name keeps it; keys go before names. */
static void add(struct people *people, const char *name, const struct person_settings *person)
{
    struct strbuf folded = STRBUF_INIT;

    utf8_append_folded(&folded, span_of(name), false);
    if (!map_get(&people->by_name, strbuf_span(&folded)))
        map_put(&people->by_name, strbuf_span(&folded), (void *)person);
    strbuf_release(&folded);
}

void people_init(struct people *people, const struct people_settings *settings)
{
    struct strbuf identity = STRBUF_INIT;

    people->settings = settings;
    map_init(&people->by_name);
    vec_each (&settings->list, person)
        add(people, person->key, person);
    vec_each (&settings->list, person)
        add(people, person->name, person);
    vec_each (&settings->list, person)
        strbuf_append_format(&identity, "%s%c%s%c", person->key, 0, person->name, 0);
    people->identity = digest_bytes(strbuf_span(&identity));
    strbuf_release(&identity);
}

void people_release(struct people *people)
{
    map_release(&people->by_name);
}

const struct person_settings *people_find(const struct people *people, struct span name)
{
    struct strbuf folded = STRBUF_INIT;
    const struct person_settings *person;

    if (people->by_name.count == 0)
        return NULL;
    utf8_append_folded(&folded, name, false);
    person = map_get(&people->by_name, strbuf_span(&folded));
    strbuf_release(&folded);
    return person;
}

struct span people_name(const struct people *people, struct span name)
{
    const struct person_settings *person = people_find(people, name);

    return person ? span_of(person->name) : name;
}
