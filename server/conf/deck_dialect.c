#include "conf/deck_dialect.h"

#include "base/mem.h"
#include "conf/deck_key.h"
#include "conf/deck_value.h"
#include "conf/reveal_option.h"

#include <string.h>

/* Another name for a key of ours, with the same values. */
static const struct {
    const char *name, *key;
} other_names[] = {
    {"author", "speakers"},
    {"authors", "speakers"},
    {"speaker", "speakers"},
    {"presenter", "speakers"},
    {"summary", "description"},
    {"abstract", "description"},
    {"conference", "event"},
    {"keywords", "tags"},
    {"categories", "tags"},
    {"tag", "tags"},
    {"language", "lang"},
    {"image", "cover"},
    {"featured_image", "cover"},
    {"videos", "video"},
    {"licence", "license"},
    {"hidden", "draft"},
    {"notes_separator", "notesSeparator"},
    {"separatorNotes", "notesSeparator"},
    {"separator_notes", "notesSeparator"},
    {"separatorVertical", "verticalSeparator"},
    {"separator_vertical", "verticalSeparator"},
    {"verticalseparator", "verticalSeparator"},
    {"highlight_theme", "highlightTheme"},
    {"customTheme", "theme"},
    {"customHighlightTheme", "highlightTheme"},
    {"revealjs", "revealOptions"},
    {"reveal_options", "revealOptions"},
    {"script", "scripts"},
};

/* Keys that those tools know, and that have nothing to say to a server. */
static const char *const idle[] = {
    /* reveal-md */
    "absoluteUrl", "assetsDir", "base", "disableAutoOpen", "favicon", "featuredSlide", "glob",
    "host", "listingTemplate", "noPhantom", "port", "preprocessor", "print", "printSize",
    "puppeteerChromiumExecutable", "puppeteerLaunchArgs", "serviceworker", "static", "staticDir",
    "staticDirs", "template", "watch", "webmanifest",
    /* mkslides */
    "index", "preprocess_script",
    /* vscode-reveal */
    "enableChalkboard", "enableMenu", "enableSearch", "enableTitleFooter", "enableZoom", "logoImg",
    "customThemeTestSettings",
    /* HedgeDoc */
    "breaks", "dir", "disqus", "GA", "opengraph", "robots", "type",
    /* Hugo, Jekyll, Marp */
    "comments", "expiryDate", "footer", "header", "headingDivider", "lastmod", "layout",
    "linkTitle", "marp", "menu", "outputs", "paginate", "params", "permalink", "publishDate",
    "size", "weight"};

#define COUNT(array) (sizeof(array) / sizeof *(array))

static bool is_in(const char *const *words, size_t count, const char *word)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(words[i], word) == 0)
            return true;
    return false;
}

static const struct deck_key *translate(const char *name)
{
    for (size_t i = 0; i < COUNT(other_names); i++)
        if (strcmp(other_names[i].name, name) == 0)
            return deck_key_find(other_names[i].key);
    return deck_key_find(name);
}

/* One option of reveal.js that stands where it does not in Reveal.initialize. */
static void read_option(struct deck_settings *settings, const char *name, const struct node *value,
                        struct err_list *errs)
{
    struct node *options = node_new(NODE_MAP, value, NULL);

    options->key_line = value->key_line;
    node_map_put(options, mem_copy_text(name), node_copy(value));
    deck_key_set(deck_key_find("revealOptions"), settings, options, errs);
    node_free(options);
}

static bool expect_map(const char *key, const struct node *value, struct err_list *errs)
{
    if (value->kind != NODE_MAP && value->kind != NODE_NULL)
        err_add(errs, SEVERITY_WARNING, value->file, value->line, value->column,
                "`%s` must be a map of settings, not %s", key, node_kind_name(value->kind));
    return value->kind == NODE_MAP;
}

