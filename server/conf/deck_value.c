#include "conf/deck_value.h"

#include "base/escape.h"
#include "base/mem.h"
#include "conf/iso_date.h"
#include "conf/reveal_option.h"

#include <stdlib.h>
#include <string.h>

static void append_text(struct strbuf *out, const char *text)
{
    if (text)
        json_text(out, span_of(text));
    else
        strbuf_append_text(out, "null");
}

/* Text, or what may stand for it: `title: 2015` means "2015". */
static bool is_scalar(const struct node *node)
{
    return node->kind == NODE_STRING || node->kind == NODE_NUMBER || node->kind == NODE_BOOL;
}

static void text_replace(char **place, char *text)
{
    free(*place);
    *place = text;
}

static void text_append(struct strbuf *out, const void *place)
{
    append_text(out, *(char *const *)place);
}

static void text_release(void *place)
{
    text_replace(place, NULL);
}

static bool text_read(void *place, const struct node *node, struct err_list *errs)
{
    (void)errs;
    if (!is_scalar(node))
        return false;
    text_replace(place, mem_copy_text(node->text));
    return true;
}

const struct value_type value_text = {"text", text_read, text_append, text_release};

static bool date_read(void *place, const struct node *node, struct err_list *errs)
{
    struct iso_date date;

    (void)errs;
    if (!is_scalar(node) || !iso_date_parse(span_of(node->text), &date))
        return false;
    text_replace(place, iso_date_build(&date));
    return true;
}

const struct value_type value_date = {"a date such as 2015-07-04, 2015-07 or 2015", date_read,
                                      text_append, text_release};

static bool pattern_read(void *place, const struct node *node, struct err_list *errs)
{
    (void)errs;
    if (node->kind != NODE_STRING || !*node->text)
        return false;
    text_replace(place, mem_copy_text(node->text));
    return true;
}

const struct value_type value_pattern = {"a regular expression in quotes", pattern_read,
                                         text_append, text_release};

static bool vertical_read(void *place, const struct node *node, struct err_list *errs)
{
    struct deck_settings *settings = place;
    bool none = node->kind == NODE_NULL || (node->kind == NODE_BOOL && !node->boolean);

    if (!none && !pattern_read(&settings->vertical_separator, node, errs))
        return false;
    settings->no_vertical = none;
    return true;
}

static void vertical_append(struct strbuf *out, const void *place)
{
    const struct deck_settings *settings = place;

    if (settings->no_vertical)
        strbuf_append_text(out, "false");
    else
        append_text(out, settings->vertical_separator);
}

static void vertical_release(void *place)
{
    struct deck_settings *settings = place;

    text_replace(&settings->vertical_separator, NULL);
}

const struct value_type value_vertical = {
    "a regular expression in quotes, or `false` for no vertical slides", vertical_read,
    vertical_append, vertical_release};

static void flag_append(struct strbuf *out, const void *place)
{
    strbuf_append_text(out, *(const bool *)place ? "true" : "false");
}

static bool flag_read(void *place, const struct node *node, struct err_list *errs)
{
    (void)errs;
    if (node->kind != NODE_BOOL)
        return false;
    *(bool *)place = node->boolean;
    return true;
}

const struct value_type value_flag = {"`true` or `false`", flag_read, flag_append, NULL};

static bool mermaid_read(void *place, const struct node *node, struct err_list *errs)
{
    if (node->kind == NODE_MAP) {
        err_add(errs, SEVERITY_NOTE, node->file, node->line, node->column,
                "options of mermaid have no effect here, diagrams are drawn");
        *(bool *)place = true;
        return true;
    }
    return flag_read(place, node, errs);
}

const struct value_type value_mermaid = {"`true` or `false`", mermaid_read, flag_append, NULL};

static const char *const math_names[] = {
    [MATH_TEXT] = "true", [MATH_RAW] = "raw", [MATH_OFF] = "false"};

static bool math_read(void *place, const struct node *node, struct err_list *errs)
{
    (void)errs;
    for (int mode = MATH_TEXT; mode <= MATH_OFF; mode++)
        if (is_scalar(node) && strcmp(node->text, math_names[mode]) == 0) {
            *(enum math_mode *)place = (enum math_mode)mode;
            return true;
        }
    return false;
}

