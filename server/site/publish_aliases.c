#include "site/publish_aliases.h"

#include "site/talk_page.h"
#include "site/url.h"

#include <string.h>

/* Why an alias does not lead to its talk, and how to mend it. */
static void report_alias(const struct publish *publish, const struct talk *talk,
                         const char *written, const char *why)
{
    const struct setting_origin *origin =
        deck_settings_origin(&talk_deck(talk)->settings, "aliases");

    err_add(publish->errs, SEVERITY_WARNING, origin ? origin->file : talk->file,
            origin ? origin->line : 0, 0, "the alias `%s` %s: take another path, or leave it out",
            written, why);
}

/* False where the path leads elsewhere already. */
static bool redirect_to_talk(const struct publish *publish, struct span path,
                             const struct talk *talk, const char *page)
{
    struct strbuf location = STRBUF_INIT;
    const struct resource *found;
    bool leads;

    url_append_relative(&location, span_from(path, 1), span_of(talk->path));
    strbuf_append_text(&location, page);
    routes_redirect(publish->routes, path, location.data);
    found = routes_find(publish->routes, path);
    leads = found->kind == RESOURCE_REDIRECT && strcmp(found->location, location.data) == 0;
    strbuf_release(&location);
    return leads;
}

/* "/old/path", however the author wrote it; false for what is no path of the site. */
static bool append_alias(struct strbuf *out, const char *written)
{
    strbuf_append_char(out, '/');
    return url_append_joined(out, SPAN(""), span_of(written)) && out->len > 1;
}

/* "/old/path" and "/old/path/" to the talk. */
static void publish_alias(const struct publish *publish, const struct talk *talk,
                          const char *written)
{
    struct strbuf path = STRBUF_INIT;

    if (!append_alias(&path, written)) {
        report_alias(publish, talk, written, "is no path of the site");
    } else if (!redirect_to_talk(publish, strbuf_span(&path), talk, "")) {
        report_alias(publish, talk, written, "stands for something else already");
    } else {
        strbuf_append_char(&path, '/');
        redirect_to_talk(publish, strbuf_span(&path), talk, "");
    }
    strbuf_release(&path);
}

/* "/old/path/about" to the talk's page, where the alias is the talk's. */
static void publish_alias_about(const struct publish *publish, const struct talk *talk,
                                const char *written)
{
    struct strbuf path = STRBUF_INIT;
    const char *page = talk->slideless ? "" : TALK_PAGE;

    if (append_alias(&path, written) && redirect_to_talk(publish, strbuf_span(&path), talk, "")) {
        strbuf_append_text(&path, "/" TALK_PAGE);
        redirect_to_talk(publish, strbuf_span(&path), talk, page);
        strbuf_append_char(&path, '/');
        redirect_to_talk(publish, strbuf_span(&path), talk, page);
    }
    strbuf_release(&path);
}

void publish_aliases(const struct publish *publish)
{
    const struct talks *talks = publish->talks;

    for (size_t i = 0; i < talks->count; i++)
        vec_each (&talk_deck(&talks->list[i])->settings.aliases.list, alias)
            publish_alias(publish, &talks->list[i], *alias);
    for (size_t i = 0; i < talks->count; i++) /* behind what authors wrote themselves */
        vec_each (&talk_deck(&talks->list[i])->settings.aliases.list, alias)
            publish_alias_about(publish, &talks->list[i], *alias);
}
