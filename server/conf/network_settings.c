#include "conf/network_settings.h"

#include "base/mem.h"

#include <ctype.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

void proxy_list_release(struct proxy_list *proxies)
{
    vec_release(&proxies->networks);
    proxies->unix_sockets = false;
}

bool read_proxies(void *place, const char *text)
{
    static const char separators[] = ", \t";
    struct proxy_list *list = place, proxies = {.unix_sockets = false};

    for (text += strspn(text, separators); *text; text += strspn(text, separators)) {
        struct span word = {text, strcspn(text, separators)};
        struct ip_network network;

        text += word.len;
        if (span_is(word, "unix")) {
            proxies.unix_sockets = true;
        } else if (ip_network_parse(word, &network)) {
            vec_push(&proxies.networks, network);
        } else {
            proxy_list_release(&proxies);
            return false;
        }
    }
    proxy_list_release(list);
    *list = proxies;
    return true;
}

/* Only what means itself in any URL, so that nobody along the way writes it differently. */
static bool is_path_char(char c)
{
    return isalnum((unsigned char)c) || (c && strchr("-._~", c));
}

bool read_base_path(void *place, const char *text)
{
    struct span path = span_of(text), rest, segment;
    char **field = place;

    if (path.len == 0 || path.data[0] != '/')
        return false;
    while (path.len > 0 && path.data[path.len - 1] == '/')
        path.len--;
    rest = span_from(path, 1);
    while (span_next_part(&rest, '/', &segment)) {
        if (segment.len == 0 || span_is(segment, ".") || span_is(segment, ".."))
            return false;
        for (size_t i = 0; i < segment.len; i++)
            if (!is_path_char(segment.data[i]))
                return false;
    }
    free(*field);
    *field = mem_copy(path.data, path.len);
    return true;
}

bool read_age(void *place, const char *text)
{
    static const struct {
        const char *name;
        unsigned long long seconds;
    } units[] = {{"", 1}, {"s", 1}, {"h", 3600}, {"d", 86400}, {"w", 604800}, {"y", 31536000}};
    unsigned long long number;
    char *end;

    if (!isdigit((unsigned char)*text) || strlen(text) > 12)
        return false;
    number = strtoull(text, &end, 10);
    for (size_t i = 0; i < sizeof units / sizeof *units; i++)
        if (strcmp(end, units[i].name) == 0 && number <= INT_MAX / units[i].seconds) {
            *(unsigned *)place = (unsigned)(number * units[i].seconds);
            return true;
        }
    return false;
}
