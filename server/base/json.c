#include "base/json.h"

#include "base/escape.h"

#include <inttypes.h>

static void add_name(struct json *json, const char *name)
{
    if (json->begun)
        strbuf_append_char(json->out, ',');
    json->begun = true;
    if (!name)
        return;
    json_text(json->out, span_of(name));
    strbuf_append_char(json->out, ':');
}

static void begin(struct json *json, const char *name, char bracket)
{
    add_name(json, name);
    strbuf_append_char(json->out, bracket);
    json->begun = false;
}

static void end(struct json *json, char bracket)
{
    strbuf_append_char(json->out, bracket);
    json->begun = true;
}

void json_begin_object(struct json *json, const char *name)
{
    begin(json, name, '{');
}

void json_end_object(struct json *json)
{
    end(json, '}');
}

void json_begin_list(struct json *json, const char *name)
{
    begin(json, name, '[');
}

void json_end_list(struct json *json)
{
    end(json, ']');
}

void json_add_text(struct json *json, const char *name, struct span text)
{
    add_name(json, name);
    json_text(json->out, text);
}

void json_add_number(struct json *json, const char *name, uint64_t number)
{
    add_name(json, name);
    strbuf_append_format(json->out, "%" PRIu64, number);
}

void json_add_flag(struct json *json, const char *name, bool flag)
{
    add_name(json, name);
    strbuf_append_text(json->out, flag ? "true" : "false");
}

void json_add_known(struct json *json, const char *name, const char *text)
{
    if (text && *text) {
        json_add_text(json, name, span_of(text));
        return;
    }
    add_name(json, name);
    strbuf_append_text(json->out, "null");
}
