#include "site/summary.h"

#include "site/count.h"

void summary_append_size(struct strbuf *out, const struct site *site)
{
    count_append(out, site_deck_count(site), "deck");
    strbuf_append_text(out, ", ");
    count_append(out, site_slide_count(site), "slide");
}

bool summary_append_check(struct strbuf *out, const struct site *site)
{
    static const char *const names[] = {
        [SEVERITY_ERROR] = "error", [SEVERITY_WARNING] = "warning", [SEVERITY_NOTE] = "note"};
    const struct err_list *problems = site_problems(site);
    size_t counts[SEVERITY_NOTE + 1] = {0};

    vec_each (&problems->list, err) {
        counts[err->severity]++;
        err_append_line(out, err);
        strbuf_append_char(out, '\n');
    }
    summary_append_size(out, site);
    for (int i = SEVERITY_ERROR; i <= SEVERITY_NOTE; i++) {
        strbuf_append_text(out, i ? ", " : ": ");
        count_append(out, counts[i], names[i]);
    }
    if (problems->dropped)
        strbuf_append_format(out, ", %zu more problems not shown", problems->dropped);
    strbuf_append_char(out, '\n');
    return !counts[SEVERITY_ERROR] && !counts[SEVERITY_WARNING] && !problems->dropped;
}
