#include "base/map.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "base/vec.h"
#include "conf/map_builder.h"
#include "conf/node.h"
#include "conf/scalar.h"
#include "conf/yaml_problem.h"

#include <stdlib.h>
#include <string.h>
#include <yaml.h>

/*
 * A composer of our own over libyaml's events: it knows every node's place and stops at a bound
 * while libyaml's would have built the whole first.
 */
struct composer {
    yaml_parser_t parser;
    struct span text;
    struct blob *file_name;
    unsigned line; /* of the text's first line in its file */
    struct err_list *errs;
    struct map anchors; /* name to struct node *; borrowed from the tree, NULL while it is open */
    struct node_list retired; /* nodes outside the tree that an anchor may still lead to */
    size_t count, alias_bytes;
    bool failed; /* said already */
};

static struct node *compose(struct composer *composer, const yaml_event_t *event, unsigned depth);

__attribute__((format(printf, 4, 5))) static void composer_report(struct composer *composer,
                                                                  enum severity severity,
                                                                  const yaml_mark_t *mark,
                                                                  const char *format, ...)
{
    struct strbuf text = STRBUF_INIT;
    va_list args;

    va_start(args, format);
    strbuf_append_vformat(&text, format, args);
    va_end(args);
    err_add(composer->errs, severity, blob_data(composer->file_name),
            composer->line + (unsigned)mark->line, (unsigned)mark->column + 1, "%s", text.data);
    strbuf_release(&text);
    if (severity == SEVERITY_ERROR)
        composer->failed = true;
}

static bool next_event(struct composer *composer, yaml_event_t *event)
{
    if (yaml_parser_parse(&composer->parser, event))
        return true;
    if (composer->parser.error == YAML_MEMORY_ERROR)
        mem_exhausted();
    yaml_mark_t mark;
    const char *problem = yaml_problem_explain(&composer->parser, composer->text, &mark);
    composer_report(composer, SEVERITY_ERROR, &mark, "YAML: %s", problem);
    return false;
}

static struct node *new_node(struct composer *composer, enum node_kind kind,
                             const yaml_event_t *event)
{
    struct node *node = mem_zero(1, sizeof *node);

    node->kind = kind;
    node->file_name = blob_ref(composer->file_name);
    node->file = blob_data(composer->file_name);
    node->line = composer->line + (unsigned)event->start_mark.line;
    node->column = (unsigned)event->start_mark.column + 1;
    return node;
}

static bool count_nodes(struct composer *composer, size_t more, const yaml_mark_t *mark)
{
    composer->count += more;
    if (composer->count <= NODE_COUNT_MAX)
        return true;
    composer_report(composer, SEVERITY_ERROR, mark,
                    "YAML: more than %d values, aliases included: make it smaller",
                    (int)NODE_COUNT_MAX);
    return false;
}

static void remember_anchor(struct composer *composer, const yaml_char_t *anchor, struct node *node)
{
    if (anchor)
        map_put(&composer->anchors, span_of((const char *)anchor), node);
}

/* Tags beyond the core schema are said and ignored. */
static void check_tag(struct composer *composer, const yaml_char_t *tag, const char *expected,
                      const yaml_mark_t *mark)
{
    if (!tag || strcmp((const char *)tag, expected) == 0)
        return;
    composer_report(composer, SEVERITY_WARNING, mark,
                    "YAML: the tag `%s` has no meaning here and is ignored: remove it",
                    (const char *)tag);
}

static bool is_core_tag(const char *tag)
{
    return strcmp(tag, YAML_NULL_TAG) == 0 || strcmp(tag, YAML_BOOL_TAG) == 0 ||
           strcmp(tag, YAML_INT_TAG) == 0 || strcmp(tag, YAML_FLOAT_TAG) == 0;
}

/* The value's text; a NUL, which only an escape can make, would cut it short. */
static char *scalar_text(struct composer *composer, const yaml_event_t *event)
{
    size_t len = event->data.scalar.length;
    char *text = mem_copy(event->data.scalar.value, len);
    bool cut = false;

    for (size_t i = 0; i < len; i++)
        if (!text[i]) {
            text[i] = ' ';
            cut = true;
        }
    if (cut)
        composer_report(composer, SEVERITY_WARNING, &event->start_mark,
                        "YAML: a NUL character in the text, read as a blank: remove it");
    return text;
}

static struct node *compose_scalar(struct composer *composer, const yaml_event_t *event)
{
    const char *tag = (const char *)event->data.scalar.tag;
    bool plain = event->data.scalar.style == YAML_PLAIN_SCALAR_STYLE;
    struct node *node = new_node(composer, NODE_STRING, event);

