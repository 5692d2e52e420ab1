#include "deck/markup.h"

#include "base/ascii.h"

#include <string.h>
#include <strings.h>

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\f' || c == '\r';
}

static char peek(const struct markup *markup, size_t ahead)
{
    size_t at = markup->at + ahead;

    return at < markup->input.len ? markup->input.data[at] : '\0';
}

static bool at_end(const struct markup *markup)
{
    return markup->at >= markup->input.len;
}

static bool follows(const struct markup *markup, const char *text)
{
    struct span rest = span_from(markup->input, markup->at);
    size_t len = strlen(text);

    return rest.len >= len && strncasecmp(rest.data, text, len) == 0;
}

static void skip_blanks(struct markup *markup)
{
    while (!at_end(markup) && is_blank(peek(markup, 0)))
        markup->at++;
}

/* The text up to the mark, which is consumed too; the rest of the input if the mark is missing. */
static struct span up_to(struct markup *markup, struct span mark)
{
    struct span rest = span_from(markup->input, markup->at);
    ptrdiff_t found = span_find(rest, mark);

    if (found < 0) {
        markup->at = markup->input.len;
        return rest;
    }
    markup->at += (size_t)found + mark.len;
    return span_cut(rest, 0, (size_t)found);
}

/* After <!-- : ends at --> or --!>, and <!--> and <!---> are whole comments. */
static struct span comment(struct markup *markup)
{
    size_t start = markup->at;

    if (follows(markup, ">") || follows(markup, "->")) {
        markup->at += peek(markup, 0) == '>' ? 1 : 2;
        return span_cut(markup->input, start, start);
    }
    while (!at_end(markup)) {
        const char *dash =
            memchr(markup->input.data + markup->at, '-', markup->input.len - markup->at);

        if (!dash)
            break;
        markup->at = (size_t)(dash - markup->input.data);
        if (follows(markup, "-->") || follows(markup, "--!>")) {
            struct span text = span_cut(markup->input, start, markup->at);

            markup->at += peek(markup, 2) == '>' ? 3 : 4;
            return text;
        }
        markup->at++;
    }
    markup->at = markup->input.len;
    return span_from(markup->input, start);
}

static struct span attribute_value(struct markup *markup)
{
    char quote = peek(markup, 0);
    size_t start;

    if (quote == '"' || quote == '\'') {
        markup->at++;
        return up_to(markup, (struct span){&quote, 1});
    }
    start = markup->at;
    while (!at_end(markup) && !is_blank(peek(markup, 0)) && peek(markup, 0) != '>')
        markup->at++;
    return span_cut(markup->input, start, markup->at);
}

static bool has_attribute(const struct markup_token *token, struct span name)
{
    vec_each (&token->attributes, attribute) {
        if (attribute->name.len == name.len &&
            strncasecmp(attribute->name.data, name.data, name.len) == 0)
            return true;
    }
    return false;
}

enum { ATTRIBUTES_MAX = 100 }; /* of one tag; keeps the search for doubles linear */

static void attribute(struct markup *markup, struct markup_token *token)
{
    struct markup_attribute attribute = {0};
    size_t start = markup->at;

    if (peek(markup, 0) == '=')
        markup->at++;
    while (!at_end(markup) && !is_blank(peek(markup, 0)) && peek(markup, 0) != '=' &&
           peek(markup, 0) != '>' && peek(markup, 0) != '/')
        markup->at++;
    attribute.name = span_cut(markup->input, start, markup->at);
    skip_blanks(markup);
    if (peek(markup, 0) == '=') {
        markup->at++;
        skip_blanks(markup);
        if (peek(markup, 0) != '>')
            attribute.value = attribute_value(markup);
    }
    if (token->attributes.count < ATTRIBUTES_MAX && !has_attribute(token, attribute.name))
        vec_push(&token->attributes, attribute);
}

/* At the name of a tag. False if the input ends inside it: then there is no tag. */
static bool tag(struct markup *markup, struct markup_token *token)
{
    size_t start = markup->at;

    while (!at_end(markup) && !is_blank(peek(markup, 0)) && peek(markup, 0) != '>' &&
           peek(markup, 0) != '/')
        markup->at++;
    token->name = span_cut(markup->input, start, markup->at);
    token->self_closing = false;
    for (;;) {
        skip_blanks(markup);
        if (at_end(markup))
            return false;
        if (peek(markup, 0) == '>') {
            markup->at++;
            return true;
        }
        if (peek(markup, 0) == '/') {
            markup->at++;
            if (peek(markup, 0) == '>')
                token->self_closing = true;
            continue;
        }
        attribute(markup, token);
    }
}

