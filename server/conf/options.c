#include "conf/options.h"

#include "base/file.h"
#include "base/mem.h"
#include "conf/nearest.h"

#include <errno.h>
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { ROW_VALUE = 256 /* getopt's value of row 0; letters are below */ };

/* One option, whether it is a setting or says what to do. */
struct row {
    const char *name;
    const char *argument; /* NULL: takes none */
    const char *sets;     /* the setting that it gives this value; NULL: none */
    const char *value;
    const char *help;
    const struct site_key *key;
    enum command command;
    size_t text, flag; /* where in struct options it is kept; 0: nowhere */
    char letter;
};

/* What decksd does instead of serving, with the word that it is done to. */
struct verb {
    const char *name, *argument;
    enum command command;
    size_t word; /* where in struct options it is kept */
    const char *help;
};

static const struct verb verbs[] = {
    {"pdf", "DECK", COMMAND_PDF, offsetof(struct options, deck),
     "print a deck, by an installed Chromium"},
    {"export", "DIR", COMMAND_EXPORT, offsetof(struct options, output),
     "write the whole site as plain files"},
};

static const struct row other_rows[] = {
    {.name = "config",
     .letter = 'c',
     .argument = "FILE",
     .text = offsetof(struct options, config),
     .help = "YAML file to read settings from"},
    {.name = "check",
     .command = COMMAND_CHECK,
     .help = "load everything, list all problems, serve nothing"},
    {.name = "explain",
     .command = COMMAND_EXPLAIN,
     .argument = "DECK",
     .text = offsetof(struct options, deck),
     .help = "show a deck's settings and where each comes from"},
    {.name = "print-config",
     .command = COMMAND_PRINT_CONFIG,
     .help = "show the settings in force, each with its origin"},
    {.name = "output",
     .letter = 'o',
     .argument = "FILE",
     .text = offsetof(struct options, output),
     .help = "pdf: file to write; - is standard output"},
    {.name = "notes",
     .flag = offsetof(struct options, notes),
     .help = "pdf: print the speaker notes too"},
    {.name = "verbose",
     .letter = 'v',
     .sets = "verbosity",
     .value = "verbose",
     .help = "say more on standard error"},
    {.name = "quiet",
     .letter = 'q',
     .sets = "verbosity",
     .value = "quiet",
     .help = "say errors only"},
    {.name = "no-sandbox",
     .sets = "sandbox",
     .value = "false",
     .help = "keep the rights that are not needed"},
    {.name = "version",
     .letter = 'V',
     .command = COMMAND_VERSION,
     .help = "show the version and end"},
    {.name = "licenses",
     .command = COMMAND_LICENSES,
     .help = "show the licences of decksd and all it carries"},
    {.name = "help", .letter = 'h', .command = COMMAND_HELP, .help = "show this help and end"},
};

struct rows {
    VEC(struct row) list;
};

static struct rows all_rows(void)
{
    struct rows rows = {0};

    for (size_t i = 0; i < site_key_count; i++) {
        const struct site_key *key = &site_keys[i];
        struct row row = {
            .name = key->option,
            .letter = key->letter,
            .argument = key->argument,
            .help = key->help,
            .key = key,
        };
        if (key->option)
            vec_push(&rows.list, row);
    }
    for (size_t i = 0; i < sizeof other_rows / sizeof *other_rows; i++)
        vec_push(&rows.list, other_rows[i]);
    return rows;
}

static const struct site_key *key_named(const char *name)
{
    size_t i = 0;

    while (strcmp(site_keys[i].name, name) != 0)
        i++;
    return &site_keys[i];
}

static void usage(struct err_list *errs, const char *what, const char *option)
{
    err_add(errs, SEVERITY_ERROR, NULL, 0, 0, "%s %s: `decksd --help` lists the options", what,
            option);
}

/* What getopt gave up on stands in argv before optind, or is the letter optopt. */
static void report_unknown(const struct rows *rows, const char *given, struct err_list *errs)
{
    struct nearest nearest;
    char name[64];

    if (strncmp(given, "--", 2) != 0) {
        char letter[] = {'-', (char)optopt, '\0'};
        usage(errs, "unknown option", letter);
        return;
    }
    snprintf(name, sizeof name, "%.*s", (int)strcspn(given + 2, "="), given + 2);
    nearest_init(&nearest, name);
    vec_each (&rows->list, row) {
        if (strcmp(row->name, name) == 0) {
            err_add(errs, SEVERITY_ERROR, NULL, 0, 0, "--%s takes no value", name);
            return;
        }
        nearest_offer(&nearest, row->name);
    }
    if (nearest.best)
        err_add(errs, SEVERITY_ERROR, NULL, 0, 0, "unknown option --%s: did you mean --%s?", name,
                nearest.best);
    else
        usage(errs, "unknown option", given);
}

