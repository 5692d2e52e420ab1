#include "site/index_page.h"

#include "base/escape.h"
#include "site/count.h"
#include "site/index_view.h"
#include "site/talk_item.h"

#include <string.h>

enum { CHOICE_MAX = 200 }; /* so many people or tags are still a list to choose from */

static const char empty_site[] =
    "<div class=\"empty\">\n<p>There is no talk here yet. Put a deck into the root directory, for "
    "example as <code>hello/deck.md</code>:</p>\n"
    "<pre>---\ntitle: Hello\n---\n\n# Hello\n\n---\n\n## The second slide\n\nNote: only you see "
    "this.</pre>\n</div>\n";

struct index_content {
    const struct index_source *source;
    const struct index_view *view;
    struct talk_list found; /* by the view, all pages of it */
    size_t first, end;      /* those of them that are on this page */
};

static void append_option(struct strbuf *out, const struct catalog_group *group, bool chosen)
{
    strbuf_append_text(out, "<option");
    if (group->key)
        html_attribute(out, "value", span_of(group->key));
    strbuf_append_text(out, chosen ? " selected>" : ">");
    html_text(out, span_of(group->name));
    strbuf_append_text(out, "</option>\n");
}

/* Those to choose from; who is configured may have no talk, and would find none. */
static size_t count_choices(const struct catalog_groups *groups)
{
    size_t count = 0;

    vec_each (&groups->list, group)
        count += (*group)->talks.talks.count > 0;
    return count;
}

/* Too many to choose from are on a page of their own; the chosen one is kept all the same. */
static void append_choice(struct strbuf *out, const struct index_content *content,
                          enum catalog_kind kind, const char *label, const char *any)
{
    const struct catalog_groups *groups = &content->source->catalog->kinds[kind];
    const struct catalog_group *chosen = content->view->groups[kind];
    size_t count = count_choices(groups);
    bool all = count <= CHOICE_MAX;

    if (!chosen && (!all || count < 2))
        return;
    strbuf_append_format(out,
                         "<select name=\"%s\" aria-label=\"%s\">\n<option value=\"\">%s</option>\n",
                         index_view_parameter(kind), label, any);
    if (all)
        vec_each (&groups->list, group) {
            if ((*group)->talks.talks.count > 0 || *group == chosen)
                append_option(out, *group, *group == chosen);
        }
    else
        append_option(out, chosen, true);
    strbuf_append_text(out, "</select>\n");
}

static void append_form(struct strbuf *out, const struct index_content *content)
{
    if (!content->source->shell->answers_queries || content->source->catalog->talks.talks.count < 2)
        return;
    strbuf_append_text(
        out, "<form class=\"filter\" role=\"search\" aria-label=\"Talks\" "
             "action=\"./\" autocomplete=\"off\">\n"
             "<input type=\"search\" name=\"q\" dir=\"auto\" "
             "aria-label=\"Words to look for\" placeholder=\"Title, speaker, venue…\" value=\"");
    html_attr(out, content->view->words);
    strbuf_append_text(out, "\">\n");
    append_choice(out, content, CATALOG_YEARS, "Year", "Any year");
    append_choice(out, content, CATALOG_PEOPLE, "Speaker", "Anybody");
    append_choice(out, content, CATALOG_TAGS, "Tag", "Any tag");
    if (content->view->groups[CATALOG_VENUES])
        append_choice(out, content, CATALOG_VENUES, "Venue", "Any venue");
    strbuf_append_text(out, "<button>Filter</button>\n</form>\n");
}

/* What is said aloud when the list changes. */
static void append_count(struct strbuf *out, const struct index_content *content)
{
    strbuf_append_text(out, "<p id=\"count\" class=\"count\" role=\"status\">");
    if (content->found.talks.count == 0)
        strbuf_append_text(out, "No talk matches");
    else
        count_append(out, content->found.talks.count, "talk");
    if (content->first > 0 || content->end < content->found.talks.count)
        strbuf_append_format(out, ", %zu to %zu", content->first + 1, content->end);
    strbuf_append_char(out, '.');
    if (index_view_narrows(content->view))
        strbuf_append_text(out, " <a href=\"./\">All talks</a>");
    if (content->view->words.len > 0) {
        strbuf_append_text(out, " <a href=\"search?q=");
        url_query(out, content->view->words);
        strbuf_append_text(out, "\">Search the slides</a>");
    }
    strbuf_append_text(out, "</p>\n");
}

static void append_page_link(struct strbuf *out, const struct index_content *content, size_t page,
                             const char *rel, const char *label)
{
    struct strbuf query = STRBUF_INIT;

    index_view_append_query(&query, content->view, page);
    strbuf_append_format(out, "<a rel=\"%s\" href=\"./", rel);
    html_attr(out, strbuf_span(&query));
    strbuf_append_format(out, "\">%s</a>\n", label);
    strbuf_release(&query);
}

