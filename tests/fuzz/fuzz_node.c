/* YAML from strangers: to a tree, to JSON, to the settings of a deck and of the site. */
#include "target.h"

#include "conf/deck_settings.h"
#include "conf/node.h"
#include "conf/site_settings.h"

#include <assert.h>

static void use(const struct node *node, struct err_list *errs)
{
    struct strbuf out = STRBUF_INIT;
    struct deck_settings deck;
    struct site_settings site;

    node_append_json(&out, node);
    deck_settings_init(&deck);
    deck_settings_read(&deck, node, errs);
    deck_settings_read(&deck, node, errs);
    deck_settings_explain(&out, &deck);
    deck_settings_release(&deck);
    site_settings_init(&site);
    site_settings_read(&site, node, errs);
    site_settings_release(&site);
    strbuf_release(&out);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    /* The name of the file says which tool's settings it holds. */
    static const char *const files[] = {"talk.md", "mkslides.yml", "reveal.json"};
    struct err_list errs;

    if (!size)
        return 0;
    err_list_init(&errs);
    struct node *node =
        node_parse((struct span){(const char *)data + 1, size - 1}, files[data[0] % 3], 1, &errs);
    if (node)
        use(node, &errs);
    else
        assert(errs.list.count);
    node_free(node);
    err_list_release(&errs);
    return 0;
}
