#include "conf/scalar.h"

#include "base/mem.h"

#include <math.h>
#include <stdlib.h>

static bool is_one_of(struct span text, const char *const *words)
{
    for (; *words; words++)
        if (span_is(text, *words))
            return true;
    return false;
}

static size_t count_digits(struct span text, size_t start)
{
    size_t end = start;

    while (end < text.len && text.data[end] >= '0' && text.data[end] <= '9')
        end++;
    return end - start;
}

/* [-+]? ( \. [0-9]+ | [0-9]+ ( \. [0-9]* )? ) ( [eE] [-+]? [0-9]+ )? */
static bool is_decimal(struct span text)
{
    size_t at = 0;

    if (at < text.len && (text.data[at] == '-' || text.data[at] == '+'))
        at++;
    size_t whole = count_digits(text, at);
    at += whole;
    if (at < text.len && text.data[at] == '.') {
        at++;
        size_t fraction = count_digits(text, at);
        if (!whole && !fraction)
            return false;
        at += fraction;
    } else if (!whole) {
        return false;
    }
    if (at < text.len && (text.data[at] == 'e' || text.data[at] == 'E')) {
        at++;
        if (at < text.len && (text.data[at] == '-' || text.data[at] == '+'))
            at++;
        size_t exponent = count_digits(text, at);
        if (!exponent)
            return false;
        at += exponent;
    }
    return at == text.len;
}

/* 0o17 or 0xff; no sign. */
static bool read_prefixed(struct span text, double *ret_number)
{
    if (text.len < 3 || text.data[0] != '0' || (text.data[1] != 'o' && text.data[1] != 'x'))
        return false;
    unsigned base = text.data[1] == 'o' ? 8 : 16;
    double number = 0;
    for (size_t i = 2; i < text.len; i++) {
        char c = text.data[i];
        unsigned digit = c >= '0' && c <= '9'   ? (unsigned)(c - '0')
                         : c >= 'a' && c <= 'f' ? (unsigned)(c - 'a') + 10
                         : c >= 'A' && c <= 'F' ? (unsigned)(c - 'A') + 10
                                                : 99;
        if (digit >= base)
            return false;
        number = number * base + digit;
    }
    *ret_number = number;
    return true;
}

static bool read_number(struct span text, double *ret_number)
{
    static const char *const infinite[] = {".inf", ".Inf", ".INF", "+.inf", "+.Inf", "+.INF", NULL};
    static const char *const minus_infinite[] = {"-.inf", "-.Inf", "-.INF", NULL};
    static const char *const no_number[] = {".nan", ".NaN", ".NAN", NULL};

    if (is_decimal(text)) {
        char *copy = mem_copy(text.data, text.len);
        *ret_number = strtod(copy, NULL);
        free(copy);
        return true;
    }
    if (is_one_of(text, infinite))
        *ret_number = HUGE_VAL;
    else if (is_one_of(text, minus_infinite))
        *ret_number = -HUGE_VAL;
    else if (is_one_of(text, no_number))
        *ret_number = (double)NAN;
    else
        return read_prefixed(text, ret_number);
    return true;
}

enum node_kind scalar_resolve(struct span text, bool *ret_boolean, double *ret_number)
{
    static const char *const nothing[] = {"", "~", "null", "Null", "NULL", NULL};
    static const char *const yes[] = {"true", "True", "TRUE", NULL};
    static const char *const no[] = {"false", "False", "FALSE", NULL};

    if (is_one_of(text, nothing))
        return NODE_NULL;
    if (is_one_of(text, yes)) {
        *ret_boolean = true;
        return NODE_BOOL;
    }
    if (is_one_of(text, no)) {
        *ret_boolean = false;
        return NODE_BOOL;
    }
    return read_number(text, ret_number) ? NODE_NUMBER : NODE_STRING;
}