/* mkslides: `slides: {theme: …, separator_vertical: …}` */
static void read_slides(struct deck_settings *settings, const struct node *slides,
                        struct err_list *errs)
{
    if (!expect_map("slides", slides, errs))
        return;
    for (size_t i = 0; i < slides->count; i++) {
        const struct deck_key *key = translate(slides->keys[i]);
        const struct node *value = slides->items[i];
        if (key)
            deck_key_set(key, settings, value, errs);
        else if (!deck_dialect_read(settings, slides->keys[i], value, errs))
            err_add(errs, SEVERITY_WARNING, value->file, value->key_line, value->key_column,
                    "`%s` is no setting of `slides`: remove it", slides->keys[i]);
    }
}

/* HedgeDoc: reveal.js's options, and the theme among them. */
static void read_slide_options(struct deck_settings *settings, const struct node *options,
                               struct err_list *errs)
{
    if (!expect_map("slideOptions", options, errs))
        return;
    for (size_t i = 0; i < options->count; i++)
        if (strcmp(options->keys[i], "theme") == 0)
            deck_key_set(deck_key_find("theme"), settings, options->items[i], errs);
        else
            read_option(settings, options->keys[i], options->items[i], errs);
}

/* mkslides: `plugins: [{name: …, extra_css: […], extra_javascript: […]}]` */
static void read_plugins(struct deck_settings *settings, const struct node *plugins,
                         struct err_list *errs)
{
    for (size_t i = 0; i < plugins->count; i++) {
        const struct node *plugin = plugins->kind == NODE_LIST ? plugins->items[i] : plugins;
        const struct node *css = node_get(plugin, "extra_css");
        const struct node *scripts = node_get(plugin, "extra_javascript");
        if (css && css->kind != NODE_NULL && !value_texts_add(&settings->css, css))
            err_add(errs, SEVERITY_WARNING, css->file, css->line, css->column,
                    "`extra_css` must be a list of files");
        if (scripts && scripts->kind != NODE_NULL && !value_texts_add(&settings->scripts, scripts))
            err_add(errs, SEVERITY_WARNING, scripts->file, scripts->line, scripts->column,
                    "`extra_javascript` must be a list of files");
        if (plugins->kind != NODE_LIST)
            break;
    }
}

/* Jekyll: `published: false` */
static void read_published(struct deck_settings *settings, const struct node *value,
                           struct err_list *errs)
{
    struct node *draft = node_copy(value);

    draft->boolean = !draft->boolean;
    deck_key_set(deck_key_find("draft"), settings, draft, errs);
    node_free(draft);
}

static const struct {
    const char *name;
    void (*read)(struct deck_settings *settings, const struct node *value, struct err_list *errs);
} holders[] = {
    {"slides", read_slides},
    {"slideOptions", read_slide_options},
    {"plugins", read_plugins},
    {"published", read_published},
};

bool deck_dialect_read(struct deck_settings *settings, const char *key, const struct node *value,
                       struct err_list *errs)
{
    for (size_t i = 0; i < COUNT(holders); i++)
        if (strcmp(holders[i].name, key) == 0) {
            holders[i].read(settings, value, errs);
            return true;
        }
    const struct deck_key *ours = translate(key);
    if (ours) {
        deck_key_set(ours, settings, value, errs);
        return true;
    }
    if (reveal_option_exists(key)) {
        read_option(settings, key, value, errs);
        return true;
    }
    if (!is_in(idle, COUNT(idle), key))
        return false;
    err_add(errs, SEVERITY_NOTE, value->file, value->key_line, value->key_column,
            "`%s` belongs to another tool and has no effect here", key);
    return true;
}

void deck_dialect_offer(struct nearest *nearest)
{
    for (size_t i = 0; i < COUNT(other_names); i++) {
        nearest_offer(nearest, other_names[i].name);
        if (nearest->best == other_names[i].name)
            nearest->best = other_names[i].key;
    }
    for (size_t i = 0; i < COUNT(holders); i++)
        nearest_offer(nearest, holders[i].name);
    reveal_option_offer(nearest);
}