static void math_append(struct strbuf *out, const void *place)
{
    strbuf_append_text(out, math_names[*(const enum math_mode *)place]);
}

const struct value_type value_math = {"`true`, `raw` or `false`", math_read, math_append, NULL};

static void texts_release(void *place)
{
    struct text_list *texts = place;

    vec_each (&texts->list, text)
        free(*text);
    vec_release(&texts->list);
}

static void texts_append(struct strbuf *out, const void *place)
{
    const struct text_list *texts = place;
    const char *before = "[";

    vec_each (&texts->list, text) {
        strbuf_append_text(out, before);
        append_text(out, *text);
        before = ", ";
    }
    strbuf_append_text(out, texts->list.count ? "]" : "[]");
}

/* One text of a list: a scalar, or a map that says more and has the text as `url`. */
static const char *item_text(const struct node *node)
{
    const struct node *url = node_get(node, "url");

    if (url)
        node = url;
    return is_scalar(node) ? node->text : NULL;
}

bool value_texts_add(struct text_list *texts, const struct node *node)
{
    if (node->kind == NODE_LIST) {
        for (size_t i = 0; i < node->count; i++)
            if (!item_text(node->items[i]))
                return false;
        for (size_t i = 0; i < node->count; i++)
            vec_push(&texts->list, mem_copy_text(item_text(node->items[i])));
        return true;
    }
    const char *text = item_text(node);
    if (text && *text)
        vec_push(&texts->list, mem_copy_text(text));
    return text != NULL;
}

static bool texts_read(void *place, const struct node *node, struct err_list *errs)
{
    struct text_list texts = {0};

    (void)errs;
    if (!value_texts_add(&texts, node))
        return false;
    texts_release(place);
    *(struct text_list *)place = texts;
    return true;
}

const struct value_type value_texts = {"text or a list of texts", texts_read, texts_append,
                                       texts_release};

static bool words_read(void *place, const struct node *node, struct err_list *errs)
{
    struct text_list words = {0};
    struct span rest, part;

    if (!is_scalar(node))
        return texts_read(place, node, errs);
    rest = span_of(node->text);
    while (span_next_part(&rest, ',', &part)) {
        part = span_trim(part);
        if (part.len)
            vec_push(&words.list, mem_copy(part.data, part.len));
    }
    texts_release(place);
    *(struct text_list *)place = words;
    return true;
}

const struct value_type value_words = {"a list of texts, or texts with commas between them",
                                       words_read, texts_append, texts_release};

bool value_is_too_long(const char *key, const struct node *node, size_t count,
                       struct err_list *errs)
{
    if (count <= VALUE_NAMES_MAX)
        return false;
    err_add(errs, SEVERITY_WARNING, node->file, node->line, node->column,
            "`%s` has %zu names, of which the first %d are taken: leave some out", key, count,
            VALUE_NAMES_MAX);
    return true;
}

static bool tags_read(void *place, const struct node *node, struct err_list *errs)
{
    struct text_list *tags = place;

    if (!words_read(place, node, errs))
        return false;
    if (value_is_too_long("tags", node, tags->list.count, errs))
        while (tags->list.count > VALUE_NAMES_MAX)
            free(tags->list.items[--tags->list.count]);
    return true;
}

const struct value_type value_tags = {"a list of texts, or texts with commas between them",
                                      tags_read, texts_append, texts_release};

static bool options_read(void *place, const struct node *node, struct err_list *errs)
{
    struct node **options = place;

    if (node->kind != NODE_MAP)
        return false;
    reveal_option_check(node, errs);
    if (*options)
        node_merge(*options, node);
    else
        *options = node_copy(node);
    return true;
}

static void options_append(struct strbuf *out, const void *place)
{
    struct node *const *options = place;

    if (*options)
        node_append_json(out, *options);
    else
        strbuf_append_text(out, "{}");
}

static void options_release(void *place)
{
    struct node **options = place;

    node_free(*options);
    *options = NULL;
}

const struct value_type value_options = {"a map of reveal.js's options", options_read,
                                         options_append, options_release};
