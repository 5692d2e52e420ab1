/*
 * Any bytes as "separator NUL vertical NUL notes NUL source": slides follow one another in the
 * text and in their numbers, and a body begins its slide.
 */
#include "target.h"

#include "base/mem.h"
#include "deck/source.h"
#include "deck/split.h"

static char *cut_setting(struct span *rest)
{
    struct span part = {0};

    span_next_part(rest, '\0', &part);
    /* Settings come out of YAML, which is UTF-8. */
    for (size_t i = 0; i < part.len; i++)
        if ((unsigned char)part.data[i] >= 0x80)
            return NULL;
    return part.len > 0 ? mem_copy(part.data, part.len) : NULL;
}

static void check_order(struct span text, const struct split_slides *slides)
{
    const struct split_slide *last = NULL;

    vec_each (&slides->list, slide) {
        check(slide->text.data >= text.data &&
              slide->text.data + slide->text.len <= text.data + text.len);
        if (last) {
            bool next_stack = slide->h == last->h + 1 && slide->v == 0;
            bool same_stack = slide->h == last->h && slide->v == last->v + 1;

            check(last->text.data + last->text.len <= slide->text.data);
            check(last->line <= slide->line);
            check(next_stack || (same_stack && slide->stacked && last->stacked));
        } else {
            check(slide->h == 0 && slide->v == 0 && slide->line >= 1);
        }
        last = slide;
    }
}

static void split(const struct deck_settings *settings, struct span text, struct err_list *errs)
{
    struct splitter *splitter = splitter_new(settings, "deck.md", errs, errs);
    struct strbuf notes = STRBUF_INIT;
    struct split_slides slides = {0};
    size_t middle = text.len / 2;

    splitter_slides(splitter, text, 1, &middle, 1, &slides);
    check_order(text, &slides);
    vec_each (&slides.list, slide) {
        unsigned line = 0;
        struct span body = splitter_notes(splitter, slide->text, slide->line, &notes, &line);

        check(body.data == slide->text.data && body.len <= slide->text.len);
        check(line >= slide->line);
    }
    vec_release(&slides.list);
    strbuf_release(&notes);
    splitter_free(splitter);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct span rest = {(const char *)data, size};
    struct strbuf text = STRBUF_INIT;
    struct deck_settings settings;
    struct err_list errs;

    err_list_init(&errs);
    deck_settings_init(&settings);
    settings.separator = cut_setting(&rest);
    settings.vertical_separator = cut_setting(&rest);
    settings.notes_separator = cut_setting(&rest);
    if (source_decode(rest, NULL, "deck.md", &errs, &text) == 0)
        split(&settings, strbuf_span(&text), &errs);
    strbuf_release(&text);
    deck_settings_release(&settings);
    err_list_release(&errs);
    return 0;
}
