#include "site/search_index.h"

#include "base/mem.h"
#include "conf/nearest.h"
#include "site/search_rank.h"
#include "site/search_tokenizer.h"

#include <errno.h>
#include <pthread.h>
#include <sqlite3.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#define FIND "SELECT rowid, " SEARCH_RANK "(texts) FROM texts WHERE texts MATCH ?1 LIMIT 10000"

/* Words that begin alike, the end of the range excluded. */
#define SUGGEST "SELECT term FROM temp.vocabulary WHERE term >= ?1 AND term < ?2 LIMIT 20000"

static const char *const columns = "title, about, headings, text, notes";

/* Room that stays unused in what was often changed, before it is written anew. */
enum { SLACK = 2, SLACK_BYTES = 256 * 1024 };

/* A connection to read with. */
struct reader {
    struct reader *next;
    sqlite3 *db;
    sqlite3_stmt *find, *suggest;
};

struct search_index {
    atomic_uint references;
    unsigned char *bytes; /* SQLite's */
    sqlite3_int64 size;
    sqlite3_int64 compact; /* size when it was last written anew */
    pthread_mutex_t lock;
    struct reader *readers; /* that nobody uses */
};

struct search_writer {
    sqlite3 *db;
    sqlite3_stmt *add, *remove;
    sqlite3_int64 compact;
    int result; /* the first that was not good stays */
};

void search_text_init(struct search_text *text)
{
    for (size_t i = 0; i < SEARCH_COLUMN_COUNT; i++)
        strbuf_init(&text->columns[i]);
}

void search_text_release(struct search_text *text)
{
    for (size_t i = 0; i < SEARCH_COLUMN_COUNT; i++)
        strbuf_release(&text->columns[i]);
}

/* Teaches a connection's FTS5 what words are and which texts are better. */
static int extend(sqlite3 *db)
{
    sqlite3_stmt *statement = NULL;
    fts5_api *api = NULL;
    int result = sqlite3_prepare_v2(db, "SELECT fts5(?1)", -1, &statement, NULL);

    if (result == SQLITE_OK) {
        sqlite3_bind_pointer(statement, 1, (void *)&api, "fts5_api_ptr", NULL);
        sqlite3_step(statement);
        result = sqlite3_finalize(statement);
    }
    if (result == SQLITE_OK)
        result = api ? search_tokenizer_register(api) : SQLITE_ERROR;
    if (result == SQLITE_OK)
        result = search_rank_register(api);
    return result;
}

/* Opens a database upon these bytes. */
static int open_upon(unsigned char *bytes, sqlite3_int64 size, unsigned flags, sqlite3 **ret_db)
{
    sqlite3 *db = NULL;
    int result = sqlite3_open_v2(
        ":memory:", &db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX, NULL);

    if (result == SQLITE_OK)
        result = sqlite3_db_config(db, SQLITE_DBCONFIG_LOOKASIDE, NULL, 0, 0);
    if (result == SQLITE_OK)
        result = extend(db);
    if (result == SQLITE_OK && bytes)
        result = sqlite3_deserialize(db, "main", bytes, size, size, flags);
    if (result == SQLITE_NOMEM)
        mem_exhausted();
    *ret_db = db;
    return result;
}

static void run(struct search_writer *writer, const char *sql)
{
    if (writer->result == SQLITE_OK)
        writer->result = sqlite3_exec(writer->db, sql, NULL, NULL, NULL);
}

static void prepare(struct search_writer *writer, const char *sql, sqlite3_stmt **ret_statement)
{
    if (writer->result == SQLITE_OK)
        writer->result = sqlite3_prepare_v2(writer->db, sql, -1, ret_statement, NULL);
}

static void create_table(struct search_writer *writer)
{
    char *sql = mem_format("CREATE VIRTUAL TABLE texts USING fts5(%s, content='', "
                           "tokenize='decksd')",
                           columns);

    run(writer, sql);
    free(sql);
}

struct search_writer *search_writer_new(const struct search_index *before)
{
    struct search_writer *writer = mem_zero(1, sizeof *writer);
    unsigned char *copy = NULL;
    char *add, *remove;

