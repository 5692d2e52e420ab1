#include "site/evidence.h"

#include "base/file.h"
#include "base/names.h"
#include "site/talk.h"

#include <stdlib.h>
#include <string.h>

/* The first character of a question. */
enum question { ASK_FILE = 'f', ASK_TALK = 't', ASK_SOURCE = 's', ASK_KIN = 'k' };

static void add(struct evidence *evidence, enum question question, struct span path,
                struct span answer)
{
    if (span_find_char(path, '\0') >= 0)
        return; /* no name of anything, now or later */
    strbuf_append_char(&evidence->text, (char)question);
    strbuf_append_span(&evidence->text, path);
    strbuf_append_char(&evidence->text, '\0');
    strbuf_append_span(&evidence->text, answer);
    strbuf_append_char(&evidence->text, '\0');
}

/* Which version of the file, and what it is called, as it may be found by another spelling. */
static void append_file_answer(struct strbuf *out, const struct site_file *file)
{
    if (file)
        strbuf_append_format(out, "%s %s", file->digest.text, file->file->path);
}

static bool file_is(const struct site_file *file, struct span answer)
{
    struct strbuf now = STRBUF_INIT;
    bool same;

    append_file_answer(&now, file);
    same = span_equal(strbuf_span(&now), answer);
    strbuf_release(&now);
    return same;
}

static void append_kin_answer(struct strbuf *out, const struct witness *witness,
                              const struct site_file *file, size_t *ret_first, size_t *ret_end)
{
    site_files_find_kin(witness->files, file, ret_first, ret_end);
    for (size_t i = *ret_first; i < *ret_end; i++) {
        append_file_answer(out, &witness->files->list[i]);
        strbuf_append_char(out, '/');
    }
}

static bool kin_is(const struct witness *witness, struct span path, struct span answer)
{
    const struct site_file *file = site_files_find(witness->files, path);
    struct strbuf now = STRBUF_INIT;
    size_t first, end;
    bool same;

    if (file)
        append_kin_answer(&now, witness, file, &first, &end);
    same = span_equal(strbuf_span(&now), answer);
    strbuf_release(&now);
    return same;
}

static struct span talk_answer(const struct talk *talk)
{
    if (!talk)
        return span_of(NULL);
    return *talk->path ? span_of(talk->path) : SPAN("."); /* a deck at the root is an answer too */
}

static const struct talk *find_talk(const struct witness *witness, struct span path)
{
    const struct talk *talk;

    while (path.len > 0 && path.data[path.len - 1] == '/')
        path.len--;
    talk = map_get(witness->talks, path);
    return talk ? talk : names_get(witness->composed_talks, path);
}

const struct site_file *evidence_ask_file(struct evidence *evidence, const struct witness *witness,
                                          struct span path)
{
    const struct site_file *file = site_files_find(witness->files, path);
    struct strbuf answer = STRBUF_INIT;

    append_file_answer(&answer, file);
    add(evidence, ASK_FILE, path, strbuf_span(&answer));
    strbuf_release(&answer);
    return file;
}

const struct talk *evidence_ask_talk(struct evidence *evidence, const struct witness *witness,
                                     struct span path)
{
    const struct talk *talk = find_talk(witness, path);

    add(evidence, ASK_TALK, path, talk_answer(talk));
    return talk;
}

void evidence_ask_kin(struct evidence *evidence, const struct witness *witness,
                      const struct site_file *file, size_t *ret_first, size_t *ret_end)
{
    struct strbuf answer = STRBUF_INIT;

    append_kin_answer(&answer, witness, file, ret_first, ret_end);
    add(evidence, ASK_KIN, span_of(file->file->path), strbuf_span(&answer));
    strbuf_release(&answer);
}

void evidence_add_sources(struct evidence *evidence, const struct deck_sources *sources)
{
    vec_each (&sources->list, source)
        add(evidence, ASK_SOURCE, span_of(source->path), span_of(source->digest.text));
}

/* A source may lie where nothing is served, in a directory that begins with "_". */
static bool source_is(const struct witness *witness, struct span path, struct span answer)
{
    const struct site_file *file = site_files_find(witness->files, path);
    struct strbuf bytes = STRBUF_INIT;
    struct digest digest = {0};

    if (answer.len == 0)
        return false;
    if (file)
        return span_is(answer, file->digest.text);
    if (file_read_beneath(witness->root, path.data, witness->limit, &bytes) == 0)
        digest = digest_bytes(strbuf_span(&bytes));
    strbuf_release(&bytes);
    return span_is(answer, digest.text);
}

bool evidence_holds(const struct evidence *evidence, const struct witness *witness)
{
    struct span rest = strbuf_span(&evidence->text), question, answer;
    bool holds = true, has_source = false;

    while (holds && rest.len > 0) {
        span_next_part(&rest, '\0', &question);
        span_next_part(&rest, '\0', &answer);
        struct span path = span_from(question, 1);

        switch ((enum question)question.data[0]) {
        case ASK_FILE:
            holds = file_is(site_files_find(witness->files, path), answer);
            break;
        case ASK_TALK:
            holds = span_equal(answer, talk_answer(find_talk(witness, path)));
            break;
        case ASK_KIN:
            holds = kin_is(witness, path, answer);
            break;
        case ASK_SOURCE:
            holds = source_is(witness, path, answer);
            has_source = true;
            break;
        }
    }
    return holds && has_source;
}

void evidence_release(struct evidence *evidence)
{
    strbuf_release(&evidence->text);
}
