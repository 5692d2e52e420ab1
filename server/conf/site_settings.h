/*
 * site_settings: what the operator says of the site and the server.
 *
 * Read from, in rising precedence: built-in values, the config file, the environment (DECKSD_…),
 * the command line. One table names every key once, with its type, default, environment variable,
 * option and help line; --help, --print-config and the unknown-key hints are made from it.
 * The settings own all their texts; paths are as given, relative to the working directory.
 */
#pragma once

#include "base/err.h"
#include "base/vec.h"
#include "conf/deck_settings.h"
#include "conf/node.h"

#include <stdbool.h>
#include <stddef.h>

enum verbosity { VERBOSITY_QUIET, VERBOSITY_NORMAL, VERBOSITY_VERBOSE };

struct site_settings {
    char *root;        /* default "decks" */
    unsigned port;     /* default 8080; 0 takes a free one */
    char *bind;        /* NULL: all addresses, IPv6 and IPv4 */
    unsigned threads;  /* serving threads; 0: one per core */
    char *title;       /* of the index page; default "Decks" */
    size_t deck_limit; /* bytes a deck's source may have; default 4 MiB */
    enum verbosity verbosity;
    struct node
        *deck_defaults; /* `deck:` of the config file, the first layer of every deck; or NULL */
};

/* Built-in values. */
void site_settings_init(struct site_settings *settings);
void site_settings_release(struct site_settings *settings);
