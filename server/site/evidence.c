#include "site/evidence.h"

void evidence_add(struct evidence *evidence, enum evidence_question question, struct span path,
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

void evidence_add_sources(struct evidence *evidence, const struct deck_sources *sources)
{
    vec_each (&sources->list, source)
        evidence_add(evidence, ASK_SOURCE, span_of(source->path), span_of(source->digest.text));
}

bool evidence_next(struct span *rest, enum evidence_question *ret_question, struct span *ret_path,
                   struct span *ret_answer)
{
    struct span question;

    if (!span_next_part(rest, '\0', &question) || !span_next_part(rest, '\0', ret_answer))
        return false;
    *ret_question = (enum evidence_question)question.data[0];
    *ret_path = span_from(question, 1);
    return true;
}

void evidence_release(struct evidence *evidence)
{
    strbuf_release(&evidence->text);
}
