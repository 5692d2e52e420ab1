/*
 * Any bytes as a configuration file: it is taken or refused with a reason, and what --print-config
 * makes of one that is taken is taken again, and printed alike.
 */
#include "place.h"

#include "conf/effective.h"
#include "conf/options.h"

static int place = -1;

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
    (void)argc;
    (void)argv;
    for (size_t i = 0; i < site_key_count; i++)
        unsetenv(site_keys[i].environment);
    place = place_make();
    return 0;
}

/* Whether the file is taken; what it comes to is appended then. */
static bool settle(struct span text, struct strbuf *out)
{
    struct options options = {.command = COMMAND_PRINT_CONFIG};
    struct site_settings settings;
    struct err_list errs;
    char *path = mem_format("%s/decksd.yaml", place_path);

    place_write(place, "decksd.yaml", text);
    options.config = path;
    err_list_init(&errs);
    site_settings_init(&settings);
    bool taken = options_settle(&options, &settings, &errs) == 0;
    check(taken || errs.list.count > 0);
    if (taken)
        effective_append(out, &options);
    site_settings_release(&settings);
    err_list_release(&errs);
    free(path);
    return taken;
}

/* Without the places, behind two spaces and a mark: those are others, when it is read again. */
static void append_values(struct strbuf *out, struct span text)
{
    struct span line;

    while (span_next_line(&text, &line)) {
        ptrdiff_t mark = span_find(line, SPAN("  # "));

        strbuf_append_span(out, mark < 0 ? line : span_cut(line, 0, (size_t)mark));
        strbuf_append_char(out, '\n');
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct strbuf first = STRBUF_INIT, second = STRBUF_INIT;
    struct strbuf values = STRBUF_INIT, same = STRBUF_INIT;

    if (settle((struct span){(const char *)data, size}, &first)) {
        check(settle(strbuf_span(&first), &second));
        append_values(&values, strbuf_span(&first));
        append_values(&same, strbuf_span(&second));
        check(span_equal(strbuf_span(&values), strbuf_span(&same)));
    }
    strbuf_release(&first);
    strbuf_release(&second);
    strbuf_release(&values);
    strbuf_release(&same);
    return 0;
}
