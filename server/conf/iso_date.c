#include "conf/iso_date.h"

#include "base/mem.h"

/* Exactly `digits` digits at the start of *rest. */
static bool take_number(struct span *rest, size_t digits, unsigned *ret_number)
{
    unsigned number = 0;

    if (rest->len < digits)
        return false;
    for (size_t i = 0; i < digits; i++) {
        if (rest->data[i] < '0' || rest->data[i] > '9')
            return false;
        number = number * 10 + (unsigned)(rest->data[i] - '0');
    }
    *rest = span_from(*rest, digits);
    *ret_number = number;
    return true;
}

static bool take_char(struct span *rest, char c)
{
    if (!rest->len || rest->data[0] != c)
        return false;
    *rest = span_from(*rest, 1);
    return true;
}

static unsigned days_in(unsigned year, unsigned month)
{
    static const unsigned days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;

    return month == 2 && leap ? 29 : days[month - 1];
}

/* Behind a full date: `T` or blanks, then hh:mm and whatever makes it more exact. */
static bool is_time(struct span rest)
{
    unsigned hour, minute;

    if (!take_char(&rest, 'T') && !take_char(&rest, 't') && !take_char(&rest, ' '))
        return false;
    rest = span_trim(rest);
    if (!take_number(&rest, 2, &hour) || !take_char(&rest, ':') || !take_number(&rest, 2, &minute))
        return false;
    for (size_t i = 0; i < rest.len; i++) {
        char c = rest.data[i];
        if (!(c >= '0' && c <= '9') && c != ':' && c != '.' && c != '+' && c != '-' && c != 'Z' &&
            c != 'z' && c != ' ')
            return false;
    }
    return hour < 24 && minute < 60;
}

bool iso_date_parse(struct span text, struct iso_date *ret_date)
{
    struct span rest = span_trim(text);
    struct iso_date date = {0};

    if (!take_number(&rest, 4, &date.year) || date.year == 0)
        return false;
    if (rest.len) {
        if (!take_char(&rest, '-') || !take_number(&rest, 2, &date.month) || date.month < 1 ||
            date.month > 12)
            return false;
    }
    if (rest.len) {
        if (!take_char(&rest, '-') || !take_number(&rest, 2, &date.day) || date.day < 1 ||
            date.day > days_in(date.year, date.month))
            return false;
    }
    if (rest.len && !is_time(rest))
        return false;
    *ret_date = date;
    return true;
}

char *iso_date_build(const struct iso_date *date)
{
    if (!date->month)
        return mem_format("%04u", date->year);
    if (!date->day)
        return mem_format("%04u-%02u", date->year, date->month);
    return mem_format("%04u-%02u-%02u", date->year, date->month, date->day);
}

time_t iso_date_start(const struct iso_date *date)
{
    struct tm start = {
        .tm_year = (int)date->year - 1900,
        .tm_mon = date->month ? (int)date->month - 1 : 0,
        .tm_mday = date->day ? (int)date->day : 1,
    };

    return timegm(&start);
}