    if (before) {
        copy = sqlite3_malloc64((sqlite3_uint64)before->size);
        if (copy)
            memcpy(copy, before->bytes, (size_t)before->size);
        else
            mem_exhausted();
        writer->compact = before->compact;
    }
    writer->result =
        open_upon(copy, before ? before->size : 0,
                  SQLITE_DESERIALIZE_RESIZEABLE | SQLITE_DESERIALIZE_FREEONCLOSE, &writer->db);
    /* No files, and no journal either: whatever goes wrong, the database is thrown away. */
    run(writer, "PRAGMA journal_mode = OFF; PRAGMA temp_store = MEMORY");
    if (!before)
        create_table(writer);
    add = mem_format("INSERT INTO texts(rowid, %s) VALUES(?1, ?2, ?3, ?4, ?5, ?6)", columns);
    remove = mem_format("INSERT INTO texts(texts, rowid, %s) "
                        "VALUES('delete', ?1, ?2, ?3, ?4, ?5, ?6)",
                        columns);
    prepare(writer, add, &writer->add);
    prepare(writer, remove, &writer->remove);
    run(writer, "BEGIN");
    free(add);
    free(remove);
    return writer;
}

static void change(struct search_writer *writer, sqlite3_stmt *statement, int64_t id,
                   const struct search_text *text)
{
    if (writer->result != SQLITE_OK)
        return;
    sqlite3_bind_int64(statement, 1, id);
    for (int i = 0; i < SEARCH_COLUMN_COUNT; i++)
        sqlite3_bind_text64(statement, i + 2, text->columns[i].data, text->columns[i].len,
                            SQLITE_STATIC, SQLITE_UTF8);
    sqlite3_step(statement);
    writer->result = sqlite3_reset(statement);
    sqlite3_clear_bindings(statement);
}

void search_writer_remove(struct search_writer *writer, int64_t id, const struct search_text *text)
{
    change(writer, writer->remove, id, text);
}

void search_writer_add(struct search_writer *writer, int64_t id, const struct search_text *text)
{
    change(writer, writer->add, id, text);
}

static sqlite3_int64 size_of(sqlite3 *db)
{
    sqlite3_int64 size = 0;

    sqlite3_serialize(db, "main", &size, SQLITE_SERIALIZE_NOCOPY);
    return size;
}

/* Closes gaps where there are too many. */
static void make_compact(struct search_writer *writer)
{
    if (writer->compact > 0 && size_of(writer->db) <= SLACK * writer->compact + SLACK_BYTES)
        return;
    run(writer, "INSERT INTO texts(texts) VALUES('optimize')");
    run(writer, "VACUUM");
    writer->compact = 0;
}

int search_writer_finish(struct search_writer *writer, struct search_index **ret_index,
                         struct strbuf *ret_why)
{
    struct search_index *index = NULL;
    unsigned char *bytes = NULL;
    sqlite3_int64 size = 0;

    run(writer, "COMMIT");
    sqlite3_finalize(writer->add);
    sqlite3_finalize(writer->remove);
    make_compact(writer);
    if (writer->result == SQLITE_OK) {
        bytes = sqlite3_serialize(writer->db, "main", &size, 0);
        if (!bytes)
            writer->result = SQLITE_NOMEM;
    }
    if (writer->result == SQLITE_NOMEM)
        mem_exhausted();
    if (bytes) {
        index = mem_zero(1, sizeof *index);
        atomic_init(&index->references, 1);
        pthread_mutex_init(&index->lock, NULL);
        index->bytes = bytes;
        index->size = size;
        index->compact = writer->compact ? writer->compact : size;
        *ret_index = index;
    } else {
        strbuf_append_text(ret_why, sqlite3_errmsg(writer->db));
    }
    sqlite3_close(writer->db);
    free(writer);
    return index ? 0 : -EIO;
}

static void reader_free(struct reader *reader)
{
    sqlite3_finalize(reader->find);
    sqlite3_finalize(reader->suggest);
    sqlite3_close(reader->db);
    free(reader);
}

struct search_index *search_index_ref(struct search_index *index)
{
    atomic_fetch_add_explicit(&index->references, 1, memory_order_relaxed);
    return index;
}

void search_index_unref(struct search_index *index)
{
    if (!index || atomic_fetch_sub_explicit(&index->references, 1, memory_order_acq_rel) > 1)
        return;
    while (index->readers) {
        struct reader *reader = index->readers;

        index->readers = reader->next;
        reader_free(reader);
    }
    pthread_mutex_destroy(&index->lock);
    sqlite3_free(index->bytes);
    free(index);
}

