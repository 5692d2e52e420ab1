#include "conf/site_value.h"

#include "base/mem.h"

#include <errno.h>
#include <limits.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

bool read_string(void *place, const char *text)
{
    char **field = place;

    if (!*text)
        return false;
    free(*field);
    *field = mem_copy_text(text);
    return true;
}

/* Decimal digits only; *ret_rest is what follows them. */
static bool read_digits(const char *text, unsigned long long most, unsigned long long *ret_number,
                        const char **ret_rest)
{
    char *end;

    if (*text < '0' || *text > '9')
        return false;
    errno = 0;
    unsigned long long number = strtoull(text, &end, 10);
    if (errno || number > most)
        return false;
    *ret_number = number;
    *ret_rest = end;
    return true;
}

static bool read_number(void *place, const char *text, unsigned most)
{
    unsigned long long number;
    const char *rest;

    if (!read_digits(text, most, &number, &rest) || *rest)
        return false;
    *(unsigned *)place = (unsigned)number;
    return true;
}

bool read_port(void *place, const char *text)
{
    return read_number(place, text, 65535);
}

bool read_threads(void *place, const char *text)
{
    return read_number(place, text, 1024);
}

bool read_connections(void *place, const char *text)
{
    unsigned number;

    if (!read_number(&number, text, 1000000) || number < 16)
        return false;
    *(unsigned *)place = number;
    return true;
}

bool read_count(void *place, const char *text)
{
    return read_number(place, text, 1000000000);
}

bool read_seconds(void *place, const char *text)
{
    unsigned number;

    if (!read_number(&number, text, 86400) || number == 0)
        return false;
    *(unsigned *)place = number;
    return true;
}

bool read_size(void *place, const char *text)
{
    static const struct {
        const char *name;
        unsigned shift;
    } units[] = {{"", 0},   {"B", 0},  {"KiB", 10}, {"MiB", 20}, {"GiB", 30}, {"K", 10},
                 {"M", 20}, {"G", 30}, {"k", 10},   {"m", 20},   {"g", 30}};
    unsigned long long number;
    const char *rest;

    if (!read_digits(text, SIZE_MAX, &number, &rest) || !number)
        return false;
    while (*rest == ' ')
        rest++;
    for (size_t i = 0; i < sizeof units / sizeof *units; i++)
        if (strcmp(rest, units[i].name) == 0 &&
            number <= ((unsigned long long)SSIZE_MAX >> units[i].shift)) {
            *(size_t *)place = (size_t)(number << units[i].shift);
            return true;
        }
    return false;
}

/* What libmicrohttpd still works with, and what one client may have of our memory. */
bool read_header_size(void *place, const char *text)
{
    size_t size;

    if (!read_size(&size, text) || size < ((size_t)3 << 10) || size > ((size_t)1 << 20))
        return false;
    *(size_t *)place = size;
    return true;
}

/* The position of the text among the names, into an enum. */
static bool read_name(void *place, const char *text, const char *const *names, int count)
{
    for (int i = 0; i < count; i++)
        if (strcmp(text, names[i]) == 0) {
            *(unsigned *)place = (unsigned)i; /* what gcc and clang make of an enum */
            return true;
        }
    return false;
}

bool read_verbosity(void *place, const char *text)
{
    static const char *const names[] = {"quiet", "normal", "verbose"};

    return read_name(place, text, names, 3);
}

bool read_log_format(void *place, const char *text)
{
    static const char *const names[] = {"combined", "json"};

    return read_name(place, text, names, 2);
}

bool read_log_style(void *place, const char *text)
{
    static const char *const names[] = {"auto", "text", "logfmt", "json"};

    return read_name(place, text, names, 4);
}

bool read_audience(void *place, const char *text)
{
    static const char *const names[] = {"off", "loopback", "all"};

    return read_name(place, text, names, 3);
}

bool read_switch(void *place, const char *text)
{
    bool is_on = strcmp(text, "true") == 0;

    if (!is_on && strcmp(text, "false") != 0)
        return false;
    *(bool *)place = is_on;
    return true;
}
