#include "conf/options.h"

#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

struct fixture {
    struct site_settings settings;
    struct err_list errs;
    struct options options;
    char config[64];
};

static int set_up(void **state)
{
    struct fixture *fixture = calloc(1, sizeof *fixture);

    site_settings_init(&fixture->settings);
    err_list_init(&fixture->errs);
    *state = fixture;
    return 0;
}

static int tear_down(void **state)
{
    struct fixture *fixture = *state;

    for (size_t i = 0; i < site_key_count; i++)
        unsetenv(site_keys[i].environment);
    unsetenv("DECKSD_CONFIG");
    unsetenv("DECKSD_PROT");
    if (*fixture->config)
        unlink(fixture->config);
    options_release(&fixture->options);
    site_settings_release(&fixture->settings);
    err_list_release(&fixture->errs);
    free(fixture);
    return 0;
}

/* Parses a line of words with one blank between them. */
static int parse(struct fixture *fixture, const char *line)
{
    static char words[512];
    static char *argv[32];
    int argc = 0;

    snprintf(words, sizeof words, "decksd %s", line);
    for (char *word = strtok(words, " "); word; word = strtok(NULL, " "))
        argv[argc++] = word;
    argv[argc] = NULL;
    return options_parse(&fixture->options, argc, argv, &fixture->errs);
}

static int settle(struct fixture *fixture)
{
    return options_settle(&fixture->options, &fixture->settings, &fixture->errs);
}

static void write_config(struct fixture *fixture, const char *text)
{
    strcpy(fixture->config, "/tmp/decksd-test-XXXXXX");
    int fd = mkstemp(fixture->config);

    assert_true(fd >= 0);
    assert_int_equal(write(fd, text, strlen(text)), strlen(text));
    close(fd);
    setenv("DECKSD_CONFIG", fixture->config, 1);
}

static void assert_problem(const struct fixture *fixture, size_t index, const char *expected)
{
    assert_true(index < fixture->errs.list.count);
    assert_string_equal(fixture->errs.list.items[index].text, expected);
}

static void has_built_in_values(void **state)
{
    struct fixture *fixture = *state;

    assert_int_equal(parse(fixture, ""), 0);
    assert_int_equal(settle(fixture), 0);
    assert_int_equal(fixture->options.command, COMMAND_SERVE);
    assert_string_equal(fixture->settings.root, "decks");
    assert_int_equal(fixture->settings.port, 8080);
    assert_null(fixture->settings.bind);
    assert_int_equal(fixture->settings.threads, 0);
    assert_string_equal(fixture->settings.title, "Decks");
    assert_int_equal(fixture->settings.deck_limit, 4 << 20);
    assert_int_equal(fixture->settings.verbosity, VERBOSITY_NORMAL);
    assert_int_equal(fixture->errs.list.count, 0);
}

static void reads_every_option(void **state)
{
    struct fixture *fixture = *state;

    assert_int_equal(parse(fixture, "--root talks --port=0 --bind ::1 --threads 3 --title T "
                                    "--deck-limit 64k --verbose"),
                     0);
    assert_int_equal(settle(fixture), 0);
    assert_string_equal(fixture->settings.root, "talks");
    assert_int_equal(fixture->settings.port, 0);
    assert_string_equal(fixture->settings.bind, "::1");
    assert_int_equal(fixture->settings.threads, 3);
    assert_string_equal(fixture->settings.title, "T");
    assert_int_equal(fixture->settings.deck_limit, 65536);
    assert_int_equal(fixture->settings.verbosity, VERBOSITY_VERBOSE);
}

static void reads_short_options_and_commands(void **state)
{
    struct fixture *fixture = *state;

    assert_int_equal(parse(fixture, "-r x -p 1 -qb 127.0.0.1 --check"), 0);
    assert_int_equal(fixture->options.command, COMMAND_CHECK);
    assert_int_equal(settle(fixture), 0);
    assert_string_equal(fixture->settings.bind, "127.0.0.1");
    assert_int_equal(fixture->settings.verbosity, VERBOSITY_QUIET);
    options_release(&fixture->options);

    assert_int_equal(parse(fixture, "--explain 2015/talk"), 0);
    assert_int_equal(fixture->options.command, COMMAND_EXPLAIN);
    assert_string_equal(fixture->options.deck, "2015/talk");
    assert_int_equal(parse(fixture, "-V"), 0);
    assert_int_equal(fixture->options.command, COMMAND_VERSION);
    assert_int_equal(parse(fixture, "-h"), 0);
    assert_int_equal(fixture->options.command, COMMAND_HELP);
}

