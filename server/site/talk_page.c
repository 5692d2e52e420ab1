#include "site/talk_page.h"

#include "base/escape.h"
#include "deck/prose.h"
#include "site/catalog_kind.h"
#include "site/csp.h"
#include "site/language.h"
#include "site/licence.h"
#include "site/named_file.h"
#include "site/talk_head.h"
#include "site/talk_recordings.h"
#include "site/talk_share.h"
#include "site/talk_slides.h"
#include "site/talk_words.h"
#include "site/theme.h"
#include "site/url.h"

#include <stdlib.h>

/* What the page is made of and with. */
struct about {
    struct talk *talk;
    const struct deck_page_site *site;
    const struct deck_settings *settings;
    const struct site_file *cover;
    struct strbuf content;
    struct text_list frame_origins;
};

static void append_link(struct strbuf *out, struct span url, struct span text)
{
    strbuf_append_text(out, "<a href=\"");
    html_attr(out, url);
    strbuf_append_text(out, "\">");
    html_text(out, text);
    strbuf_append_text(out, "</a>");
}

/*
 * The page of a person, a tag, or a venue. A draft's are not there, as it is listed nowhere, nor is
 * any where there is no index; then the text stands for itself.
 */
static void append_group_link(struct about *about, enum catalog_kind kind, struct span name,
                              struct span text)
{
    struct strbuf path = STRBUF_INIT, url = STRBUF_INIT;

    if (about->site->shell->has_index && !about->settings->draft &&
        catalog_kind_append_path(&path, kind, name)) {
        url_append_relative(&url, span_of(about->talk->path), strbuf_span(&path));
        append_link(&about->content, strbuf_span(&url), text);
    } else {
        html_text(&about->content, text);
    }
    strbuf_release(&path);
    strbuf_release(&url);
}

static void append_speakers(struct about *about)
{
    const struct people *people = about->site->people;
    const char *between = "";

    if (about->settings->speakers.count == 0)
        return;
    strbuf_append_text(&about->content, "<p class=\"about-speakers\">");
    vec_each (&about->settings->speakers, speaker) {
        struct span name = span_of(speaker->name);

        strbuf_append_text(&about->content, between);
        append_group_link(about, CATALOG_PEOPLE, people_key(people, name),
                          people_name(people, name));
        between = ", ";
    }
    strbuf_append_text(&about->content, "</p>\n");
}

/* Event and venue lead to what else was there; that the place does depends on other talks. */
static void append_when_and_where(struct about *about)
{
    const char *parts[TALK_WORDS_WHERE_MAX];
    size_t count = talk_words_where(about->settings, parts);
    struct strbuf date = STRBUF_INIT;

    talk_words_append_date(&date, about->settings->date);
    if (date.len > 0 || count > 0)
        strbuf_append_text(&about->content, "<p class=\"about-where\">");
    if (date.len > 0)
        strbuf_append_format(&about->content, "<time datetime=\"%s\">%s</time>",
                             about->settings->date, date.data);
    if (date.len > 0 && count > 0)
        strbuf_append_text(&about->content, " · ");
    for (size_t i = 0; i < count; i++) {
        struct span part = span_of(parts[i]);

        strbuf_append_text(&about->content, i > 0 ? ", " : "");
        if (parts[i] == about->settings->location)
            html_text(&about->content, part);
        else
            append_group_link(about, CATALOG_VENUES, part, part);
    }
    if (date.len > 0 || count > 0)
        strbuf_append_text(&about->content, "</p>\n");
    strbuf_release(&date);
}

/* The address of a PDF from the page; false, with the problem told, for what is none. */
static bool append_pdf_url(struct strbuf *out, struct about *about, const char *name)
{
    const struct setting_origin *origin = deck_settings_origin(about->settings, "pdf");
    const struct site_file *file;

    if (url_is_web(name)) {
        strbuf_append_text(out, name);
        return true;
    }
    file = named_file_is_remote(name) ? NULL : named_file_find(about->talk, about->site, name);
    if (file)
        named_file_append_url(out, about->talk, file);
    else
        err_add(&about->talk->made->problems, SEVERITY_WARNING,
                origin ? origin->file : about->talk->file, origin ? origin->line : 0, 0,
                "`%s` is not there: put the PDF beside the deck, or name its address with https://",
                name);
    return file != NULL;
}

