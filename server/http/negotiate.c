#include "http/negotiate.h"

#include <ctype.h>

enum { WEIGHT_UNSAID = -1, WEIGHT_MAX = 1000 };

/* "0", "0.5", "1.000": thousandths; WEIGHT_UNSAID for anything else (RFC 9110 §12.4.2). */
static int weight_parse(struct span text)
{
    int weight, unit = 100;

    if (text.len == 0 || text.len > 5 || (text.data[0] != '0' && text.data[0] != '1') ||
        (text.len > 1 && text.data[1] != '.'))
        return WEIGHT_UNSAID;
    weight = (text.data[0] - '0') * WEIGHT_MAX;
    for (size_t i = 2; i < text.len; i++, unit /= 10) {
        if (!isdigit((unsigned char)text.data[i]))
            return WEIGHT_UNSAID;
        weight += (text.data[i] - '0') * unit;
    }
    return weight <= WEIGHT_MAX ? weight : WEIGHT_UNSAID;
}

/* Takes a list element apart: name;parameter=…;q=0.5. The weight is WEIGHT_UNSAID if malformed. */
static struct span element_parse(struct span element, int *ret_weight)
{
    struct span rest = element, name, parameter;
    int weight = WEIGHT_MAX;

    if (!span_next_part(&rest, ';', &name))
        name = element;
    while (span_next_part(&rest, ';', &parameter)) {
        ptrdiff_t equals = span_find_char(parameter, '=');

        if (equals >= 0 && span_is_nocase(span_trim(span_cut(parameter, 0, (size_t)equals)), "q"))
            weight = weight_parse(span_trim(span_from(parameter, (size_t)equals + 1)));
        else if (span_is_nocase(span_trim(parameter), "q"))
            weight = WEIGHT_UNSAID;
    }
    *ret_weight = weight;
    return span_trim(name);
}

static int coding_find(struct span name)
{
    for (int coding = 0; coding < CODING_COUNT; coding++)
        if (span_is_nocase(name, coding_name((enum coding)coding)))
            return coding;
    return span_is_nocase(name, "x-gzip") ? CODING_GZIP : -1; /* RFC 9110 §8.4.1.3 */
}

static int higher(int a, int b)
{
    return a > b ? a : b;
}

bool negotiate_coding(const struct fields *fields, const size_t sizes[CODING_COUNT],
                      enum coding *ret_coding)
{
    int weights[CODING_COUNT], any = WEIGHT_UNSAID, best = 0;
    enum coding chosen = CODING_IDENTITY;
    struct span line, element;
    size_t position = 0;

    if (!fields_has(fields, FIELD_ACCEPT_ENCODING)) {
        *ret_coding = CODING_IDENTITY;
        return sizes[CODING_IDENTITY] != NEGOTIATE_ABSENT;
    }
    for (int coding = 0; coding < CODING_COUNT; coding++)
        weights[coding] = WEIGHT_UNSAID;
    while (fields_next(fields, FIELD_ACCEPT_ENCODING, &position, &line))
        while (fields_next_element(&line, &element)) {
            int weight, coding;
            struct span name = element_parse(element, &weight);

            if (span_equal(name, SPAN("*")))
                any = higher(any, weight);
            else if ((coding = coding_find(name)) >= 0)
                weights[coding] = higher(weights[coding], weight);
        }
    for (int coding = 0; coding < CODING_COUNT; coding++) {
        int weight = weights[coding] != WEIGHT_UNSAID ? weights[coding] : any;

        if (sizes[coding] == NEGOTIATE_ABSENT)
            continue;
        /* Doubled to leave room for identity below all that was asked for. */
        weight *= 2;
        if (coding == CODING_IDENTITY && weight < 0)
            weight = 1;
        if (weight > best || (weight == best && best > 0 && sizes[coding] < sizes[chosen])) {
            best = weight;
            chosen = (enum coding)coding;
        }
    }
    if (best == 0)
        return false;
    *ret_coding = chosen;
    return true;
}

bool negotiate_html(const struct fields *fields)
{
    int specificity = -1, best = 0;
    struct span line, element;
    size_t position = 0;

    if (!fields_has(fields, FIELD_ACCEPT))
        return true;
    while (fields_next(fields, FIELD_ACCEPT, &position, &line))
        while (fields_next_element(&line, &element)) {
            int weight, rank;
            struct span name = element_parse(element, &weight);

            if (span_is_nocase(name, "text/html"))
                rank = 2;
            else if (span_is_nocase(name, "text/*"))
                rank = 1;
            else if (span_equal(name, SPAN("*/*")))
                rank = 0;
            else
                continue;
            if (weight != WEIGHT_UNSAID && rank >= specificity) {
                best = rank > specificity ? weight : higher(best, weight);
                specificity = rank;
            }
        }
    return best > 0;
}
