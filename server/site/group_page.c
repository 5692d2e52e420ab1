#include "site/group_page.h"

#include "base/escape.h"
#include "deck/prose.h"
#include "site/count.h"
#include "site/index_view.h"
#include "site/talk_item.h"
#include "site/url.h"

#include <string.h>

enum { DESCRIPTION_MAX = 200 }; /* bytes; search engines show no more */

static const struct kind_text {
    const char *title;   /* of the list */
    const char *nothing; /* it says, when it is empty */
    const char *between; /* "3 talks", and a name */
} kind_texts[CATALOG_KIND_COUNT] = {
    [CATALOG_YEARS] = {"Talks", "", "of"},
    [CATALOG_PEOPLE] = {"People", "No talk names its speakers yet.", "by"},
    [CATALOG_TAGS] = {"Tags", "No talk has a tag yet.", "about"},
    [CATALOG_VENUES] = {"Venues", "No talk names its venue yet.", "at"},
};

static void append_address(struct strbuf *out, struct span from, const char *to)
{
    url_append_relative(out, from, span_of(to));
}

/* Where the page belongs, as links. */
static void append_crumbs(struct strbuf *out, struct span path, enum catalog_kind kind)
{
    strbuf_append_text(out,
                       "<nav class=\"crumbs\" aria-label=\"Breadcrumb\">\n<ol>\n<li><a href=\"");
    append_address(out, path, catalog_kind_path(kind));
    strbuf_append_format(out, "\">%s</a></li>\n</ol>\n</nav>\n", kind_texts[kind].title);
}

/* A file of the site; NULL where it is not there or is elsewhere. */
static const struct site_file *find_picture(const struct group_page_site *site,
                                            const struct person_settings *person)
{
    struct strbuf path = STRBUF_INIT;
    const struct site_file *file = NULL;

    if (person->picture && !strstr(person->picture, "//") &&
        url_append_joined(&path, SPAN(""), span_of(person->picture)))
        file = site_files_find(site->files, strbuf_span(&path));
    strbuf_release(&path);
    return file;
}

static void check_bio(const struct person_settings *person, struct err_list *errs)
{
    struct strbuf what = STRBUF_INIT;

    strbuf_append_format(&what, "people: %s: bio", person->key);
    prose_check(span_of(person->bio), &(struct prose_place){.what = what.data}, errs);
    strbuf_release(&what);
}

void group_page_check(const struct group_page_site *site, struct err_list *errs)
{
    vec_each (&site->catalog->kinds[CATALOG_PEOPLE].list, group) {
        const struct person_settings *person = (*group)->person;

        if (person && person->picture && !find_picture(site, person))
            err_add(errs, SEVERITY_WARNING, NULL, 0, 0,
                    "people: %s: the picture `%s` is not there: name a file below the root",
                    person->key, person->picture);
        if (person && person->bio)
            check_bio(person, errs);
    }
}

static void append_picture(struct strbuf *out, const struct group_page_site *site,
                           const struct catalog_group *group)
{
    const struct site_file *file = find_picture(site, group->person);

    if (!file)
        return;
    strbuf_append_text(out, "<img class=\"person-picture\" src=\"");
    append_address(out, span_of(group->path), file->file->path);
    strbuf_append_format(out, "?v=%s\"", file->digest.text);
    if (file->width > 0)
        strbuf_append_format(out, " width=\"%u\" height=\"%u\"", file->width, file->height);
    strbuf_append_text(out, " alt=\"\">\n");
}

static void append_item(struct strbuf *out, const char *scheme, const char *address,
                        const char *text)
{
    strbuf_append_format(out, "<li><a href=\"%s", scheme);
    html_attr(out, span_of(address));
    strbuf_append_text(out, "\">");
    html_text(out, span_of(text));
    strbuf_append_text(out, "</a></li>\n");
}

/* An address without what everybody knows: "example.org/anil". */
static const char *short_address(const char *url)
{
    const char *start = strstr(url, "//");

    return start ? start + 2 : url;
}

static void append_contact(struct strbuf *out, const struct catalog_group *group)
{
    const struct person_settings *person = group->person;
    const char *email = person && person->show_email ? person->email : NULL;

    if (!group->url && !email)
        return;
    strbuf_append_text(out, "<ul class=\"person-contact\">\n");
    if (group->url)
        append_item(out, "", group->url, short_address(group->url));
    if (email)
        append_item(out, "mailto:", email, email);
    strbuf_append_text(out, "</ul>\n");
}

static void append_person(struct strbuf *out, const struct group_page_site *site,
                          const struct catalog_group *group)
{
    struct strbuf root = STRBUF_INIT, about = STRBUF_INIT;

    if (group->person && group->person->bio) {
        append_address(&root, span_of(group->path), "");
        prose_render(&about, span_of(group->person->bio),
                     &(struct prose_options){.prefix = root.data, .root = root.data, .heading = 2});
    }
    append_contact(&about, group);
    if (about.len > 0 || group->person) {
        strbuf_append_text(out, "<div class=\"person\">\n");
        if (group->person)
            append_picture(out, site, group);
        strbuf_append_format(out, "<div class=\"person-text\">\n%s</div>\n</div>\n", about.data);
    }
    strbuf_release(&root);
    strbuf_release(&about);
}

