#include "conf/security_settings.h"

#include "base/mem.h"
#include "conf/deck_value.h"
#include "conf/iso_date.h"
#include "conf/nearest.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#define FIELD(field) offsetof(struct security_settings, field)

static const struct uri_key {
    const char *name;
    size_t place;
} uri_keys[] = {
    {"contact", FIELD(contact)}, {"encryption", FIELD(encryption)},
    {"policy", FIELD(policy)},   {"acknowledgments", FIELD(acknowledgments)},
    {"hiring", FIELD(hiring)},
};
enum { URI_KEY_COUNT = sizeof uri_keys / sizeof *uri_keys };

static const char expires_key[] = "expires", languages_key[] = "preferredLanguages";

static struct text_list *list_at(struct security_settings *security, const struct uri_key *key)
{
    return (struct text_list *)((char *)security + key->place);
}

static void text_list_release(struct text_list *texts)
{
    vec_each (&texts->list, text)
        free(*text);
    vec_release(&texts->list);
}

bool security_settings_exist(const struct security_settings *security)
{
    return security->contact.list.count > 0 && security->expires;
}

void security_settings_release(struct security_settings *security)
{
    for (size_t i = 0; i < URI_KEY_COUNT; i++)
        text_list_release(list_at(security, &uri_keys[i]));
    free(security->languages);
    free(security->expires);
    *security = (struct security_settings){.expires = NULL};
}

/* A scheme, a colon, and nothing that would end the line. */
static bool is_uri(const char *text)
{
    size_t scheme = strcspn(text, ":");

    if (scheme < 2 || !text[scheme] || !text[scheme + 1])
        return false;
    for (const char *c = text; *c; c++)
        if (*c <= ' ' || *c > '~' || (c < text + scheme && !isalnum((unsigned char)*c)))
            return false;
    return strncmp(text, "http:", 5) != 0; /* RFC 9116 §2.5: web addresses by https */
}

static void complain(const struct node *value, const char *key, const char *expects,
                     struct err_list *errs)
{
    err_add(errs, SEVERITY_ERROR, value->file, value->line, value->column, "`%s` must be %s", key,
            expects);
}

/* "ada@example.org" is good enough for a person, and means the URI. */
static void complete_address(char **text)
{
    char *uri;

    if (strchr(*text, ':') || !strchr(*text, '@'))
        return;
    uri = mem_format("mailto:%s", *text);
    free(*text);
    *text = uri;
}

static void read_uris(struct text_list *uris, const char *key, const struct node *value,
                      struct err_list *errs)
{
    bool valid = value_texts_add(uris, value);

    vec_each (&uris->list, uri) {
        complete_address(uri);
        valid = valid && is_uri(*uri);
    }
    if (!valid)
        complain(value, key, "an address such as `https://…` or `mailto:…`, or a list of them",
                 errs);
}

static void read_expires(char **expires, const struct node *value, struct err_list *errs)
{
    struct iso_date date;

    if (value->text && iso_date_parse(span_of(value->text), &date) && date.day) {
        free(*expires);
        *expires = iso_date_build(&date);
    } else {
        complain(value, expires_key, "a day such as `2027-12-31`", errs);
    }
}

/* "en", or a list, as "en, pl". */
static void read_languages(char **languages, const struct node *value, struct err_list *errs)
{
    struct text_list tags = {0};
    struct strbuf joined = STRBUF_INIT;
    bool valid = value_texts_add(&tags, value);

    vec_each (&tags.list, tag) {
        size_t len = strlen(*tag);

        valid = valid && len > 0 &&
                strspn(*tag, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-, ") ==
                    len;
        strbuf_append_format(&joined, "%s%s", joined.len ? ", " : "", *tag);
    }
    if (valid) {
        free(*languages);
        *languages = strbuf_detach(&joined, NULL);
    } else {
        complain(value, languages_key, "language tags such as `[en, pl]`", errs);
    }
    strbuf_release(&joined);
    text_list_release(&tags);
}

static void report_unknown(const char *name, const struct node *value, struct err_list *errs)
{
    struct nearest nearest;

    nearest_init(&nearest, name);
    for (size_t i = 0; i < URI_KEY_COUNT; i++)
        nearest_offer(&nearest, uri_keys[i].name);
    nearest_offer(&nearest, expires_key);
    nearest_offer(&nearest, languages_key);
    if (nearest.best)
        err_add(errs, SEVERITY_ERROR, value->file, value->key_line, value->key_column,
                "`%s`: did you mean `%s`?", name, nearest.best);
    else
        err_add(errs, SEVERITY_ERROR, value->file, value->key_line, value->key_column,
                "`%s` means nothing in `security`: remove it", name);
}

static void read_key(struct security_settings *security, const char *name, const struct node *value,
                     struct err_list *errs)
{
    if (value->kind == NODE_NULL)
        return;
    for (size_t i = 0; i < URI_KEY_COUNT; i++)
        if (strcmp(name, uri_keys[i].name) == 0) {
            read_uris(list_at(security, &uri_keys[i]), name, value, errs);
            return;
        }
    if (strcmp(name, expires_key) == 0)
        read_expires(&security->expires, value, errs);
    else if (strcmp(name, languages_key) == 0)
        read_languages(&security->languages, value, errs);
    else
        report_unknown(name, value, errs);
}

void security_settings_read(struct security_settings *security, const struct node *value,
                            struct err_list *errs)
{
    security_settings_release(security);
    if (value->kind == NODE_NULL)
        return;
    if (value->kind != NODE_MAP) {
        complain(value, "security", "a map of `contact:` and `expires:`", errs);
        return;
    }
    for (size_t i = 0; i < value->count; i++)
        read_key(security, value->keys[i], value->items[i], errs);
    if (!node_get(value, uri_keys[0].name) || !node_get(value, expires_key))
        err_add(errs, SEVERITY_ERROR, value->file, value->line, value->column,
                "`security` needs `contact` and `expires`: give both");
}
