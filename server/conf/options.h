/*
 * options: the command line, and how it comes together with environment and config file.
 *
 * Parsing only collects; options_settle then lets each source override the ones below it. Options
 * of settings come from the table in site_settings, those that say what to do from one here.
 */
#pragma once

#include "base/err.h"
#include "base/strbuf.h"
#include "base/vec.h"
#include "conf/site_settings.h"

#include <stdbool.h>

enum { CONFIG_LIMIT = 4 << 20 /* bytes of a config file */ };

enum command {
    COMMAND_SERVE,
    COMMAND_CHECK,
    COMMAND_EXPLAIN,
    COMMAND_PRINT_CONFIG,
    COMMAND_PDF,
    COMMAND_EXPORT,
    COMMAND_HELP,
    COMMAND_VERSION,
    COMMAND_LICENSES
};

struct option_value {
    const struct site_key *key;
    const char *text; /* borrowed from argv */
};

struct options {
    enum command command;
    const char *config; /* file, NULL when not given; borrowed from argv */
    const char *deck;   /* COMMAND_EXPLAIN, COMMAND_PDF: which; borrowed from argv */
    const char *output; /* COMMAND_PDF: file, NULL when not given; COMMAND_EXPORT: directory */
    bool notes;         /* COMMAND_PDF: print them too */
    VEC(struct option_value) values;
};

/* 0; -EINVAL, with what is wrong in `errs`, for a line that cannot be meant. */
int options_parse(struct options *options, int argc, char **argv, struct err_list *errs);
void options_release(struct options *options);

/* The config file: the option's, else that of DECKSD_CONFIG, else NULL or "". */
const char *options_config(const struct options *options);

/*
 * Fills initialised settings: config file (the option, else DECKSD_CONFIG, else none), environment,
 * command line. -EINVAL, with all that is wrong in `errs`, where they cannot be used.
 */
int options_settle(const struct options *options, struct site_settings *settings,
                   struct err_list *errs);

/* What --help prints. */
void options_append_help(struct strbuf *out);