size_t search_index_bytes(const struct search_index *index)
{
    return (size_t)index->size;
}

uint64_t search_index_memory(void)
{
    return (uint64_t)sqlite3_memory_used();
}

/* Pages are read where they lie: nothing is copied into a cache. */
static struct reader *reader_new(const struct search_index *index)
{
    struct reader *reader = mem_zero(1, sizeof *reader);
    int result = open_upon(index->bytes, index->size, SQLITE_DESERIALIZE_READONLY, &reader->db);

    if (result == SQLITE_OK)
        result = sqlite3_exec(reader->db,
                              "PRAGMA mmap_size = 1073741824; PRAGMA temp_store = MEMORY;"
                              "CREATE VIRTUAL TABLE temp.vocabulary USING "
                              "fts5vocab(main, texts, row)",
                              NULL, NULL, NULL);
    if (result == SQLITE_OK)
        result = sqlite3_prepare_v2(reader->db, FIND, -1, &reader->find, NULL);
    if (result == SQLITE_OK)
        result = sqlite3_prepare_v2(reader->db, SUGGEST, -1, &reader->suggest, NULL);
    if (result == SQLITE_OK)
        return reader;
    reader_free(reader);
    return NULL;
}

static struct reader *reader_take(struct search_index *index)
{
    struct reader *reader;

    pthread_mutex_lock(&index->lock);
    reader = index->readers;
    if (reader)
        index->readers = reader->next;
    pthread_mutex_unlock(&index->lock);
    return reader ? reader : reader_new(index);
}

static void reader_give(struct search_index *index, struct reader *reader)
{
    pthread_mutex_lock(&index->lock);
    reader->next = index->readers;
    index->readers = reader;
    pthread_mutex_unlock(&index->lock);
}

int search_index_find(struct search_index *index, const char *expression,
                      struct search_hits *ret_hits)
{
    struct reader *reader = reader_take(index);
    int result;

    if (!reader)
        return -EIO;
    sqlite3_bind_text(reader->find, 1, expression, -1, SQLITE_STATIC);
    while (sqlite3_step(reader->find) == SQLITE_ROW) {
        struct search_hit hit = {.id = sqlite3_column_int64(reader->find, 0),
                                 .rank = sqlite3_column_double(reader->find, 1)};

        vec_push(&ret_hits->list, hit);
    }
    result = sqlite3_reset(reader->find);
    sqlite3_clear_bindings(reader->find);
    reader_give(index, reader);
    return result == SQLITE_OK ? 0 : -EIO;
}

/* The first letter is seldom the wrong one; what begins with it is looked through. */
static void bind_neighbours(sqlite3_stmt *statement, struct span word, struct strbuf *end)
{
    size_t letter = 1;

    while (letter < word.len && ((unsigned char)word.data[letter] & 0xc0) == 0x80)
        letter++;
    strbuf_append(end, word.data, letter);
    end->data[letter - 1]++; /* UTF-8 never uses the byte's last value */
    sqlite3_bind_text(statement, 1, word.data, (int)letter, SQLITE_STATIC);
    sqlite3_bind_text(statement, 2, end->data, (int)end->len, SQLITE_STATIC);
}

bool search_index_suggest(struct search_index *index, struct span word, struct strbuf *ret_word)
{
    struct reader *reader = word.len > 0 ? reader_take(index) : NULL;
    struct strbuf end = STRBUF_INIT;
    struct nearest nearest;
    char *text;
    bool found = false;

    if (!reader)
        return false;
    text = mem_copy(word.data, word.len);
    nearest_init(&nearest, text);
    bind_neighbours(reader->suggest, word, &end);
    while (sqlite3_step(reader->suggest) == SQLITE_ROW) {
        const char *term = (const char *)sqlite3_column_text(reader->suggest, 0);
        size_t before = nearest.distance;

        nearest_offer(&nearest, term);
        if (nearest.distance == before)
            continue;
        strbuf_reset(ret_word); /* the term itself is gone with the next row */
        strbuf_append_text(ret_word, term);
        found = true;
    }
    sqlite3_reset(reader->suggest);
    sqlite3_clear_bindings(reader->suggest);
    reader_give(index, reader);
    strbuf_release(&end);
    free(text);
    return found;
}
