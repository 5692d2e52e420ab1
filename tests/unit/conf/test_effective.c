#include "conf/effective.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

static char config[] = "/tmp/decksd-effective-XXXXXX";

static int set_up(void **state)
{
    int fd = mkstemp(config);

    (void)state;
    assert_true(fd >= 0);
    close(fd);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    unsetenv("DECKSD_THREADS");
    unsetenv("DECKSD_ROOT");
    return unlink(config);
}

static void write_config(const char *text)
{
    FILE *file = fopen(config, "w");

    assert_non_null(file);
    assert_true(fputs(text, file) >= 0);
    assert_int_equal(fclose(file), 0);
}

/* What is in force for a line of words with one blank between them, and the file. */
static struct strbuf print(const char *line)
{
    char words[128];
    char *argv[16];
    int argc = 0;
    struct options options;
    struct site_settings settings;
    struct err_list errs;
    struct strbuf out = STRBUF_INIT;

    snprintf(words, sizeof words, "decksd --config %s %s", config, line);
    for (char *word = strtok(words, " "); word; word = strtok(NULL, " "))
        argv[argc++] = word;
    argv[argc] = NULL;
    err_list_init(&errs);
    site_settings_init(&settings);
    assert_int_equal(options_parse(&options, argc, argv, &errs), 0);
    if (options_settle(&options, &settings, &errs) < 0)
        fail_msg("line %u: %s", errs.list.items[0].line, errs.list.items[0].text);
    effective_append(&out, &options);
    site_settings_release(&settings);
    options_release(&options);
    err_list_release(&errs);
    return out;
}

__attribute__((format(printf, 2, 3))) static void assert_line(const struct strbuf *out,
                                                              const char *format, ...)
{
    char line[256] = "\n";
    va_list args;

    va_start(args, format);
    vsnprintf(line + 1, sizeof line - 2, format, args);
    va_end(args);
    strcat(line, "\n");
    if (!strstr(out->data, line))
        fail_msg("no line `%s` in:\n%s", line + 1, out->data);
}

static const char sample[] = "title: \"2015: a #1 'show'\"\n"
                             "url:\n"
                             "threads: 2\n"
                             "trustedProxies: [127.0.0.1, unix]\n"
                             "listen:\n"
                             "  - {port: 8081, bind: 127.0.0.1}\n"
                             "  - unix: /run/decksd.sock\n"
                             "    mode: 0660\n"
                             "deck:\n"
                             "  theme: moon\n"
                             "  title: \"true\"\n"
                             "  revealOptions: {slideNumber: c/t, controls: false}\n"
                             "  separator: '^\\n---\\n'\n";

static void names_who_says_it(void **state)
{
    (void)state;
    write_config(sample);
    setenv("DECKSD_THREADS", "3", 1);
    setenv("DECKSD_ROOT", "a: b", 1);
    struct strbuf out = print("--deck-limit 5MiB --quiet");
    assert_int_equal(strncmp(out.data, "root: \"a: b\"  # DECKSD_ROOT\n", 28), 0);
    assert_line(&out, "port: 8080  # built-in");
    assert_line(&out, "# bind is not set");
    assert_line(&out, "# url is not set");
    assert_line(&out, "threads: 3  # DECKSD_THREADS");
    assert_line(&out, "deckLimit: 5MiB  # --deck-limit");
    assert_line(&out, "verbosity: quiet  # --quiet");
    assert_line(&out, "title: \"2015: a #1 'show'\"  # %s:1", config);
    assert_line(&out, "trustedProxies: [\"127.0.0.1\",\"unix\"]  # %s:4", config);
    assert_line(&out, "deck:  # %s:9", config);
    assert_line(&out, "  theme: \"moon\"  # %s:10", config);
    strbuf_release(&out);
}

static void what_it_prints_can_be_read_back(void **state)
{
    (void)state;
    write_config(sample);
    struct strbuf first = print("--title ~");
    write_config(first.data);
    struct strbuf again = print("");
    struct span a = strbuf_span(&first), b = strbuf_span(&again), line_a, line_b;
    while (span_next_line(&a, &line_a)) {
        assert_true(span_next_line(&b, &line_b));
        ptrdiff_t end_a = span_find(line_a, SPAN("  # ")), end_b = span_find(line_b, SPAN("  # "));
        assert_true(span_equal(end_a < 0 ? line_a : span_cut(line_a, 0, (size_t)end_a),
                               end_b < 0 ? line_b : span_cut(line_b, 0, (size_t)end_b)));
    }
    assert_int_equal(b.len, 0);
    assert_non_null(strstr(again.data, "\ntitle: \"~\"  # "));
    strbuf_release(&first);
    strbuf_release(&again);
}

static void a_port_on_the_command_line_takes_the_place_of_the_list(void **state)
{
    (void)state;
    write_config(sample);
    struct strbuf with = print(""), without = print("--port 1");
    assert_non_null(strstr(with.data, "\nlisten: [{"));
    assert_null(strstr(without.data, "listen:"));
    strbuf_release(&with);
    strbuf_release(&without);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_who_says_it),
        cmocka_unit_test(what_it_prints_can_be_read_back),
        cmocka_unit_test(a_port_on_the_command_line_takes_the_place_of_the_list),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
