#include "http/fixdate.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

static const char day_names[7][10] = {"Sunday",   "Monday", "Tuesday", "Wednesday",
                                      "Thursday", "Friday", "Saturday"};
static const char month_names[12][4] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                        "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};

static const time_t time_last = 253402300799; /* 9999-12-31 23:59:59 */

void fixdate_build(time_t time, char out[FIXDATE_LEN + 1])
{
    char text[80]; /* for whatever the compiler believes the numbers could be */
    struct tm tm;

    time = time < 0 ? 0 : time > time_last ? time_last : time;
    gmtime_r(&time, &tm);
    snprintf(text, sizeof text, "%.3s, %02d %s %04d %02d:%02d:%02d GMT", day_names[tm.tm_wday],
             tm.tm_mday, month_names[tm.tm_mon], tm.tm_year + 1900, tm.tm_hour, tm.tm_min,
             tm.tm_sec);
    memcpy(out, text, FIXDATE_LEN);
    out[FIXDATE_LEN] = '\0';
}

/* Reads by a pattern: d digit, _ digit or blank, a weekday, l its long form, m month, else itself.
 */
struct reader {
    struct span text;
    size_t position;
    int numbers[6]; /* in the order of their occurrence */
    size_t number_count;
    int month;
};

static bool read_name(struct reader *reader, const char *name, size_t len)
{
    if (reader->text.len - reader->position < len ||
        memcmp(reader->text.data + reader->position, name, len) != 0)
        return false;
    reader->position += len;
    return true;
}

static bool read_weekday(struct reader *reader, bool full)
{
    for (size_t i = 0; i < 7; i++)
        if (read_name(reader, day_names[i], full ? strlen(day_names[i]) : 3))
            return true;
    return false;
}

static bool read_month(struct reader *reader)
{
    for (reader->month = 0; reader->month < 12; reader->month++)
        if (read_name(reader, month_names[reader->month], 3))
            return true;
    return false;
}

/* A run of d and _ is one number. */
static bool read_digit(struct reader *reader, bool blank_allowed, bool first)
{
    char c;

    if (reader->position == reader->text.len)
        return false;
    c = reader->text.data[reader->position++];
    if (c == ' ' && blank_allowed)
        c = '0';
    if (!isdigit((unsigned char)c))
        return false;
    if (first)
        reader->numbers[reader->number_count++] = 0;
    reader->numbers[reader->number_count - 1] *= 10;
    reader->numbers[reader->number_count - 1] += c - '0';
    return true;
}

static bool read_pattern(struct reader *reader, struct span text, const char *pattern)
{
    *reader = (struct reader){.text = text};
    for (const char *p = pattern; *p; p++) {
        bool ok;

        switch (*p) {
        case 'd':
        case '_':
            ok = read_digit(reader, *p == '_', p == pattern || (p[-1] != 'd' && p[-1] != '_'));
            break;
        case 'a':
        case 'l':
            ok = read_weekday(reader, *p == 'l');
            break;
        case 'm':
            ok = read_month(reader);
            break;
        default:
            ok = read_name(reader, p, 1);
        }
        if (!ok)
            return false;
    }
    return reader->position == text.len;
}

static int days_in_month(int month, int year)
{
    static const int days[12] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;

    return days[month] + (month == 1 && leap);
}

static bool to_time(int year, int month, int day, const int clock[3], time_t *ret_time)
{
    struct tm tm = {.tm_year = year - 1900,
                    .tm_mon = month,
                    .tm_mday = day,
                    .tm_hour = clock[0],
                    .tm_min = clock[1],
                    .tm_sec = clock[2]};

    if (day < 1 || day > days_in_month(month, year) || clock[0] > 23 || clock[1] > 59 ||
        clock[2] > 60)
        return false;
    *ret_time = timegm(&tm);
    return true;
}

/* RFC 9110 §5.6.7: two digits mean the latest such year that is not over fifty years ahead. */
static int full_year(int two_digits, time_t now)
{
    struct tm tm;
    int year;

    gmtime_r(&now, &tm);
    year = (tm.tm_year + 1900) / 100 * 100 + two_digits;
    return year > tm.tm_year + 1900 + 50 ? year - 100 : year;
}

bool fixdate_parse(struct span text, time_t now, time_t *ret_time)
{
    struct reader in;

    if (read_pattern(&in, text, "a, dd m dddd dd:dd:dd GMT"))
        return to_time(in.numbers[1], in.month, in.numbers[0], in.numbers + 2, ret_time);
    if (read_pattern(&in, text, "l, dd-m-dd dd:dd:dd GMT"))
        return to_time(full_year(in.numbers[1], now), in.month, in.numbers[0], in.numbers + 2,
                       ret_time);
    if (read_pattern(&in, text, "a m _d dd:dd:dd dddd"))
        return to_time(in.numbers[4], in.month, in.numbers[0], in.numbers + 1, ret_time);
    return false;
}