static void refuses_a_line_that_cannot_be_meant(void **state)
{
    static const struct {
        const char *line, *problem;
    } cases[] = {
        {"--prot 80", "unknown option --prot: did you mean --port?"},
        {"--thread", "a value is missing after --thread: `decksd --help` lists the options"},
        {"--frobnicate", "unknown option --frobnicate: `decksd --help` lists the options"},
        {"-x", "unknown option -x: `decksd --help` lists the options"},
        {"-p", "a value is missing after -p: `decksd --help` lists the options"},
        {"--root", "a value is missing after --root: `decksd --help` lists the options"},
        {"--check=1", "--check takes no value"},
        {"--port 65536", "--port must be a number from 0 (any free port) to 65535, not `65536`"},
        {"--port -1", "--port must be a number from 0 (any free port) to 65535, not `-1`"},
        {"--port 80a", "--port must be a number from 0 (any free port) to 65535, not `80a`"},
        {"--port=", "--port must be a number from 0 (any free port) to 65535, not ``"},
        {"--root=", "--root must be a directory, not ``"},
        {"--threads 5000", "--threads must be a number from 0 (one per core) to 1024, not `5000`"},
        {"--deck-limit 0", "--deck-limit must be a size such as `4 MiB`, not `0`"},
        {"--deck-limit 4X", "--deck-limit must be a size such as `4 MiB`, not `4X`"},
        {"--deck-limit 99999999999G",
         "--deck-limit must be a size such as `4 MiB`, not `99999999999G`"},
        {"talks", "unexpected argument `talks`: write `--root talks` if it is the directory of the "
                  "decks"},
    };
    struct fixture *fixture = *state;

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        assert_int_equal(parse(fixture, cases[i].line), -EINVAL);
        assert_problem(fixture, 0, cases[i].problem);
        assert_int_equal(fixture->errs.list.count, 1);
        err_list_release(&fixture->errs);
        options_release(&fixture->options);
    }
}

static void lets_each_source_override_the_one_below(void **state)
{
    struct fixture *fixture = *state;

    write_config(fixture, "port: 1\ntitle: File\nroot: a\nthreads: 2\n"
                          "deck: {theme: moon, revealOptions: {controls: false}}\n");
    setenv("DECKSD_PORT", "2", 1);
    setenv("DECKSD_TITLE", "Environment", 1);
    setenv("DECKSD_THREADS", "", 1);
    assert_int_equal(parse(fixture, "--port 3"), 0);
    assert_int_equal(settle(fixture), 0);
    assert_int_equal(fixture->settings.port, 3);
    assert_string_equal(fixture->settings.title, "Environment");
    assert_string_equal(fixture->settings.root, "a");
    assert_int_equal(fixture->settings.threads, 2);
    assert_string_equal(node_get(fixture->settings.deck_defaults, "theme")->text, "moon");
    assert_int_equal(fixture->errs.list.count, 0);
}

static void is_strict_with_the_config_file(void **state)
{
    struct fixture *fixture = *state;

    write_config(fixture, "prot: 1\nport: x\nroot: [a]\ntheme: moon\ndeck:\n  thme: moon\n  title: "
                          "[]\nport: 5\n");
    assert_int_equal(parse(fixture, ""), 0);
    assert_int_equal(settle(fixture), -EINVAL);
    assert_problem(fixture, 0, "`port` stands here a second time and replaces the first: keep one");
    assert_problem(fixture, 1, "`prot`: did you mean `port`?");
    assert_problem(fixture, 2, "`root` must be a directory, not a list");
    assert_problem(fixture, 3,
                   "`theme` is no setting of the site: remove it, or put it below "
                   "`deck:` if it is one of a deck");
    assert_problem(fixture, 4, "`thme`: did you mean `theme`?");
    assert_problem(fixture, 5, "`title` must be text, not a list");
    assert_int_equal(fixture->errs.list.count, 6);
    assert_int_equal(fixture->errs.list.items[4].line, 6);
    assert_string_equal(fixture->errs.list.items[4].file, fixture->config);
    vec_each (&fixture->errs.list, err)
        assert_int_equal(err->severity, SEVERITY_ERROR);
}

static void says_what_is_wrong_with_file_and_environment(void **state)
{
    struct fixture *fixture = *state;

    setenv("DECKSD_PORT", "http", 1);
    setenv("DECKSD_PROT", "80", 1);
    assert_int_equal(parse(fixture, "--config /nowhere/decksd.yaml"), 0);
    assert_int_equal(settle(fixture), -EINVAL);
    assert_problem(fixture, 0,
                   "the configuration /nowhere/decksd.yaml cannot be read: No such file "
                   "or directory: check --config");
    assert_problem(fixture, 1,
                   "DECKSD_PORT must be a number from 0 (any free port) to 65535, not `http`");
    assert_problem(fixture, 2,
                   "the environment's DECKSD_PROT means nothing: did you mean "
                   "DECKSD_PORT?");
    assert_int_equal(fixture->errs.list.items[2].severity, SEVERITY_WARNING);
}

static void helps_with_every_option(void **state)
{
    struct strbuf help = STRBUF_INIT;

    (void)state;
    options_append_help(&help);
    for (size_t i = 0; i < site_key_count; i++) {
        char option[64];
        if (!site_keys[i].option)
            continue;
        snprintf(option, sizeof option, "--%s %s", site_keys[i].option, site_keys[i].argument);
        assert_non_null(strstr(help.data, option));
        assert_non_null(strstr(help.data, site_keys[i].help));
    }
    assert_non_null(strstr(help.data, "  -p, --port N               TCP port to listen on"));
    assert_non_null(strstr(help.data, "      --check"));
    for (const char *line = help.data; line; line = strchr(line + 1, '\n'))
        assert_true(strcspn(line + 1, "\n") <= 80);
    strbuf_release(&help);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(has_built_in_values),
        TEST(reads_every_option),
        TEST(reads_short_options_and_commands),
        TEST(refuses_a_line_that_cannot_be_meant),
        TEST(lets_each_source_override_the_one_below),
        TEST(is_strict_with_the_config_file),
        TEST(says_what_is_wrong_with_file_and_environment),
        TEST(helps_with_every_option),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
