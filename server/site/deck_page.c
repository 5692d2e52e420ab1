#include "site/deck_page.h"

#include "base/escape.h"
#include "base/mem.h"
#include "site/csp.h"
#include "site/deck_parts.h"
#include "site/embedded.h"
#include "site/named_file.h"
#include "site/talk_head.h"
#include "site/talk_page.h"
#include "site/talk_words.h"
#include "site/url.h"

#include <string.h>

/* Bytes of a style sheet up to which it stands in the page. */
enum { SMALL_STYLE = 2048 };

static void append_style_link(struct strbuf *out, const char *url)
{
    strbuf_append_text(out, "<link rel=\"stylesheet\" href=\"");
    html_attr(out, span_of(url));
    strbuf_append_text(out, "\">\n");
}

/* An element for each file that `css:` or `scripts:` names. */
static void append_named(struct strbuf *out, struct talk *talk, const struct deck_page_site *site,
                         const struct text_list *names, bool is_script)
{
    vec_each (&names->list, name) {
        const struct site_file *file =
            named_file_is_remote(*name) ? NULL : named_file_find(talk, site, *name);
        struct strbuf url = STRBUF_INIT;

        if (!file) {
            err_add(&talk->made->problems, SEVERITY_WARNING, talk->file, 0, 0,
                    "%s `%s` %s: put the file beside the deck and name it so",
                    is_script ? "the script" : "the style sheet", *name,
                    named_file_is_remote(*name) ? "is on another host and is not loaded"
                                                : "is not there");
            continue;
        }
        named_file_append_url(&url, talk, file);
        if (is_script) {
            strbuf_append_text(out, "<script defer src=\"");
            html_attr(out, strbuf_span(&url));
            strbuf_append_text(out, "\"></script>\n");
        } else {
            append_style_link(out, url.data);
        }
        strbuf_release(&url);
    }
}

/*
 * The embedded style sheet `folder/name.css`, or NULL. Also for what other tools write: a path that
 * ends in the theme's name.
 */
static const struct embedded *find_theme(const char *folder, const char *name)
{
    const char *slash = strrchr(name, '/');
    size_t len = strlen(name);
    bool is_path = len > 4 && strcmp(name + len - 4, ".css") == 0;
    const char *base = is_path && slash ? slash + 1 : name;
    size_t base_len = strlen(base) - (is_path ? 4 : 0);
    char *full = mem_format("%s/%.*s.css", folder, (int)base_len, base);
    const struct embedded *found = embedded_find(full);

    free(full);
    return found;
}

/* "black, white, …": what a folder of themes holds. */
static void append_theme_names(struct strbuf *out, const char *folder)
{
    size_t folder_len = strlen(folder);
    const char *between = "";

    for (size_t i = 0; i < embedded_count; i++) {
        const char *name = embedded_files[i].name;

        if (strncmp(name, folder, folder_len) != 0 || name[folder_len] != '/')
            continue;
        name += folder_len + 1;
        strbuf_append_format(out, "%s%.*s", between, (int)(strlen(name) - strlen(".css")), name);
        between = ", ";
    }
}

/*
 * The embedded theme, or the fallback; where a file of the deck is meant, with a link to that, for
 * which the fallback lays the ground.
 */
static const struct embedded *append_theme(struct strbuf *styles, struct talk *talk,
                                           const struct deck_page_site *site, const char *folder,
                                           const char *name, const char *fallback)
{
    const struct site_file *own =
        name && !named_file_is_remote(name) ? named_file_find(talk, site, name) : NULL;
    const struct embedded *embedded = name && !own ? find_theme(folder, name) : NULL;
    struct strbuf text = STRBUF_INIT;

    if (own) {
        named_file_append_url(&text, talk, own);
        append_style_link(styles, text.data);
    } else if (name && !embedded) {
        append_theme_names(&text, folder);
        err_add(&talk->made->problems, SEVERITY_WARNING, talk->file, 0, 0,
                "there is no %s `%s`: name a style sheet beside the deck, or one of %s",
                strcmp(folder, "theme") == 0 ? "theme" : "highlightTheme", name, text.data);
    }
    strbuf_release(&text);
    return embedded ? embedded : find_theme(folder, fallback);
}