static void append_start(struct about *about)
{
    const struct deck *deck = about->talk->made->deck;

    if (about->talk->slideless)
        return;
    if (deck->broken) {
        strbuf_append_text(&about->content,
                           "<span class=\"about-count\">There is a mistake in this "
                           "deck, so its slides cannot be shown yet.</span>\n");
        return;
    }
    strbuf_append_text(&about->content, "<a class=\"button\" href=\"./\">Show the slides</a>\n");
    if (deck->index.count > 0)
        strbuf_append_format(&about->content, "<span class=\"about-count\">%zu slide%s</span>\n",
                             deck->index.count, deck->index.count == 1 ? "" : "s");
}

static void append_actions(struct about *about)
{
    const struct rendering *made = about->talk->made;

    if (about->talk->slideless && made->pdfs.list.count == 0)
        return;
    strbuf_append_text(&about->content, "<p class=\"about-actions\">\n");
    append_start(about);
    vec_each (&made->pdfs.list, url) {
        append_link(&about->content, span_of(*url), SPAN("PDF"));
        strbuf_append_char(&about->content, '\n');
    }
    strbuf_append_text(&about->content, "</p>\n");
}

static void append_cover(struct about *about)
{
    struct strbuf url = STRBUF_INIT;

    if (!about->cover)
        return;
    named_file_append_url(&url, about->talk, about->cover);
    strbuf_append_text(&about->content, "<p class=\"about-cover\"><img src=\"");
    html_attr(&about->content, strbuf_span(&url));
    strbuf_append_char(&about->content, '"');
    named_file_append_size(&about->content, about->cover);
    strbuf_append_text(&about->content, " alt=\"\"></p>\n");
    strbuf_release(&url);
}

static void check_abstract(struct about *about)
{
    const struct setting_origin *origin = deck_settings_origin(about->settings, "description");

    prose_check(span_of(about->settings->description),
                &(struct prose_place){"description", origin ? origin->file : about->talk->file,
                                      origin ? origin->line : 0},
                &about->talk->made->problems);
}

static void append_abstract(struct about *about)
{
    struct strbuf root = STRBUF_INIT;

    if (!about->settings->description || !*about->settings->description)
        return;
    url_append_relative(&root, span_of(about->talk->path), SPAN(""));
    const struct prose_options options = {.prefix = "", .root = root.data, .heading = 2};

    check_abstract(about);
    strbuf_append_text(&about->content, "<div class=\"about-abstract\"");
    language_append_attributes(&about->content, about->settings->lang);
    strbuf_append_text(&about->content, ">\n");
    prose_render(&about->content, span_of(about->settings->description), &options);
    strbuf_append_text(&about->content, "</div>\n");
    strbuf_release(&root);
}

/* Relative ones are the author's own, beside the deck. */
static bool is_link(const char *url)
{
    struct span rest = span_of(url), scheme;

    return url_is_web(url) || (span_next_part(&rest, '/', &scheme) && *url &&
                               span_find_char(scheme, ':') < 0 && !named_file_is_remote(url));
}

static void append_links(struct about *about)
{
    struct strbuf items = STRBUF_INIT;

    vec_each (&about->settings->links, link) {
        if (!is_link(link->url))
            continue;
        strbuf_append_text(&items, "<li>");
        append_link(&items, span_of(link->url), span_of(link->title ? link->title : link->url));
        strbuf_append_text(&items, "</li>\n");
    }
    if (items.len > 0)
        strbuf_append_format(&about->content,
                             "<section class=\"links\" aria-labelledby=\"links\">\n"
                             "<h2 id=\"links\">Links</h2>\n<ul>\n%s</ul>\n</section>\n",
                             items.data);
    strbuf_release(&items);
}

static void append_tags(struct about *about)
{
    if (about->settings->tags.list.count == 0)
        return;
    strbuf_append_text(&about->content, "<div><dt>Tags</dt>\n");
    vec_each (&about->settings->tags.list, tag) {
        strbuf_append_text(&about->content, "<dd>");
        append_group_link(about, CATALOG_TAGS, span_of(*tag), span_of(*tag));
        strbuf_append_text(&about->content, "</dd>\n");
    }
    strbuf_append_text(&about->content, "</div>\n");
}

static void append_licence(struct about *about)
{
    struct strbuf name = STRBUF_INIT, url = STRBUF_INIT;

    licence_append_name(&name, span_of(about->settings->license));
    licence_append_url(&url, span_of(about->settings->license));
    if (name.len > 0) {
        strbuf_append_text(&about->content, "<div><dt>Licence</dt>\n<dd>");
        if (url.len > 0)
            append_link(&about->content, strbuf_span(&url), strbuf_span(&name));
        else
            html_text(&about->content, strbuf_span(&name));
        strbuf_append_text(&about->content, "</dd></div>\n");
    }
    strbuf_release(&name);
    strbuf_release(&url);
}