    node->text = scalar_text(composer, event);
    /* "!" alone: text, whatever it looks like */
    bool text_tag = tag && (strcmp(tag, YAML_STR_TAG) == 0 || strcmp(tag, "!") == 0);
    bool core_tag = tag && is_core_tag(tag);
    if (!text_tag && !core_tag)
        check_tag(composer, event->data.scalar.tag, YAML_STR_TAG, &event->start_mark);
    if ((plain && !text_tag) || core_tag)
        node->kind = scalar_resolve(span_of(node->text), &node->boolean, &node->number);
    remember_anchor(composer, event->data.scalar.anchor, node);
    return node;
}

static size_t tree_size(const struct node *node, size_t *bytes)
{
    size_t count = 1;

    *bytes += node->text ? strlen(node->text) : 0;
    for (size_t i = 0; i < node->count; i++) {
        *bytes += node->keys ? strlen(node->keys[i]) : 0;
        count += tree_size(node->items[i], bytes);
    }
    return count;
}

static unsigned tree_depth(const struct node *node)
{
    unsigned deepest = 0;

    for (size_t i = 0; i < node->count; i++) {
        unsigned depth = tree_depth(node->items[i]);
        if (depth > deepest)
            deepest = depth;
    }
    return deepest + 1;
}

static bool check_depth(struct composer *composer, unsigned depth, const yaml_mark_t *mark)
{
    if (depth < NODE_DEPTH_MAX)
        return true;
    composer_report(composer, SEVERITY_ERROR, mark,
                    "YAML: more than %d levels of lists and maps: make it flatter",
                    (int)NODE_DEPTH_MAX);
    return false;
}

static struct node *compose_alias(struct composer *composer, const yaml_event_t *event,
                                  unsigned depth)
{
    const char *name = (const char *)event->data.alias.anchor;
    const yaml_mark_t *mark = &event->start_mark;
    const struct node *target = map_get(&composer->anchors, span_of(name));

    if (!target) {
        composer_report(composer, SEVERITY_ERROR, mark,
                        "YAML: `*%s` refers to nothing before it: define `&%s` first, or put the "
                        "value in quotes",
                        name, name);
        return NULL;
    }
    if (!check_depth(composer, depth + tree_depth(target) - 1, mark) ||
        !count_nodes(composer, tree_size(target, &composer->alias_bytes), mark))
        return NULL;
    if (composer->alias_bytes > NODE_ALIAS_BYTES) {
        composer_report(composer, SEVERITY_ERROR, mark,
                        "YAML: aliases repeat more than %d bytes of text: repeat less",
                        (int)NODE_ALIAS_BYTES);
        return NULL;
    }
    struct node *copy = node_copy(target);
    copy->line = composer->line + (unsigned)mark->line;
    copy->column = (unsigned)mark->column + 1;
    return copy;
}

static struct node *compose_list(struct composer *composer, const yaml_event_t *event,
                                 unsigned depth)
{
    struct node *list = new_node(composer, NODE_LIST, event);

    check_tag(composer, event->data.sequence_start.tag, YAML_SEQ_TAG, &event->start_mark);
    remember_anchor(composer, event->data.sequence_start.anchor, NULL);
    for (;;) {
        yaml_event_t item_event;
        if (!next_event(composer, &item_event))
            break;
        bool end = item_event.type == YAML_SEQUENCE_END_EVENT;
        struct node *item = end ? NULL : compose(composer, &item_event, depth + 1);
        yaml_event_delete(&item_event);
        if (end) {
            remember_anchor(composer, event->data.sequence_start.anchor, list);
            return list;
        }
        if (!item)
            break;
        node_list_push(list, item);
    }
    node_free(list);
    return NULL;
}

/* One `key: value`, or the end (*ret_end). */
static bool compose_pair(struct composer *composer, struct map_builder *builder, unsigned depth,
                         bool *ret_end)
{
    yaml_event_t event;
    struct node *key = NULL, *value = NULL;

    if (!next_event(composer, &event))
        return false;
    *ret_end = event.type == YAML_MAPPING_END_EVENT;
    bool merge = event.type == YAML_SCALAR_EVENT &&
                 event.data.scalar.style == YAML_PLAIN_SCALAR_STYLE &&
                 strcmp((const char *)event.data.scalar.value, "<<") == 0;
    if (!*ret_end)
        key = compose(composer, &event, depth + 1);
    yaml_event_delete(&event);
    if (!key)
        return *ret_end;

    if (next_event(composer, &event)) {
        value = compose(composer, &event, depth + 1);
        yaml_event_delete(&event);
    }
    if (!value || merge)
        vec_push(&composer->retired.list, key);
    if (value && merge)
        map_builder_merge(builder, value);
    else if (value)
        map_builder_put(builder, key, value);
    return value != NULL;
}

