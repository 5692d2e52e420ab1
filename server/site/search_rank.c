#include "site/search_rank.h"

#include "base/mem.h"
#include "site/search_index.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* What a column gives at most, and how much of its length is held against it. */
static const struct {
    double weight, length;
} columns[SEARCH_COLUMN_COUNT] = {
    [SEARCH_TITLE] = {15, 0},  [SEARCH_ABOUT] = {8, 0},      [SEARCH_HEADINGS] = {5, 0.75},
    [SEARCH_TEXT] = {1, 0.75}, [SEARCH_NOTES] = {0.5, 0.75},
};

/* How soon more of the same is worth little. */
static const double saturation = 1.2;

struct phrase {
    double rarity;
    unsigned counts[SEARCH_COLUMN_COUNT]; /* in the row that is looked at */
};

/* The same for all rows of a question. */
struct scales {
    double lengths[SEARCH_COLUMN_COUNT]; /* on average */
    int phrase_count;
    struct phrase phrases[];
};

static int count_row(const Fts5ExtensionApi *api, Fts5Context *fts, void *context)
{
    sqlite3_int64 *rows = context;

    (void)api;
    (void)fts;
    ++*rows;
    return SQLITE_OK;
}

static int measure(const Fts5ExtensionApi *api, Fts5Context *fts, struct scales *scales)
{
    sqlite3_int64 rows = 0;
    int result = api->xRowCount(fts, &rows);

    for (int i = 0; result == SQLITE_OK && i < SEARCH_COLUMN_COUNT; i++) {
        sqlite3_int64 words = 0;

        result = api->xColumnTotalSize(fts, i, &words);
        scales->lengths[i] = rows > 0 ? (double)words / (double)rows : 0;
    }
    for (int i = 0; result == SQLITE_OK && i < scales->phrase_count; i++) {
        sqlite3_int64 having = 0;

        result = api->xQueryPhrase(fts, i, &having, count_row);
        scales->phrases[i].rarity = log1p(((double)(rows - having) + 0.5) / ((double)having + 0.5));
    }
    return result;
}

static int get_scales(const Fts5ExtensionApi *api, Fts5Context *fts, struct scales **ret_scales)
{
    struct scales *scales = api->xGetAuxdata(fts, 0);
    int phrase_count = api->xPhraseCount(fts), result = SQLITE_OK;

    if (!scales) {
        scales = mem_zero(1, sizeof *scales + (size_t)phrase_count * sizeof *scales->phrases);
        scales->phrase_count = phrase_count;
        result = measure(api, fts, scales);
        if (result == SQLITE_OK)
            result = api->xSetAuxdata(fts, scales, free);
        else
            free(scales);
    }
    if (result == SQLITE_OK)
        *ret_scales = scales;
    return result;
}

static int count_phrases(const Fts5ExtensionApi *api, Fts5Context *fts, struct scales *scales)
{
    int count = 0, result = api->xInstCount(fts, &count);

    for (int i = 0; i < scales->phrase_count; i++)
        memset(scales->phrases[i].counts, 0, sizeof scales->phrases[i].counts);
    for (int i = 0; result == SQLITE_OK && i < count; i++) {
        int phrase, column, at;

        result = api->xInst(fts, i, &phrase, &column, &at);
        if (result == SQLITE_OK)
            scales->phrases[phrase].counts[column]++;
    }
    return result;
}

/* What the column gives for all phrases. */
static int weigh(const Fts5ExtensionApi *api, Fts5Context *fts, const struct scales *scales,
                 int column, double *worth)
{
    int words = 0, result = api->xColumnSize(fts, column, &words);
    double length = columns[column].length, average = scales->lengths[column];
    double half = saturation * (1 - length + (average > 0 ? length * words / average : 0));

    for (int i = 0; result == SQLITE_OK && i < scales->phrase_count; i++) {
        const struct phrase *phrase = &scales->phrases[i];
        double count = phrase->counts[column];

        *worth += phrase->rarity * columns[column].weight * count / (count + half);
    }
    return result;
}

static void rank(const Fts5ExtensionApi *api, Fts5Context *fts, sqlite3_context *answer, int count,
                 sqlite3_value **values)
{
    struct scales *scales;
    double worth = 0;
    int result = get_scales(api, fts, &scales);

    (void)count;
    (void)values;
    if (result == SQLITE_OK)
        result = count_phrases(api, fts, scales);
    for (int i = 0; result == SQLITE_OK && i < SEARCH_COLUMN_COUNT; i++)
        result = weigh(api, fts, scales, i, &worth);
    if (result == SQLITE_OK)
        sqlite3_result_double(answer, -worth);
    else
        sqlite3_result_error_code(answer, result);
}

int search_rank_register(fts5_api *api)
{
    return api->xCreateFunction(api, SEARCH_RANK, NULL, rank, NULL);
}