/* The style sheet itself where a request for it would cost more, and it names no other file. */
static void append_small_style(struct strbuf *styles, const struct embedded *style,
                               struct span path)
{
    struct span text = {(const char *)style->data, style->size};
    struct strbuf url = STRBUF_INIT;

    if (style->size <= SMALL_STYLE && span_find(text, SPAN("url(")) < 0 &&
        span_find(text, SPAN("</")) < 0) {
        strbuf_append_text(styles, "<style>");
        strbuf_append_span(styles, text);
        strbuf_append_text(styles, "</style>\n");
        return;
    }
    url_append_embedded(&url, path, style->name);
    append_style_link(styles, url.data);
    strbuf_release(&url);
}

/* `highlightTheme:`; an author's own needs nothing of ours. */
static void append_code_theme(struct strbuf *styles, struct talk *talk,
                              const struct deck_page_site *site)
{
    size_t before = styles->len;
    const struct embedded *theme = append_theme(
        styles, talk, site, "highlight", talk->made->deck->settings.highlight_theme, "monokai");

    if (theme && styles->len == before)
        append_small_style(styles, theme, span_of(talk->path));
}

/* The values of the page that are put together here; the others are there already. */
enum piece {
    PIECE_TITLE,
    PIECE_DESCRIPTION,
    PIECE_CANONICAL,
    PIECE_HEAD,
    PIECE_HOME,
    PIECE_AUTHOR,
    PIECE_THEME,
    PIECE_STYLES,
    PIECE_PLAIN,
    PIECE_SCRIPT,
    PIECE_PARTS,
    PIECE_OPTIONS,
    PIECE_SCRIPTS,
    PIECE_COUNT
};

/* Who speaks about what, and where. */
static void append_words(struct strbuf pieces[PIECE_COUNT], struct talk *talk,
                         const struct deck_page_site *site)
{
    struct span path = span_of(talk->path);

    strbuf_append_span(&pieces[PIECE_TITLE], talk_title(talk));
    if (site->shell->has_index) {
        strbuf_append_text(&pieces[PIECE_TITLE], " · ");
        strbuf_append_text(&pieces[PIECE_TITLE], site->shell->title);
        url_append_relative(&pieces[PIECE_HOME], path, SPAN(""));
    }
    talk_words_append_summary(&pieces[PIECE_DESCRIPTION], talk, site->people);
    talk_append_speakers(&pieces[PIECE_AUTHOR], talk, site->people);
    url_append_absolute(&pieces[PIECE_CANONICAL], span_of(site->shell->address), path);
    if (talk->made->deck->settings.draft)
        strbuf_append_text(&pieces[PIECE_HEAD], "<meta name=\"robots\" content=\"noindex\">\n");
    talk_head_append(&pieces[PIECE_HEAD], talk, site);
    shell_append_owners_head(&pieces[PIECE_HEAD], site->shell);
}

/* What the page loads, and with which options. */
static void append_files(struct strbuf pieces[PIECE_COUNT], struct talk *talk,
                         const struct deck_page_site *site)
{
    const struct deck *deck = talk->made->deck;
    const struct deck_settings *settings = &deck->settings;
    struct strbuf *styles = &pieces[PIECE_STYLES], *options = &pieces[PIECE_OPTIONS];
    struct span path = span_of(talk->path);
    const struct embedded *theme;

    if (deck->has_code)
        append_code_theme(styles, talk, site);
    theme = append_theme(styles, talk, site, "theme", settings->theme, "black");
    url_append_embedded(&pieces[PIECE_THEME], path, theme->name);
    append_named(styles, talk, site, &settings->css, false);
    url_append_embedded(&pieces[PIECE_PLAIN], path, "plain.css");
    url_append_embedded(&pieces[PIECE_SCRIPT], path, "deck.js");
    deck_parts_append(&pieces[PIECE_PARTS], talk);
    if (settings->reveal_options && settings->reveal_options->kind == NODE_MAP)
        node_append_json(options, settings->reveal_options);
    else
        strbuf_append_text(options, "{}");
    append_named(&pieces[PIECE_SCRIPTS], talk, site, &settings->scripts, true);
}