static const struct row *find_row(const struct rows *rows, int value)
{
    if (value >= ROW_VALUE)
        return &rows->list.items[value - ROW_VALUE];
    vec_each (&rows->list, row)
        if (row->letter == value)
            return row;
    return NULL;
}

static void accept(struct options *options, const struct row *row, const char *text,
                   struct site_settings *trial, struct err_list *errs)
{
    char *where = mem_format("--%s", row->name);

    if (row->key) {
        struct option_value value = {row->key, text};
        if (site_settings_set(trial, row->key, text, where, errs))
            vec_push(&options->values, value);
    } else if (row->sets) {
        struct option_value value = {key_named(row->sets), row->value};
        vec_push(&options->values, value);
    }
    if (row->text)
        *(const char **)((char *)options + row->text) = text;
    if (row->flag)
        *(bool *)((char *)options + row->flag) = true;
    if (row->command != COMMAND_SERVE)
        options->command = row->command;
    free(where);
}

/* The tables that getopt_long wants. */
static struct option *build_tables(const struct rows *rows, struct strbuf *letters)
{
    struct option *longs = mem_zero(rows->list.count + 1, sizeof *longs);

    strbuf_append_char(letters, ':'); /* tell a missing argument from an unknown option */
    for (size_t i = 0; i < rows->list.count; i++) {
        const struct row *row = &rows->list.items[i];
        longs[i] = (struct option){row->name, row->argument ? required_argument : no_argument, NULL,
                                   ROW_VALUE + (int)i};
        if (row->letter)
            strbuf_append_format(letters, "%c%s", row->letter, row->argument ? ":" : "");
    }
    return longs;
}

static void accept_words(struct options *options, int count, char **words, struct err_list *errs)
{
    for (size_t i = 0; i < sizeof verbs / sizeof *verbs; i++) {
        const struct verb *verb = &verbs[i];
        if (strcmp(words[0], verb->name) != 0)
            continue;
        if (count != 2)
            err_add(errs, SEVERITY_ERROR, NULL, 0, 0, "write `decksd %s %s`", verb->name,
                    verb->argument);
        options->command = verb->command;
        *(const char **)((char *)options + verb->word) = words[1]; /* NULL behind the last */
        return;
    }
    err_add(errs, SEVERITY_ERROR, NULL, 0, 0,
            "unexpected argument `%s`: write `--root %s` if it is the directory of the decks",
            words[0], words[0]);
}

int options_parse(struct options *options, int argc, char **argv, struct err_list *errs)
{
    struct strbuf letters = STRBUF_INIT;
    struct rows rows = all_rows();
    struct option *longs = build_tables(&rows, &letters);
    struct site_settings trial;
    size_t before = errs->list.count;
    int value;

    *options = (struct options){0};
    site_settings_init(&trial);
    optind = 0; /* from the start, also when called again */
    opterr = 0;
    while ((value = getopt_long(argc, argv, letters.data, longs, NULL)) != -1) {
        const struct row *row = value == '?' || value == ':' ? NULL : find_row(&rows, value);
        if (row)
            accept(options, row, optarg, &trial, errs);
        else if (value == ':')
            usage(errs, "a value is missing after", argv[optind - 1]);
        else
            report_unknown(&rows, argv[optind - 1], errs);
    }
    if (optind < argc && errs->list.count == before)
        accept_words(options, argc - optind, argv + optind, errs);
    if (errs->list.count == before && options->command != COMMAND_PDF &&
        (options->notes || (options->output && options->command != COMMAND_EXPORT)))
        err_add(errs, SEVERITY_ERROR, NULL, 0, 0, "--output and --notes are for `decksd pdf DECK`");
    site_settings_release(&trial);
    strbuf_release(&letters);
    free(longs);
    vec_release(&rows.list);
    return errs->list.count > before ? -EINVAL : 0;
}

void options_release(struct options *options)
{
    vec_release(&options->values);
}

