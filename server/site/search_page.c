#include "site/search_page.h"

#include "base/escape.h"
#include "site/count.h"
#include "site/csp.h"
#include "site/language.h"
#include "site/search.h"
#include "site/talk_item.h"
#include "site/url.h"

enum { PAGE_MAX = 100000 };

static const char own_path[] = "search";

static const char advice[] =
    "<p>A word that is only begun will do, and accents and capitals make no difference. Words "
    "within \"quotation marks\" are found side by side.</p>\n";

/* A number of page; 1 for what is none. */
static size_t read_page(struct span text)
{
    size_t page = 0;

    for (size_t i = 0; i < text.len && page < PAGE_MAX; i++) {
        if (text.data[i] < '0' || text.data[i] > '9')
            return 1;
        page = page * 10 + (size_t)(text.data[i] - '0');
    }
    return page > 0 ? page : 1;
}

void search_request_read(struct search_request *request, const struct query *query)
{
    struct span words = SPAN(""), page = SPAN("1");

    query_value(query, "q", &words);
    query_value(query, "page", &page);
    strbuf_init(&request->words);
    strbuf_append_span(&request->words, span_trim(words));
    for (size_t i = 0; i < request->words.len; i++)
        if ((unsigned char)request->words.data[i] < ' ' || request->words.data[i] == '\x7f')
            request->words.data[i] = ' ';
    request->page = read_page(page);
}

void search_request_release(struct search_request *request)
{
    strbuf_release(&request->words);
}

void search_request_append_url(struct strbuf *out, const char *target,
                               const struct search_request *request, size_t page)
{
    strbuf_append_format(out, "%s?q=", target);
    url_query(out, strbuf_span(&request->words));
    if (page > 1)
        strbuf_append_format(out, "&page=%zu", page);
}

static void append_form(struct strbuf *out, struct span words)
{
    strbuf_append_format(out,
                         "<form class=\"filter\" role=\"search\" aria-label=\"Talks and slides\" "
                         "action=\"%s\">\n<input type=\"search\" name=\"q\" dir=\"auto\" "
                         "aria-label=\"Words of titles, names and slides\" value=\"",
                         own_path);
    html_attr(out, words);
    strbuf_append_text(out, "\">\n<button>Search</button>\n</form>\n");
}

static void append_slide(struct strbuf *out, const struct talk *talk,
                         const struct found_slide *slide)
{
    struct strbuf url = STRBUF_INIT;

    url_append_relative(&url, span_of(own_path), span_of(talk->path));
    found_slide_append_fragment(&url, slide);
    strbuf_append_text(out, "<li><p class=\"found-slide\"><a href=\"");
    html_attr(out, strbuf_span(&url));
    strbuf_append_text(out, "\">");
    if (slide->heading.text.len > 0)
        excerpt_append_html(out, &slide->heading);
    else
        strbuf_append_format(out, "<span lang=\"en\" dir=\"ltr\">Slide %u</span>", slide->h + 1);
    strbuf_append_text(out, "</a></p>\n");
    if (slide->text.text.len > 0) {
        strbuf_append_text(out, "<p class=\"found-text\">");
        if (slide->is_note)
            strbuf_append_text(out, "<span lang=\"en\" dir=\"ltr\">Notes:</span> ");
        excerpt_append_html(out, &slide->text);
        strbuf_append_text(out, "</p>");
    }
    strbuf_append_text(out, "</li>\n");
    strbuf_release(&url);
}

static void append_talk(struct strbuf *out, const struct talk_frame *frame,
                        const struct found_talk *found)
{
    struct strbuf slides = STRBUF_INIT;

    if (found->slides.count > 0) {
        strbuf_append_text(&slides, "<ul class=\"found-slides\"");
        language_append_attributes(&slides, talk_deck(found->talk)->settings.lang);
        strbuf_append_text(&slides, ">\n");
        vec_each (&found->slides, slide)
            append_slide(&slides, found->talk, slide);
        strbuf_append_text(&slides, "</ul>\n");
    }
    talk_item_append(out, frame, found->talk, strbuf_span(&slides));
    strbuf_release(&slides);
}

static void append_page_link(struct strbuf *out, const struct search_request *request, size_t page,
                             const char *rel, const char *label)
{
    struct strbuf url = STRBUF_INIT;

    search_request_append_url(&url, own_path, request, page);
    strbuf_append_format(out, "<a rel=\"%s\" href=\"", rel);
    html_attr(out, strbuf_span(&url));
    strbuf_append_format(out, "\">%s</a>\n", label);
    strbuf_release(&url);
}

static void append_page_links(struct strbuf *out, const struct search_request *request,
                              const struct search_answer *answer)
{
    if (answer->pages < 2)
        return;
    strbuf_append_text(out, "<nav class=\"pages\" aria-label=\"Pages of results\">\n");
    if (answer->page > 1)
        append_page_link(out, request, answer->page - 1, "prev", "Previous");
    strbuf_append_format(out, "<span>Page %zu of %zu</span>\n", answer->page, answer->pages);
    if (answer->page < answer->pages)
        append_page_link(out, request, answer->page + 1, "next", "Next");
    strbuf_append_text(out, "</nav>\n");
}