static void build_deck(struct strbuf *out, struct talk *talk, const struct deck_page_site *site)
{
    const struct deck *deck = talk->made->deck;
    const char *lang = deck->settings.lang;
    struct strbuf pieces[PIECE_COUNT];

    for (size_t i = 0; i < PIECE_COUNT; i++)
        strbuf_init(&pieces[i]);
    append_words(pieces, talk, site);
    append_files(pieces, talk, site);

    const struct template_value values[] = {
        {"lang", lang ? span_of(lang) : SPAN("en")},
        {"title", strbuf_span(&pieces[PIECE_TITLE])},
        {"description", strbuf_span(&pieces[PIECE_DESCRIPTION])},
        {"canonical", strbuf_span(&pieces[PIECE_CANONICAL])},
        {"head", strbuf_span(&pieces[PIECE_HEAD])},
        {"home", strbuf_span(&pieces[PIECE_HOME])},
        {"home_label", SPAN("All talks")},
        {"about", SPAN(TALK_PAGE)},
        {"author", strbuf_span(&pieces[PIECE_AUTHOR])},
        {"theme", strbuf_span(&pieces[PIECE_THEME])},
        {"styles", strbuf_span(&pieces[PIECE_STYLES])},
        {"plain", strbuf_span(&pieces[PIECE_PLAIN])},
        {"script", strbuf_span(&pieces[PIECE_SCRIPT])},
        {"parts", strbuf_span(&pieces[PIECE_PARTS])},
        {"slides", strbuf_span(&deck->slides)},
        {"options", strbuf_span(&pieces[PIECE_OPTIONS])},
        {"scripts", strbuf_span(&pieces[PIECE_SCRIPTS])},
    };

    shells_append(out, &site->shell->look.shells, SHELL_DECK, values,
                  sizeof values / sizeof *values);
    for (size_t i = 0; i < PIECE_COUNT; i++)
        strbuf_release(&pieces[i]);
}

/* What the audience needs to know; the author finds the rest in the log. */
static void build_broken(struct strbuf *out, const struct talk *talk,
                         const struct deck_page_site *site)
{
    shell_append_notice(out, site->shell, span_of(talk->path), false, "Not ready", talk_title(talk),
                        "There is a mistake in this deck, so its slides cannot be shown yet. Its "
                        "author finds what is wrong in the server’s log.");
}

void deck_page_append_basis(struct strbuf *out, const struct deck_page_site *site)
{
    shell_append_identity(out, site->shell);
    strbuf_append_char(out, '\0');
    strbuf_append_text(out, site->people->identity.text);
}

void deck_page_build(struct talk *talk, const struct deck_page_site *site)
{
    struct rendering *made = talk->made;
    struct strbuf html = STRBUF_INIT, policy = STRBUF_INIT;

    if (made->deck->broken) {
        build_broken(&html, talk, site);
        strbuf_append_text(&policy, csp_page);
    } else if (made->deck->whole_page) {
        strbuf_append_span(&html, strbuf_span(&made->deck->slides));
        strbuf_append_text(&policy, csp_author);
    } else {
        build_deck(&html, talk, site);
        csp_append_deck(&policy, &made->deck->hosts);
    }
    page_finish(&made->page, &html, site->reuse);
    made->policy = strbuf_detach(&policy, NULL);
}
