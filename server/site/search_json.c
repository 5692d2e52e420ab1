#include "base/escape.h"
#include "site/search.h"
#include "site/search_page.h"
#include "site/site_internal.h"
#include "site/url.h"

/* `"name": "text"`, or null; with what goes before it. */
static void append_text(struct strbuf *out, const char *before, const char *name, struct span text)
{
    strbuf_append_format(out, "%s\"%s\": ", before, name);
    if (text.data)
        json_string(out, text);
    else
        strbuf_append_text(out, "null");
}

static void append_excerpt(struct strbuf *out, const struct excerpt *excerpt, const char *text,
                           const char *html)
{
    struct strbuf marked = STRBUF_INIT;

    excerpt_append_html(&marked, excerpt);
    append_text(out, ", ", text, strbuf_span(&excerpt->text));
    append_text(out, ", ", html, strbuf_span(&marked));
    strbuf_release(&marked);
}

static void append_slide(struct strbuf *out, const struct talk *talk,
                         const struct found_slide *slide)
{
    struct strbuf url = STRBUF_INIT;

    url_append_relative(&url, SPAN(""), span_of(talk->path));
    found_slide_append_fragment(&url, slide);
    strbuf_append_format(out, "{\"h\": %u, \"v\": %u", slide->h, slide->v);
    append_text(out, ", ", "url", strbuf_span(&url));
    append_excerpt(out, &slide->heading, "heading", "headingHtml");
    append_excerpt(out, &slide->text, "text", "textHtml");
    strbuf_append_format(out, ", \"notes\": %s}", slide->is_note ? "true" : "false");
    strbuf_release(&url);
}

static void append_speakers(struct strbuf *out, const struct talk *talk,
                            const struct catalog *catalog)
{
    const char *between = "";

    strbuf_append_text(out, ", \"speakers\": [");
    vec_each (&talk_deck(talk)->settings.speakers, speaker) {
        const struct catalog_group *person =
            catalog_find(catalog, CATALOG_PEOPLE, span_of(speaker->name));

        strbuf_append_text(out, between);
        json_string(out, span_of(person ? person->name : speaker->name));
        between = ", ";
    }
    strbuf_append_char(out, ']');
}

static void append_talk(struct strbuf *out, const struct found_talk *found,
                        const struct catalog *catalog)
{
    const struct deck_settings *settings = &talk_deck(found->talk)->settings;
    struct strbuf url = STRBUF_INIT;
    const char *between = "";

    url_append_relative(&url, SPAN(""), span_of(found->talk->path));
    append_text(out, "{", "title", talk_title(found->talk));
    append_text(out, ", ", "url", strbuf_span(&url));
    append_text(out, ", ", "date", span_of(settings->date));
    append_text(out, ", ", "event", span_of(settings->event));
    append_text(out, ", ", "venue", span_of(settings->venue));
    append_speakers(out, found->talk, catalog);
    strbuf_append_text(out, ", \"slides\": [");
    vec_each (&found->slides, slide) {
        strbuf_append_text(out, between);
        append_slide(out, found->talk, slide);
        between = ", ";
    }
    strbuf_append_text(out, "]}");
    strbuf_release(&url);
}

static void append_answer(struct strbuf *out, const struct site *site,
                          const struct search_request *request, const struct search_answer *answer)
{
    struct strbuf next = STRBUF_INIT;
    const char *between = "\n";

    if (answer->page < answer->pages)
        search_request_append_url(&next, "search.json", request, answer->page + 1);
    append_text(out, "{", "query", strbuf_span(&request->words));
    append_text(out, ", ", "instead",
                answer->instead.len > 0 ? strbuf_span(&answer->instead) : span_of(NULL));
    strbuf_append_format(out, ", \"allWords\": %s, \"total\": %zu, \"page\": %zu, \"pages\": %zu",
                         answer->any ? "false" : "true", answer->total, answer->page,
                         answer->pages);
    append_text(out, ", ", "next", next.len > 0 ? strbuf_span(&next) : span_of(NULL));
    strbuf_append_text(out, ", \"talks\": [");
    vec_each (&answer->talks, found) {
        strbuf_append_text(out, between);
        append_talk(out, found, &site->catalog);
        between = ",\n";
    }
    strbuf_append_text(out, "]}\n");
    strbuf_release(&next);
}

bool search_json_compute(const void *context, const struct query *query, struct computed *answer)
{
    const struct site *site = context;
    struct search_request request;
    struct search_answer found;

    search_request_read(&request, query);
    if (search_ask(&site->search, strbuf_span(&request.words), request.page, &found) == 0)
        append_answer(&answer->body, site, &request, &found);
    else
        answer->status = 503;
    search_answer_release(&found);
    search_request_release(&request);
    return true;
}