static struct node *compose_map(struct composer *composer, const yaml_event_t *event,
                                unsigned depth)
{
    struct map_builder builder;
    struct node *map = NULL;
    bool end = false;

    map_builder_init(&builder, new_node(composer, NODE_MAP, event), &composer->retired,
                     composer->errs);
    check_tag(composer, event->data.mapping_start.tag, YAML_MAP_TAG, &event->start_mark);
    remember_anchor(composer, event->data.mapping_start.anchor, NULL);
    while (!end && compose_pair(composer, &builder, depth, &end))
        ;
    if (end) {
        map = map_builder_finish(&builder);
        remember_anchor(composer, event->data.mapping_start.anchor, map);
    }
    map_builder_release(&builder);
    return map;
}

static struct node *compose(struct composer *composer, const yaml_event_t *event, unsigned depth)
{
    if (event->type == YAML_ALIAS_EVENT)
        return compose_alias(composer, event, depth);
    if (!check_depth(composer, depth, &event->start_mark) ||
        !count_nodes(composer, 1, &event->start_mark))
        return NULL;
    if (event->type == YAML_SCALAR_EVENT)
        return compose_scalar(composer, event);
    if (event->type == YAML_SEQUENCE_START_EVENT)
        return compose_list(composer, event, depth);
    return compose_map(composer, event, depth);
}

/* The first document of the stream; NODE_NULL where there is none. */
static struct node *compose_document(struct composer *composer)
{
    struct node *root = NULL;

    for (;;) {
        yaml_event_t event;
        if (!next_event(composer, &event))
            break;
        yaml_event_type_t type = event.type;
        if (type == YAML_STREAM_END_EVENT && !root) {
            root = new_node(composer, NODE_NULL, &event);
            root->text = mem_copy_text("");
        } else if (type == YAML_DOCUMENT_START_EVENT && root) {
            composer_report(composer, SEVERITY_WARNING, &event.start_mark,
                            "YAML: a second document begins here and is ignored: remove it");
            type = YAML_STREAM_END_EVENT;
        } else if (type == YAML_SCALAR_EVENT || type == YAML_ALIAS_EVENT ||
                   type == YAML_SEQUENCE_START_EVENT || type == YAML_MAPPING_START_EVENT) {
            root = compose(composer, &event, 0);
            if (!root)
                type = YAML_STREAM_END_EVENT;
        }
        yaml_event_delete(&event);
        if (type == YAML_STREAM_END_EVENT)
            break;
    }
    if (composer->failed) {
        node_free(root);
        root = NULL;
    }
    return root;
}

static bool check_utf8(struct composer *composer, struct span text)
{
    size_t bad;

    if (utf8_valid(text, &bad))
        return true;
    yaml_mark_t mark = yaml_problem_mark(text, bad);
    composer_report(composer, SEVERITY_ERROR, &mark,
                    "YAML: byte 0x%02x is no UTF-8: save the file as UTF-8",
                    (unsigned)(unsigned char)text.data[bad]);
    return false;
}

struct node *node_parse(struct span text, const char *file, unsigned line, struct err_list *errs)
{
    struct composer composer = {.line = line, .errs = errs};
    struct node *root = NULL;

    if (span_starts_with(text, SPAN("\xef\xbb\xbf")))
        text = span_from(text, 3);
    composer.text = text;
    composer.file_name = blob_new_copy(file ? file : "", file ? strlen(file) : 0);
    if (check_utf8(&composer, text)) {
        if (!yaml_parser_initialize(&composer.parser))
            mem_exhausted();
        yaml_parser_set_encoding(&composer.parser, YAML_UTF8_ENCODING);
        /* libyaml ends the process where there is no text at all. */
        yaml_parser_set_input_string(&composer.parser,
                                     (const unsigned char *)(text.data ? text.data : ""), text.len);
        map_init(&composer.anchors);
        root = compose_document(&composer);
        map_release(&composer.anchors);
        yaml_parser_delete(&composer.parser);
    }
    vec_each (&composer.retired.list, node)
        node_free(*node);
    vec_release(&composer.retired.list);
    blob_unref(composer.file_name);
    return root;
}

void node_append_library(struct strbuf *out)
{
    strbuf_append_format(out, "libyaml %s", yaml_get_version_string());
}