static void append_pages(struct strbuf *out, const struct index_content *content)
{
    bool newer = content->first > 0, older = content->end < content->found.talks.count;

    if (!newer && !older)
        return;
    strbuf_append_text(out, "<nav class=\"pages\" aria-label=\"Pages\">\n");
    if (newer)
        append_page_link(out, content, content->view->page - 1, "prev", "Newer talks");
    if (older)
        append_page_link(out, content, content->view->page + 1, "next", "Older talks");
    strbuf_append_text(out, "</nav>\n");
}

static void append_content(struct strbuf *out, const struct index_content *content)
{
    const struct talk_frame frame = {
        .catalog = content->source->catalog, .path = SPAN(""), .heading = 1};

    append_form(out, content);
    append_count(out, content);
    strbuf_append_text(out, "<div id=\"talks\">\n");
    if (content->end > content->first)
        talk_item_append_years(out, &frame, content->found.talks.items + content->first,
                               content->end - content->first);
    append_pages(out, content);
    strbuf_append_text(out, "</div>\n");
}

/* "“unikernels”, 2015, Ada Adams": what the list was narrowed to. */
static void append_title(struct strbuf *out, const struct index_view *view)
{
    if (view->words.len > 0) {
        strbuf_append_text(out, "“");
        strbuf_append_span(out, view->words);
        strbuf_append_text(out, "”");
    }
    for (int kind = 0; kind < CATALOG_KIND_COUNT; kind++)
        if (view->groups[kind])
            strbuf_append_format(out, "%s%s", out->len > 0 ? ", " : "", view->groups[kind]->name);
    if (view->page > 0)
        strbuf_append_format(out, "%spage %zu", out->len > 0 ? ", " : "", view->page + 1);
}

/* What the owner says, else "12 talks, 2013 to 2026". */
static void append_description(struct strbuf *out, const struct index_source *source)
{
    const struct catalog *catalog = source->catalog;
    const struct catalog_groups *years = &catalog->kinds[CATALOG_YEARS];
    size_t count = catalog->talks.talks.count;

    if (source->shell->look.description) {
        strbuf_append_text(out, source->shell->look.description);
        return;
    }
    if (count == 0)
        return;
    count_append(out, count, "talk");
    if (years->list.count == 1)
        strbuf_append_format(out, ", %s", years->list.items[0]->name);
    else if (years->list.count > 1)
        strbuf_append_format(out, ", %s to %s", (*vec_last(&years->list))->name,
                             years->list.items[0]->name);
}

/* A page behind the last one is the last one. */
static void find(struct index_content *content, struct index_view *view)
{
    size_t count, shown;

    index_view_select(view, content->source->catalog, &content->found);
    count = content->found.talks.count;
    shown = content->source->shell->answers_queries ? LIST_PAGE : count;
    if (view->page > 0 && view->page * shown >= count)
        view->page = count > 0 ? (count - 1) / shown : 0;
    content->first = view->page * shown;
    content->end = count - content->first > shown ? content->first + shown : count;
}

static void build(struct strbuf *out, const struct index_source *source, struct index_view *view)
{
    struct strbuf body = STRBUF_INIT, title = STRBUF_INIT, description = STRBUF_INIT;
    struct index_content content = {.source = source, .view = view};
    bool own = view->page > 0 || index_view_narrows(view);

    find(&content, view);
    if (source->shell->look.description) {
        strbuf_append_text(&body, "<p class=\"site-description\">");
        html_text(&body, span_of(source->shell->look.description));
        strbuf_append_text(&body, "</p>\n");
    }
    if (source->catalog->talks.talks.count > 0)
        append_content(&body, &content);
    else
        strbuf_append_text(&body, empty_site);
    append_title(&title, view);
    append_description(&description, source);

    const struct shell_page page = {
        .path = SPAN(""),
        .unlisted = own,
        .title = strbuf_span(&title),
        .heading = span_of(source->shell->title),
        .description = own ? SPAN("") : strbuf_span(&description),
        .content = strbuf_span(&body),
        .script = INDEX_SCRIPT,
        .body_class = "index",
    };

    shell_append_page(out, source->shell, &page);
    vec_release(&content.found.talks);
    strbuf_release(&body);
    strbuf_release(&title);
    strbuf_release(&description);
}

void index_page_build(const struct index_source *source, const struct reuse *reuse,
                      struct page *ret_page)
{
    struct index_view whole = {0};
    struct strbuf html = STRBUF_INIT;

    build(&html, source, &whole);
    page_finish(ret_page, &html, reuse);
}

bool index_page_compute(const void *context, const struct query *query, struct computed *answer)
{
    const struct index_source *source = context;
    struct index_view view;

    if (!index_view_read(&view, source->catalog, query))
        return false;
    build(&answer->body, source, &view);
    return true;
}
