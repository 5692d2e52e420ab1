#include "site/rendering.h"

#include "base/mem.h"

#include <stdlib.h>

struct rendering *rendering_new(struct digest basis)
{
    struct rendering *rendering = mem_zero(1, sizeof *rendering);

    atomic_init(&rendering->references, 1);
    rendering->basis = basis;
    err_list_init(&rendering->problems);
    strbuf_init(&rendering->evidence.text);
    return rendering;
}

struct rendering *rendering_ref(struct rendering *rendering)
{
    atomic_fetch_add_explicit(&rendering->references, 1, memory_order_relaxed);
    return rendering;
}

void rendering_unref(struct rendering *rendering)
{
    if (!rendering ||
        atomic_fetch_sub_explicit(&rendering->references, 1, memory_order_acq_rel) > 1)
        return;
    deck_free(rendering->deck);
    page_release(&rendering->page);
    cover_release(&rendering->cover);
    free(rendering->policy);
    page_release(&rendering->about);
    free(rendering->about_policy);
    vec_each (&rendering->pdfs.list, pdf)
        free(*pdf);
    vec_release(&rendering->pdfs.list);
    err_list_release(&rendering->problems);
    evidence_release(&rendering->evidence);
    free(rendering);
}

void rendering_read_slides(const struct rendering *rendering, struct slide_list *slides)
{
    bool is_own = rendering->deck->whole_page;
    struct drawn drawn = drawn_of(rendering->deck);

    if (rendering->slide_count == 0)
        return;
    slides_read_back(slides,
                     is_own ? deck_sections(rendering->deck)
                            : blob_span(rendering->page.forms[CODING_IDENTITY]),
                     &drawn);
    if (is_own)
        vec_each (&slides->list, slide)
            *slide->id = '\0'; /* ours, which the author's page does not know */
}

void rendering_depend(struct rendering *rendering, time_t modified)
{
    if (modified > rendering->written)
        rendering->written = modified;
    rendering_depend_program(rendering, modified);
}

void rendering_depend_program(struct rendering *rendering, time_t modified)
{
    if (modified > rendering->modified)
        rendering->modified = modified;
}
