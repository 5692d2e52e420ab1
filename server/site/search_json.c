#include "base/json.h"
#include "site/search.h"
#include "site/search_page.h"
#include "site/url.h"

static void add_excerpt(struct json *json, const struct excerpt *excerpt, const char *text,
                        const char *html)
{
    struct strbuf marked = STRBUF_INIT;

    excerpt_append_html(&marked, excerpt);
    json_add_text(json, text, strbuf_span(&excerpt->text));
    json_add_text(json, html, strbuf_span(&marked));
    strbuf_release(&marked);
}

static void add_slide(struct json *json, const struct talk *talk, const struct found_slide *slide)
{
    struct strbuf url = STRBUF_INIT;

    url_append_relative(&url, SPAN(""), span_of(talk->path));
    found_slide_append_fragment(&url, slide);
    json_begin_object(json, NULL);
    json_add_number(json, "h", slide->h);
    json_add_number(json, "v", slide->v);
    json_add_text(json, "url", strbuf_span(&url));
    add_excerpt(json, &slide->heading, "heading", "headingHtml");
    add_excerpt(json, &slide->text, "text", "textHtml");
    json_add_flag(json, "notes", slide->is_note);
    json_end_object(json);
    strbuf_release(&url);
}

static void add_speakers(struct json *json, const struct talk *talk, const struct catalog *catalog)
{
    json_begin_list(json, "speakers");
    vec_each (&talk_deck(talk)->settings.speakers, speaker)
        json_add_text(json, NULL, catalog_byline(catalog, speaker).name);
    json_end_list(json);
}

static void add_talk(struct json *json, const struct found_talk *found,
                     const struct catalog *catalog)
{
    const struct deck_settings *settings = &talk_deck(found->talk)->settings;
    struct strbuf url = STRBUF_INIT;

    url_append_relative(&url, SPAN(""), span_of(found->talk->path));
    json_begin_object(json, NULL);
    json_add_text(json, "title", talk_title(found->talk));
    json_add_text(json, "url", strbuf_span(&url));
    json_add_known(json, "date", settings->date);
    json_add_known(json, "event", settings->event);
    json_add_known(json, "venue", settings->venue);
    add_speakers(json, found->talk, catalog);
    json_begin_list(json, "slides");
    vec_each (&found->slides, slide)
        add_slide(json, found->talk, slide);
    json_end_list(json);
    json_end_object(json);
    strbuf_release(&url);
}

static void build(struct strbuf *out, const struct search_source *source,
                  const struct search_request *request, const struct search_answer *answer)
{
    struct json json = {.out = out};
    struct strbuf next = STRBUF_INIT;

    if (answer->page < answer->pages)
        search_request_append_url(&next, "search.json", request, answer->page + 1);
    json_begin_object(&json, NULL);
    json_add_text(&json, "query", strbuf_span(&request->words));
    json_add_known(&json, "instead", answer->instead.data);
    json_add_flag(&json, "allWords", !answer->any);
    json_add_number(&json, "total", answer->total);
    json_add_number(&json, "page", answer->page);
    json_add_number(&json, "pages", answer->pages);
    json_add_known(&json, "next", next.data);
    json_begin_list(&json, "talks");
    vec_each (&answer->talks, found)
        add_talk(&json, found, source->catalog);
    json_end_list(&json);
    json_end_object(&json);
    strbuf_append_char(out, '\n');
    strbuf_release(&next);
}

bool search_json_compute(const void *context, const struct query *query, struct computed *answer)
{
    const struct search_source *source = context;
    struct search_request request;
    struct search_answer found;

    search_request_read(&request, query);
    if (search_ask(source->search, strbuf_span(&request.words), request.page, &found) == 0)
        build(&answer->body, source, &request, &found);
    else
        answer->status = 503;
    search_answer_release(&found);
    search_request_release(&request);
    return true;
}