/* To what does not fit: the same group on the index, from its second page on. */
static void append_older(struct strbuf *out, enum catalog_kind kind,
                         const struct catalog_group *group)
{
    struct index_view view = {0};
    struct strbuf query = STRBUF_INIT;

    view.groups[kind] = group;
    index_view_append_query(&query, &view, 1);
    strbuf_append_text(out, "<nav class=\"pages\" aria-label=\"Pages\">\n<a rel=\"next\" href=\"");
    append_address(out, span_of(group->path), "");
    html_attr(out, strbuf_span(&query));
    strbuf_append_text(out, "\">Older talks</a>\n</nav>\n");
    strbuf_release(&query);
}

static void append_talks(struct strbuf *out, const struct group_page_site *site,
                         enum catalog_kind kind, const struct catalog_group *group)
{
    const struct talk_frame frame = {
        .catalog = site->catalog, .path = span_of(group->path), .heading = 1};
    size_t count = group->talks.talks.count;
    size_t shown = site->shell->answers_queries && count > LIST_PAGE ? LIST_PAGE : count;

    strbuf_append_text(out, "<p class=\"count\">");
    count_append(out, count, "talk");
    strbuf_append_text(out, ".</p>\n");
    if (kind == CATALOG_YEARS)
        talk_item_append_list(out, &frame, group->talks.talks.items, shown);
    else
        talk_item_append_years(out, &frame, group->talks.talks.items, shown);
    if (shown < count)
        append_older(out, kind, group);
}

/* What a person says, else "3 talks about unikernels". */
static void append_description(struct strbuf *out, enum catalog_kind kind,
                               const struct catalog_group *group)
{
    if (group->person && group->person->bio)
        prose_append_plain(out, span_of(group->person->bio), DESCRIPTION_MAX);
    if (out->len > 0)
        return;
    count_append(out, group->talks.talks.count, "talk");
    strbuf_append_format(out, " %s %s", kind_texts[kind].between, group->name);
}

void group_page_build(const struct group_page_site *site, enum catalog_kind kind,
                      const struct catalog_group *group, struct page *ret_page)
{
    struct strbuf html = STRBUF_INIT, above = STRBUF_INIT, content = STRBUF_INIT,
                  description = STRBUF_INIT;

    append_crumbs(&above, span_of(group->path), kind);
    if (kind == CATALOG_PEOPLE)
        append_person(&content, site, group);
    append_talks(&content, site, kind, group);
    append_description(&description, kind, group);

    const struct shell_page page = {
        .path = span_of(group->path),
        .title = span_of(group->name),
        .heading = span_of(group->name),
        .description = strbuf_span(&description),
        .above = strbuf_span(&above),
        .content = strbuf_span(&content),
        .body_class = "group",
        .has_feed = kind == CATALOG_TAGS || kind == CATALOG_PEOPLE,
    };

    shell_append_page(&html, site->shell, &page);
    page_finish_quick(ret_page, &html, site->reuse);
    strbuf_release(&above);
    strbuf_release(&content);
    strbuf_release(&description);
}

static void append_groups(struct strbuf *out, struct span path, const struct catalog_groups *groups)
{
    strbuf_append_text(out, "<ul class=\"groups\">\n");
    vec_each (&groups->list, group) {
        size_t count = (*group)->talks.talks.count;

        strbuf_append_text(out, "<li><a href=\"");
        append_address(out, path, (*group)->path);
        strbuf_append_text(out, "\">");
        html_text(out, span_of((*group)->name));
        strbuf_append_text(out, "</a> <span class=\"group-count\">");
        count_append(out, count, "talk");
        strbuf_append_text(out, "</span></li>\n");
    }
    strbuf_append_text(out, "</ul>\n");
}

void group_page_build_list(const struct group_page_site *site, enum catalog_kind kind,
                           struct page *ret_page)
{
    const struct kind_text *text = &kind_texts[kind];
    const struct catalog_groups *groups = &site->catalog->kinds[kind];
    struct span path = span_of(catalog_kind_path(kind));
    struct strbuf html = STRBUF_INIT, content = STRBUF_INIT, description = STRBUF_INIT;

    if (groups->list.count > 0)
        append_groups(&content, path, groups);
    else
        strbuf_append_format(&content, "<p class=\"empty\">%s</p>\n", text->nothing);
    strbuf_append_format(&description, "%s of the talks of %s", text->title, site->shell->title);

    const struct shell_page page = {
        .path = path,
        .title = span_of(text->title),
        .heading = span_of(text->title),
        .description = strbuf_span(&description),
        .content = strbuf_span(&content),
        .body_class = "groups",
    };

    shell_append_page(&html, site->shell, &page);
    page_finish_quick(ret_page, &html, site->reuse);
    strbuf_release(&content);
    strbuf_release(&description);
}
