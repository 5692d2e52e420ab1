#include "site/shell.h"

#include "base/escape.h"
#include "base/mem.h"
#include "conf/site_address.h"
#include "deck/prose.h"
#include "site/language.h"
#include "site/page.h"
#include "site/url.h"

#include <stdlib.h>

static const struct place {
    const char *path, *label;
    bool queries; /* needs somebody who answers them */
} places[] = {
    {"", "Talks", false},
    {"people/", "People", false},
    {"tags/", "Tags", false},
    {"search", "Search", true},
};

void shell_init(struct shell *shell, const struct site_settings *settings, const struct look *look,
                bool has_index)
{
    struct strbuf address = STRBUF_INIT;

    site_address_append(&address, settings->url, settings->base_path);
    *shell = (struct shell){
        .title = mem_copy_text(settings->title),
        .address = strbuf_detach(&address, NULL),
        .base_path = mem_copy_text(settings->base_path ? settings->base_path : ""),
        .look = *look,
        .has_index = has_index,
        .answers_queries = !settings->exported,
    };
}

void shell_release(struct shell *shell)
{
    free(shell->title);
    free(shell->address);
    free(shell->base_path);
    look_release(&shell->look);
    *shell = (struct shell){0};
}

void shell_append_identity(struct strbuf *out, const struct shell *shell)
{
    strbuf_append_format(out, "%s%c%s%c%s%c%s%c%d%d", shell->title, 0, shell->address, 0,
                         shell->base_path, 0, shell->look.identity.text, 0, shell->has_index,
                         shell->answers_queries);
}

/* The address of a path of the site, as the page has to say it. */
static void append_url(struct strbuf *out, const struct shell *shell, const struct shell_page *page,
                       struct span to)
{
    if (page->anywhere) {
        strbuf_append_format(out, "%s/", shell->base_path);
        url_path(out, to);
    } else {
        url_append_relative(out, page->path, to);
    }
}

static void append_embedded(struct strbuf *out, const struct shell *shell,
                            const struct shell_page *page, const char *name)
{
    const char *url = name ? url_embedded(name) : NULL;

    if (url)
        append_url(out, shell, page, span_of(url));
}

/* The place that the page belongs to: itself, or its directory. */
static bool is_current(const struct shell_page *page, const struct place *place)
{
    struct span path = span_of(place->path);

    if (page->anywhere)
        return false;
    return path.len > 0 ? span_starts_with(page->path, path) : page->path.len == 0;
}

static void append_navigation(struct strbuf *out, const struct shell *shell,
                              const struct shell_page *page)
{
    for (size_t i = 0; shell->has_index && i < sizeof places / sizeof *places; i++) {
        struct span path = span_of(places[i].path);

        if (places[i].queries && !shell->answers_queries)
            continue;
        strbuf_append_text(out, "<li><a href=\"");
        append_url(out, shell, page, path);
        strbuf_append_text(out, is_current(page, &places[i])
                                    ? (span_equal(page->path, path) ? "\" aria-current=\"page\">"
                                                                    : "\" aria-current=\"true\">")
                                    : "\">");
        strbuf_append_format(out, "%s</a></li>\n", places[i].label);
    }
}

/* The feed beside a page, whose title is empty for the index. */
static void append_feed_link(struct strbuf *out, const struct shell *shell,
                             const struct shell_page *page, struct span of, struct span title)
{
    struct strbuf path = STRBUF_INIT;

    strbuf_append_span(&path, of);
    strbuf_append_text(&path, "feed.xml");
    strbuf_append_text(out, "<link rel=\"alternate\" type=\"application/atom+xml\" title=\"");
    html_attr(out, title);
    strbuf_append_text(out, title.len > 0 ? " · " : "");
    html_attr(out, span_of(shell->title));
    strbuf_append_text(out, "\" href=\"");
    append_url(out, shell, page, strbuf_span(&path));
    strbuf_append_text(out, "\">\n");
    strbuf_release(&path);
}

/* For browsers that search a site from their own field. */
static void append_search_link(struct strbuf *out, const struct shell *shell,
                               const struct shell_page *page)
{
    if (!shell->answers_queries)
        return;
    strbuf_append_text(out, "<link rel=\"search\" type=\"application/opensearchdescription+xml\" "
                            "title=\"");
    html_attr(out, span_of(shell->title));
    strbuf_append_text(out, "\" href=\"");
    append_url(out, shell, page, SPAN("opensearch.xml"));
    strbuf_append_text(out, "\">\n");
}

/* The page's own elements, the owner's style sheet behind ours, and what else the owner wants. */
static void append_head(struct strbuf *out, const struct shell *shell,
                        const struct shell_page *page)
{
    strbuf_append_span(out, page->head);
    append_feed_link(out, shell, page, SPAN(""), SPAN(""));
    if (page->has_feed)
        append_feed_link(out, shell, page, page->path, page->title);
    append_search_link(out, shell, page);
    if (shell->look.custom_css) {
        strbuf_append_text(out, "<link rel=\"stylesheet\" href=\"");
        append_url(out, shell, page, SPAN(""));
        strbuf_append_format(out, "%s\">\n", shell->look.custom_css);
    }
    shell_append_owners_head(out, shell);
}

