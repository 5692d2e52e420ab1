#include "site/witness.h"

#include "base/file.h"
#include "base/names.h"

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

const struct site_file *witness_ask_file(const struct witness *witness, struct span path,
                                         struct evidence *evidence)
{
    const struct site_file *file = site_files_find(witness->files, path);
    struct strbuf answer = STRBUF_INIT;

    append_file_answer(&answer, file);
    evidence_add(evidence, ASK_FILE, path, strbuf_span(&answer));
    strbuf_release(&answer);
    return file;
}

const struct talk *witness_ask_talk(const struct witness *witness, struct span path,
                                    struct evidence *evidence)
{
    const struct talk *talk = find_talk(witness, path);

    evidence_add(evidence, ASK_TALK, path, talk_answer(talk));
    return talk;
}

void witness_ask_kin(const struct witness *witness, const struct site_file *file,
                     struct evidence *evidence, size_t *ret_first, size_t *ret_end)
{
    struct strbuf answer = STRBUF_INIT;

    append_kin_answer(&answer, witness, file, ret_first, ret_end);
    evidence_add(evidence, ASK_KIN, span_of(file->file->path), strbuf_span(&answer));
    strbuf_release(&answer);
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

bool witness_confirms(const struct witness *witness, const struct evidence *evidence)
{
    struct span rest = strbuf_span(&evidence->text), path, answer;
    enum evidence_question question;
    bool holds = true, has_source = false;

    while (holds && evidence_next(&rest, &question, &path, &answer)) {
        switch (question) {
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