/* An operator's configuration is right, or the server does not start. */
static void read_config(const char *path, struct site_settings *settings, struct err_list *errs)
{
    struct strbuf text = STRBUF_INIT;
    struct err_list problems;
    int err = file_read_path(path, CONFIG_LIMIT, &text);

    err_list_init(&problems);
    if (err) {
        err_add(&problems, SEVERITY_ERROR, NULL, 0, 0,
                "the configuration %s cannot be read: %s: check --config", path, strerror(-err));
    } else {
        struct node *config = node_parse(strbuf_span(&text), path, 1, &problems);
        site_settings_read(settings, config, &problems);
        node_free(config);
    }
    vec_each (&problems.list, problem)
        if (problem->severity == SEVERITY_WARNING)
            problem->severity = SEVERITY_ERROR;
    err_list_move(errs, &problems);
    strbuf_release(&text);
}

static bool is_known_variable(struct span name)
{
    for (size_t i = 0; i < site_key_count; i++)
        if (span_is(name, site_keys[i].environment))
            return true;
    return span_is(name, "DECKSD_CONFIG");
}

static void check_environment(struct err_list *errs)
{
    for (char **variable = environ; *variable; variable++) {
        struct span name = span_cut(span_of(*variable), 0, strcspn(*variable, "="));
        if (!span_starts_with(name, SPAN("DECKSD_")) || is_known_variable(name))
            continue;
        struct nearest nearest;
        char *text = mem_copy(name.data, name.len);
        nearest_init(&nearest, text);
        for (size_t i = 0; i < site_key_count; i++)
            nearest_offer(&nearest, site_keys[i].environment);
        nearest_offer(&nearest, "DECKSD_CONFIG");
        err_add(errs, SEVERITY_WARNING, NULL, 0, 0, "the environment's %s means nothing%s%s%s",
                text, nearest.best ? ": did you mean " : "", nearest.best ? nearest.best : "",
                nearest.best ? "?" : "");
        free(text);
    }
}

static void read_environment(struct site_settings *settings, struct err_list *errs)
{
    for (size_t i = 0; i < site_key_count; i++) {
        const char *text = getenv(site_keys[i].environment);
        if (text && *text)
            site_settings_set(settings, &site_keys[i], text, site_keys[i].environment, errs);
    }
    check_environment(errs);
}

const char *options_config(const struct options *options)
{
    return options->config ? options->config : getenv("DECKSD_CONFIG");
}

int options_settle(const struct options *options, struct site_settings *settings,
                   struct err_list *errs)
{
    const char *config = options_config(options);

    if (config && *config)
        read_config(config, settings, errs);
    read_environment(settings, errs);
    vec_each (&options->values, value) /* which options_parse found to be right */
        site_settings_set(settings, value->key, value->text, value->key->name, errs);
    return err_list_has(errs, SEVERITY_ERROR) ? -EINVAL : 0;
}

void options_append_help(struct strbuf *out)
{
    struct rows rows = all_rows();

    strbuf_append_text(out, "Usage: decksd [OPTION]...\n");
    for (size_t i = 0; i < sizeof verbs / sizeof *verbs; i++)
        strbuf_append_format(out, "       decksd %s %s [OPTION]...\n", verbs[i].name,
                             verbs[i].argument);
    strbuf_append_text(out, "Serve a directory of Markdown slide decks as a site.\n\n");
    for (size_t i = 0; i < sizeof verbs / sizeof *verbs; i++) {
        char *name = mem_format("%s %s", verbs[i].name, verbs[i].argument);
        strbuf_append_format(out, "      %-22s %s\n", name, verbs[i].help);
        free(name);
    }
    vec_each (&rows.list, row) {
        char *name = mem_format("%s%s%s", row->name, row->argument ? " " : "",
                                row->argument ? row->argument : "");
        char letter[] = {'-', row->letter, ',', '\0'};
        strbuf_append_format(out, "  %3s --%-20s %s", row->letter ? letter : "", name, row->help);
        if (row->key && row->key->standard)
            strbuf_append_format(out, " [%s]", row->key->standard);
        strbuf_append_char(out, '\n');
        free(name);
    }
    strbuf_append_text(out,
                       "\nEach setting may also stand in the environment (DECKSD_PORT=8080) or "
                       "in the\nconfiguration file (port: 8080); the command line wins over "
                       "the environment,\nwhich wins over the file. See decksd(1).\n");
    vec_release(&rows.list);
}
