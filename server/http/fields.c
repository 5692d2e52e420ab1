#include "http/fields.h"

#include <errno.h>
#include <stdint.h>
#include <string.h>

static const struct {
    const char *name;
    size_t len;
    enum field_id id;
} known_fields[] = {
    {"Host", 4, FIELD_HOST},
    {"Accept", 6, FIELD_ACCEPT},
    {"Accept-Encoding", 15, FIELD_ACCEPT_ENCODING},
    {"Content-Length", 14, FIELD_CONTENT_LENGTH},
    {"Expect", 6, FIELD_EXPECT},
    {"Forwarded", 9, FIELD_FORWARDED},
    {"If-Match", 8, FIELD_IF_MATCH},
    {"If-Modified-Since", 17, FIELD_IF_MODIFIED_SINCE},
    {"If-None-Match", 13, FIELD_IF_NONE_MATCH},
    {"If-Range", 8, FIELD_IF_RANGE},
    {"If-Unmodified-Since", 19, FIELD_IF_UNMODIFIED_SINCE},
    {"Range", 5, FIELD_RANGE},
    {"Transfer-Encoding", 17, FIELD_TRANSFER_ENCODING},
    {"X-Forwarded-For", 15, FIELD_X_FORWARDED_FOR},
    {"X-Forwarded-Host", 16, FIELD_X_FORWARDED_HOST},
    {"X-Forwarded-Proto", 17, FIELD_X_FORWARDED_PROTO},
};

/* RFC 9110 §5.6.2: one bit for each character that a token may have, none of them above ASCII. */
static const uint64_t token_chars[4] = {
    UINT64_C(0x03FF6CFA00000000), /* ! # $ % & ' * + - . 0-9 */
    UINT64_C(0x57FFFFFFC7FFFFFE), /* A-Z ^ _ ` a-z | ~ */
};

void fields_init(struct fields *fields)
{
    fields->total = fields->count = 0;
    fields->known = 0;
}

bool field_token_char(char c)
{
    unsigned char byte = (unsigned char)c;

    return (token_chars[byte / 64] >> (byte % 64)) & 1;
}

static bool is_token(struct span text)
{
    for (size_t i = 0; i < text.len; i++)
        if (!field_token_char(text.data[i]))
            return false;
    return text.len > 0;
}

/* Eight bytes at a time: this runs over every header of every request. */
static bool has_control(struct span text)
{
    const uint64_t ones = UINT64_C(0x0101010101010101), highs = ones * 0x80;
    size_t i = 0;

    for (; i + 8 <= text.len; i += 8) {
        uint64_t word, low, delete;

        memcpy(&word, text.data + i, 8);
        low = (word - ones * 0x20) & ~word & highs;
        delete = word ^ (ones * 0x7f);
        delete = (delete - ones) & ~delete &highs;
        if (low | delete)
            break; /* perhaps only a tab, or a borrow from the byte below: look closely */
    }
    for (; i < text.len; i++) {
        unsigned char c = (unsigned char)text.data[i];

        if ((c < 0x20 && c != '\t') || c == 0x7f)
            return true;
    }
    return false;
}

static enum field_id identify(struct span name)
{
    for (size_t i = 0; i < sizeof known_fields / sizeof *known_fields; i++)
        if (known_fields[i].len == name.len && span_is_nocase(name, known_fields[i].name))
            return known_fields[i].id;
    return FIELD_OTHER;
}

int fields_add(struct fields *fields, struct span name, struct span value)
{
    enum field_id id;

    if (fields->total == FIELDS_MAX)
        return -E2BIG;
    if (!is_token(name) || has_control(value))
        return -EBADMSG;
    fields->total++;
    id = identify(name);
    if (id != FIELD_OTHER) {
        if (fields->count == FIELDS_KEPT_MAX)
            return -E2BIG;
        fields->known |= 1U << id;
        fields->list[fields->count++] = (struct field){id, span_trim(value)};
    }
    return 0;
}

bool fields_has(const struct fields *fields, enum field_id id)
{
    return fields->known & (1U << id);
}

bool fields_next(const struct fields *fields, enum field_id id, size_t *position,
                 struct span *ret_value)
{
    if (!fields_has(fields, id))
        return false;
    for (size_t i = *position; i < fields->count; i++)
        if (fields->list[i].id == id) {
            *ret_value = fields->list[i].value;
            *position = i + 1;
            return true;
        }
    return false;
}

bool fields_single(const struct fields *fields, enum field_id id, struct span *ret_value)
{
    struct span value, second;
    size_t position = 0;

    if (!fields_next(fields, id, &position, &value) || fields_next(fields, id, &position, &second))
        return false;
    *ret_value = value;
    return true;
}

bool fields_next_element(struct span *rest, struct span *ret_element)
{
    while (rest->len > 0) {
        bool quoted = false;
        size_t end = 0;
        struct span element;

        for (; end < rest->len; end++) {
            char c = rest->data[end];

            if (c == '"')
                quoted = !quoted;
            else if (c == '\\' && quoted && end + 1 < rest->len)
                end++;
            else if (c == ',' && !quoted)
                break;
        }
        element = span_trim(span_cut(*rest, 0, end));
        *rest = span_from(*rest, end < rest->len ? end + 1 : end);
        if (element.len > 0) {
            *ret_element = element;
            return true;
        }
    }
    return false;
}
