/*
 * json: writing JSON (RFC 8259) piece by piece.
 *
 * Objects and lists are begun and ended, members added between; commas are the writer's business. A
 * member of an object has a name, one of a list has NULL for it. Text is expected to be valid UTF-8
 * and is escaped so that it may stand in a script element as well.
 */
#pragma once

#include "base/span.h"
#include "base/strbuf.h"

#include <stdbool.h>
#include <stdint.h>

struct json {
    struct strbuf *out; /* borrowed */
    bool begun;         /* something stands before in the object or list that is open */
};

void json_begin_object(struct json *json, const char *name);
void json_end_object(struct json *json);
void json_begin_list(struct json *json, const char *name);
void json_end_list(struct json *json);

void json_add_text(struct json *json, const char *name, struct span text);
void json_add_number(struct json *json, const char *name, uint64_t number);
void json_add_flag(struct json *json, const char *name, bool flag);

/* As json_add_text, but null where the text is NULL or empty. */
void json_add_known(struct json *json, const char *name, const char *text);