void shell_append_owners_head(struct strbuf *out, const struct shell *shell)
{
    const char *head = shell->look.head;

    if (head)
        strbuf_append_format(out, "%s%s", head,
                             span_ends_with(span_of(head), SPAN("\n")) ? "" : "\n");
}

static void append_logo(struct strbuf *out, const struct shell *shell,
                        const struct shell_page *page)
{
    const struct look *look = &shell->look;

    if (!look->logo)
        return;
    strbuf_append_text(out, "<img class=\"site-logo\" src=\"");
    append_url(out, shell, page, SPAN(""));
    strbuf_append_format(out, "%s\" alt=\"\"", look->logo);
    if (look->logo_width && look->logo_height)
        strbuf_append_format(out, " width=\"%u\" height=\"%u\"", look->logo_width,
                             look->logo_height);
    strbuf_append_text(out, ">");
}

static void append_footer(struct strbuf *out, const struct shell *shell,
                          const struct shell_page *page)
{
    struct strbuf root = STRBUF_INIT;

    append_url(&root, shell, page, SPAN(""));
    const struct prose_options options = {.prefix = root.data, .root = root.data, .heading = 2};

    if (shell->look.footer)
        prose_render(out, span_of(shell->look.footer), &options);
    else
        strbuf_append_text(out, "<p>Served by decksd.</p>\n");
    strbuf_release(&root);
}

void shell_append_page(struct strbuf *out, const struct shell *shell, const struct shell_page *page)
{
    struct strbuf title = STRBUF_INIT, style = STRBUF_INIT, home = STRBUF_INIT, logo = STRBUF_INIT,
                  navigation = STRBUF_INIT, script = STRBUF_INIT, canonical = STRBUF_INIT,
                  head = STRBUF_INIT, above = STRBUF_INIT, footer = STRBUF_INIT;

    strbuf_append_span(&title, page->title);
    if (page->title.len > 0)
        strbuf_append_text(&title, " · ");
    strbuf_append_text(&title, shell->title);
    append_url(&style, shell, page, span_of(shell->look.style));
    append_embedded(&script, shell, page, page->script);
    if (page->anywhere || page->path.len > 0)
        append_url(&home, shell, page, SPAN(""));
    append_navigation(&navigation, shell, page);
    if (!page->unlisted)
        url_append_absolute(&canonical, span_of(shell->address), page->path);
    append_head(&head, shell, page);
    append_logo(home.len > 0 ? &logo : &above, shell, page); /* on the index above the title */
    strbuf_append_span(&above, page->above);
    append_footer(&footer, shell, page);

    const struct template_value values[] = {
        {"lang", SPAN("en")},
        {"title", strbuf_span(&title)},
        {"description", page->description},
        {"canonical", strbuf_span(&canonical)},
        {"robots", page->unlisted ? SPAN("noindex") : SPAN("")},
        {"style", strbuf_span(&style)},
        {"script", strbuf_span(&script)},
        {"head", strbuf_span(&head)},
        {"class", span_of(page->body_class)},
        {"site", span_of(shell->title)},
        {"home", strbuf_span(&home)},
        {"logo", strbuf_span(&logo)},
        {"navigation", strbuf_span(&navigation)},
        {"above", strbuf_span(&above)},
        {"heading", page->heading},
        {"heading_lang", page->lang},
        {"heading_dir", language_is_rtl(page->lang) ? SPAN("rtl") : SPAN("")},
        {"content", page->content},
        {"footer", strbuf_span(&footer)},
    };

    shells_append(out, &shell->look.shells, SHELL_SITE, values, sizeof values / sizeof *values);
    strbuf_release(&title);
    strbuf_release(&style);
    strbuf_release(&home);
    strbuf_release(&navigation);
    strbuf_release(&script);
    strbuf_release(&canonical);
    strbuf_release(&head);
    strbuf_release(&logo);
    strbuf_release(&above);
    strbuf_release(&footer);
}

void shell_append_notice(struct strbuf *out, const struct shell *shell, struct span path,
                         bool anywhere, const char *status, struct span heading,
                         const char *message)
{
    struct strbuf above = STRBUF_INIT, content = STRBUF_INIT;
    struct shell_page page = {
        .path = path,
        .anywhere = anywhere,
        .title = heading,
        .heading = heading,
        .unlisted = true,
        .body_class = "notice",
    };

    strbuf_append_format(&above, "<p class=\"notice-status\">%s</p>\n", status);
    strbuf_append_format(&content, "<p class=\"notice-message\">%s</p>\n<p><a href=\"", message);
    append_url(&content, shell, &page, shell->has_index || anywhere ? SPAN("") : path);
    strbuf_append_format(&content, "\">%s</a></p>",
                         shell->has_index ? "All talks"
                         : anywhere       ? "The slides"
                                          : "Try again");
    page.above = strbuf_span(&above);
    page.content = strbuf_span(&content);
    shell_append_page(out, shell, &page);
    strbuf_release(&above);
    strbuf_release(&content);
}
