#include "site/people.h"

#include "conf/stem.h"
#include "site/url.h"

/* The first who has a name keeps it; keys go before names. */
static void add(struct people *people, const char *name, const struct person_settings *person)
{
    struct strbuf stem = STRBUF_INIT;

    if (stem_append(&stem, span_of(name)) && !map_get(&people->by_stem, strbuf_span(&stem)))
        map_put(&people->by_stem, strbuf_span(&stem), (void *)person);
    strbuf_release(&stem);
}

void people_init(struct people *people, const struct people_settings *settings)
{
    struct strbuf identity = STRBUF_INIT;

    people->settings = settings;
    map_init(&people->by_stem);
    vec_each (&settings->list, person)
        add(people, person->key, person);
    vec_each (&settings->list, person)
        add(people, person->name, person);
    vec_each (&settings->list, person)
        strbuf_append_format(&identity, "%s%c%s%c%s%c", person->key, 0, person->name, 0,
                             person->url ? person->url : "", 0);
    people->identity = digest_bytes(strbuf_span(&identity));
    strbuf_release(&identity);
}

void people_release(struct people *people)
{
    map_release(&people->by_stem);
}

const struct person_settings *people_find(const struct people *people, struct span name)
{
    struct strbuf stem = STRBUF_INIT;
    const struct person_settings *person = NULL;

    if (people->by_stem.count > 0 && stem_append(&stem, name))
        person = map_get(&people->by_stem, strbuf_span(&stem));
    strbuf_release(&stem);
    return person;
}

struct span people_name(const struct people *people, struct span name)
{
    const struct person_settings *person = people_find(people, name);

    return person ? span_of(person->name) : name;
}

const char *people_url(const struct people *people, struct span name)
{
    const struct person_settings *person = people_find(people, name);

    return person && url_is_web(person->url) ? person->url : NULL;
}

struct span people_key(const struct people *people, struct span name)
{
    const struct person_settings *person = people_find(people, name);

    return person ? span_of(person->key) : name;
}