static bool comment_token(struct markup_token *token, struct span text)
{
    token->kind = MARKUP_COMMENT;
    token->text = text;
    return true;
}

/* At a '<' that begins something other than text. */
static bool construct(struct markup *markup, struct markup_token *token)
{
    markup->at++;
    if (ascii_is_letter(peek(markup, 0))) {
        token->kind = MARKUP_START;
        return tag(markup, token);
    }
    if (peek(markup, 0) == '/') {
        markup->at++;
        if (ascii_is_letter(peek(markup, 0))) {
            token->kind = MARKUP_END;
            return tag(markup, token);
        }
        return comment_token(token, up_to(markup, SPAN(">")));
    }
    if (follows(markup, "!--")) {
        markup->at += 3;
        return comment_token(token, comment(markup));
    }
    if (markup->cdata && follows(markup, "![CDATA[")) {
        markup->at += 8;
        token->kind = MARKUP_TEXT;
        token->text = up_to(markup, SPAN("]]>"));
        return true;
    }
    return comment_token(token, up_to(markup, SPAN(">"))); /* <!doctype>, <?php ?> */
}

static bool begins_construct(const struct markup *markup)
{
    char next = peek(markup, 1);

    if (peek(markup, 0) != '<')
        return false;
    return ascii_is_letter(next) || next == '!' || next == '?' ||
           (next == '/' && markup->at + 2 < markup->input.len);
}

bool markup_next(struct markup *markup, struct markup_token *token)
{
    size_t start = markup->at;

    token->offset = start;
    token->attributes.count = 0;
    if (at_end(markup))
        return false;
    if (begins_construct(markup))
        return construct(markup, token);
    do {
        const char *next;

        markup->at++;
        next = at_end(markup)
                   ? NULL
                   : memchr(markup->input.data + markup->at, '<', markup->input.len - markup->at);
        markup->at = next ? (size_t)(next - markup->input.data) : markup->input.len;
    } while (!at_end(markup) && !begins_construct(markup));
    token->kind = MARKUP_TEXT;
    token->text = span_cut(markup->input, start, markup->at);
    return true;
}

void markup_token_release(struct markup_token *token)
{
    vec_release(&token->attributes);
}

/* A tag's name must be followed by a blank, a slash or the end of the tag. */
static bool follows_name(const struct markup *markup, size_t ahead, struct span name)
{
    struct span rest = span_from(markup->input, markup->at + ahead);

    if (rest.len <= name.len || strncasecmp(rest.data, name.data, name.len) != 0)
        return false;
    return is_blank(rest.data[name.len]) || rest.data[name.len] == '/' ||
           rest.data[name.len] == '>';
}

/*
 * In a script, <!-- <script> … </script> does not end the script (§13.2.5.15 to .31). `depth`: 0
 * outside of a comment, 1 inside one, 2 inside a script inside one.
 */
static int script_depth(const struct markup *markup, int depth)
{
    if (depth == 0 && follows(markup, "<!--"))
        return follows(markup, "<!-->") || follows(markup, "<!--->") ? 0 : 1;
    if (depth > 0 && follows(markup, "-->"))
        return 0;
    if (depth == 1 && peek(markup, 0) == '<' && follows_name(markup, 1, SPAN("script")))
        return 2;
    if (depth == 2 && follows(markup, "</") && follows_name(markup, 2, SPAN("script")))
        return 1;
    return depth;
}

bool markup_raw_text(struct markup *markup, struct span name, struct span *ret_text)
{
    bool script = span_is_nocase(name, "script");
    size_t start = markup->at;
    int depth = 0;

    while (!at_end(markup)) {
        if (depth < 2 && follows(markup, "</") && follows_name(markup, 2, name)) {
            struct markup_token end = {0};
            bool whole;

            *ret_text = span_cut(markup->input, start, markup->at);
            markup->at += 2;
            whole = tag(markup, &end);
            markup_token_release(&end);
            return whole;
        }
        if (script)
            depth = script_depth(markup, depth);
        markup->at++;
    }
    *ret_text = span_from(markup->input, start);
    return false;
}