static void append_facts(struct about *about)
{
    size_t start = about->content.len, filled;

    strbuf_append_text(&about->content, "<dl class=\"about-facts\">\n");
    filled = about->content.len;
    append_tags(about);
    append_licence(about);
    if (about->content.len > filled)
        strbuf_append_text(&about->content, "</dl>\n");
    else
        strbuf_truncate(&about->content, start);
}

static void append_content(struct about *about)
{
    const struct deck *deck = about->talk->made->deck;

    if (about->settings->subtitle) {
        strbuf_append_text(&about->content, "<p class=\"about-subtitle\"");
        language_append_attributes(&about->content, about->settings->lang);
        strbuf_append_char(&about->content, '>');
        html_text(&about->content, span_of(about->settings->subtitle));
        strbuf_append_text(&about->content, "</p>\n");
    }
    append_speakers(about);
    append_when_and_where(about);
    append_actions(about);
    append_cover(about);
    append_abstract(about);
    talk_recordings_append(&about->content, about->talk, about->site, about->cover,
                           &about->frame_origins);
    append_links(about);
    append_facts(about);
    talk_slides_append(&about->content, deck);
    if (!about->talk->slideless && !deck->broken)
        talk_share_append(&about->content, about->talk, about->site->shell->answers_queries);
}

/* `pdf:`, else a PDF that stands beside the source and is called as it is. */
static void find_pdfs(struct about *about)
{
    struct text_list *pdfs = &about->talk->made->pdfs;
    struct strbuf url = STRBUF_INIT;

    vec_each (&about->settings->pdf.list, name) {
        if (append_pdf_url(&url, about, *name))
            vec_push(&pdfs->list, strbuf_detach(&url, NULL));
        strbuf_reset(&url);
    }
    if (about->settings->pdf.list.count == 0) {
        const struct site_file *file = named_file_find_beside(about->talk, about->site, "pdf");

        if (file) {
            named_file_append_url(&url, about->talk, file);
            vec_push(&pdfs->list, strbuf_detach(&url, NULL));
        }
    }
    strbuf_release(&url);
}

static void append_page(struct strbuf *out, struct about *about)
{
    const struct talk *talk = about->talk;
    struct strbuf path = STRBUF_INIT, head = STRBUF_INIT, summary = STRBUF_INIT;
    struct strbuf class = STRBUF_INIT;

    strbuf_append_format(&class, "about%s", theme_ground_class(about->settings->theme));
    strbuf_append_text(&path, talk->path);
    if (!talk->slideless)
        strbuf_append_text(&path, TALK_PAGE);
    talk_words_append_summary(&summary, talk, about->site->people);
    talk_head_append(&head, about->talk, about->site);

    const struct shell_page page = {
        .path = strbuf_span(&path),
        .unlisted = about->settings->draft,
        .lang = span_of(about->settings->lang),
        .title = talk_title(talk),
        .heading = talk_title(talk),
        .description = strbuf_span(&summary),
        .head = strbuf_span(&head),
        .content = strbuf_span(&about->content),
        .script = "talk.js",
        .body_class = class.data,
    };

    shell_append_page(out, about->site->shell, &page);
    strbuf_release(&path);
    strbuf_release(&head);
    strbuf_release(&summary);
    strbuf_release(&class);
}

void talk_page_build(struct talk *talk, const struct deck_page_site *site)
{
    struct rendering *made = talk->made;
    struct about about = {
        .talk = talk, .site = site, .settings = &made->deck->settings, .content = STRBUF_INIT};
    struct strbuf html = STRBUF_INIT, policy = STRBUF_INIT;

    about.cover = named_file_find_picture(talk, site, about.settings->cover);
    find_pdfs(&about);
    append_content(&about);
    append_page(&html, &about);
    csp_append_talk(&policy, &about.frame_origins);
    if (talk->slideless) {
        page_finish_quick(&made->page, &html, site->reuse);
        made->policy = strbuf_detach(&policy, NULL);
    } else {
        page_finish_quick(&made->about, &html, site->reuse);
        made->about_policy = strbuf_detach(&policy, NULL);
    }
    vec_each (&about.frame_origins.list, origin)
        free(*origin);
    vec_release(&about.frame_origins.list);
    strbuf_release(&about.content);
}