/* What was found, in a sentence or two. */
static void append_status(struct strbuf *out, const struct search_request *request,
                          const struct search_answer *answer)
{
    strbuf_append_text(out, "<p class=\"count\" role=\"status\">");
    if (answer->total == 0) {
        strbuf_append_text(out, "No talk has “");
        html_text(out, strbuf_span(&request->words));
        strbuf_append_text(out, "”.");
    } else if (answer->instead.len > 0) {
        strbuf_append_text(out, "No talk has “");
        html_text(out, strbuf_span(&request->words));
        strbuf_append_text(out, "”. Looking for “<b>");
        html_text(out, strbuf_span(&answer->instead));
        strbuf_append_text(out, "</b>” instead: ");
    }
    if (answer->any && answer->total > 0)
        strbuf_append_text(out, "No talk has all of these words. Some of them are in ");
    if (answer->total > 0) {
        count_append(out, answer->total, "talk");
        strbuf_append_char(out, '.');
    }
    strbuf_append_text(out, "</p>\n");
}

static void append_results(struct strbuf *out, const struct search_source *source,
                           const struct search_request *request, const struct search_answer *answer)
{
    const struct talk_frame frame = {
        .catalog = source->catalog,
        .path = span_of(own_path),
        .heading = 1,
        .with_years = true,
        .sought = &answer->query,
    };

    append_status(out, request, answer);
    if (answer->total == 0) {
        strbuf_append_text(out, advice);
        strbuf_append_text(out, "<p><a href=\"./\">All talks</a></p>\n");
        return;
    }
    strbuf_append_text(out, "<ol class=\"talks\">\n");
    vec_each (&answer->talks, found)
        append_talk(out, &frame, found);
    strbuf_append_text(out, "</ol>\n");
    append_page_links(out, request, answer);
}

static void append_title(struct strbuf *out, const struct search_request *request,
                         const struct search_answer *answer)
{
    if (request->words.len > 0) {
        count_append(out, answer->total, "talk");
        strbuf_append_text(out, " with “");
        strbuf_append_span(out, strbuf_span(&request->words));
        strbuf_append_text(out, "”");
        if (answer->page > 1)
            strbuf_append_format(out, ", page %zu", answer->page);
    } else {
        strbuf_append_text(out, "Search");
    }
}

static void build_page(struct strbuf *out, const struct search_source *source,
                       const struct search_request *request, const struct search_answer *answer)
{
    struct strbuf title = STRBUF_INIT, content = STRBUF_INIT;

    append_title(&title, request, answer);
    append_form(&content, strbuf_span(&request->words));
    if (request->words.len > 0)
        append_results(&content, source, request, answer);
    else
        strbuf_append_text(&content, advice);

    const struct shell_page page = {
        .path = span_of(own_path),
        .unlisted = true,
        .title = strbuf_span(&title),
        .heading = SPAN("Search"),
        .content = strbuf_span(&content),
        .body_class = "search-page",
    };

    shell_append_page(out, source->shell, &page);
    strbuf_release(&title);
    strbuf_release(&content);
}

bool search_page_compute(const void *context, const struct query *query, struct computed *answer)
{
    const struct search_source *source = context;
    struct search_request request;
    struct search_answer found;

    search_request_read(&request, query);
    if (search_ask(source->search, strbuf_span(&request.words), request.page, &found) == 0)
        build_page(&answer->body, source, &request, &found);
    else
        answer->status = 503;
    search_answer_release(&found);
    search_request_release(&request);
    return true;
}

/* For browsers that offer to search a site from their own field. */
static void build_description(struct strbuf *out, const struct shell *shell, struct span address)
{
    strbuf_append_text(out, "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n"
                            "<OpenSearchDescription "
                            "xmlns=\"http://a9.com/-/spec/opensearch/1.1/\">\n<ShortName>");
    html_text(out, span_of(shell->title));
    strbuf_append_text(out, "</ShortName>\n<Description>Search the talks of ");
    html_text(out, span_of(shell->title));
    strbuf_append_text(out, "</Description>\n<InputEncoding>UTF-8</InputEncoding>\n"
                            "<Url type=\"text/html\" template=\"");
    url_append_absolute(out, address, span_of(own_path));
    strbuf_append_text(out, "?q={searchTerms}\"/>\n</OpenSearchDescription>\n");
}

static bool description_compute(const void *context, const struct query *query,
                                struct computed *answer)
{
    const struct search_source *source = context;
    struct span own = span_of(source->shell->address);
    struct span address = own.len > 0 ? own : answer->address;

    (void)query;
    if (address.len > 0)
        build_description(&answer->body, source->shell, address);
    return address.len > 0;
}

void search_publish(struct routes *routes, const struct search_source *source, time_t now)
{
    routes_put(routes, SPAN("/search"),
               routes_new_computed(routes, "text/html; charset=utf-8", csp_page,
                                   search_page_compute, source, now));
    routes_put(
        routes, SPAN("/search.json"),
        routes_new_computed(routes, "application/json", NULL, search_json_compute, source, now));
    routes_redirect(routes, SPAN("/search/"), "../search");
    routes_put(routes, SPAN("/opensearch.xml"),
               routes_new_computed(routes, "application/opensearchdescription+xml", NULL,
                                   description_compute, source, now));
}
