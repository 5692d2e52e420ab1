/*
 * site_settings: what the operator says of the site and the server.
 *
 * Read from, in rising precedence: built-in values, the config file, the environment (DECKSD_…),
 * the command line (conf/options.h). One table names every key once, with its type, default,
 * environment variable, option and help line; --help and the unknown-key hints are made from it.
 * The settings own all their texts; paths are as given, relative to the working directory.
 */
#pragma once

#include "base/err.h"
#include "base/log.h"
#include "base/vec.h"
#include "conf/colour_settings.h"
#include "conf/deck_settings.h"
#include "conf/listen_settings.h"
#include "conf/network_settings.h"
#include "conf/node.h"
#include "conf/people_settings.h"
#include "conf/security_settings.h"
#include "conf/site_value.h"

#include <stdbool.h>
#include <stddef.h>

/* What one client may take, and all together. */
struct limits {
    unsigned connections;    /* in all; default 12000 */
    unsigned per_address;    /* from one address; 0: any number; default 4096 */
    size_t header;           /* bytes of a request's header; default 10 KiB */
    size_t body;             /* bytes of a request's body; default 64 KiB */
    unsigned header_seconds; /* for the whole of a request to come; default 20 */
    unsigned idle_seconds;   /* between two requests; default 65 */
    unsigned send_rate;      /* bytes a second that a client must take; 0: any; default 500 */
    unsigned send_seconds;   /* during which that is measured; default 20 */
    unsigned stop_seconds;   /* for what is in flight when the server ends; default 10 */
};

struct site_settings {
    char *root;                 /* default "decks" */
    unsigned port;              /* default 8080; 0 takes a free one */
    char *bind;                 /* NULL: all addresses, IPv6 and IPv4 */
    struct listen_list listens; /* takes the place of port and bind unless it is empty */
    char *base_path;            /* "/talks", or NULL or "": the site's path in all URLs */
    char *url; /* of the site as visitors have it (site_address.h); NULL: not known */
    struct proxy_list proxies; /* whom to believe what they say of their clients */
    unsigned hsts;             /* Strict-Transport-Security's age in seconds; 0: none */
    unsigned threads;          /* serving threads; 0: one per core */
    char *title;               /* of the index page; default "Decks" */
    char *description;         /* of the site, one plain sentence; this and the next may be NULL */
    char *logo;                /* a picture below the root */
    char *footer;              /* Markdown */
    char *head;                /* HTML: more elements of every page's <head> */
    char *custom_css;          /* a style sheet below the root, for the site's pages */
    char *templates;           /* a directory with page shells in place of ours */
    struct colour_settings colours;
    size_t deck_limit; /* bytes a deck's source may have; default 4 MiB */
    struct limits limits;
    char *access_log; /* a file, "-" for standard output; NULL: none is kept */
    enum log_format access_log_format;
    enum audience metrics; /* who gets /_/metrics; default AUDIENCE_LOOPBACK */
    bool server_timing;    /* whether answers say how long they took */
    char *chromium;        /* for `decksd pdf`; NULL: the first that is installed */
    bool exported;         /* the site becomes files: nobody will answer queries; no key says it */
    char *user;            /* whom to serve as when started by root; NULL: decksd, or nobody */
    char *group;           /* NULL: that user's */
    bool sandbox;          /* whether rights that are not needed are given up; default true */
    enum log_style log_style; /* of what is said on standard error; default LOG_STYLE_AUTO */
    enum verbosity verbosity;
    struct people_settings people;     /* who gives the talks */
    struct security_settings security; /* whom to tell of a hole */
    struct node
        *deck_defaults; /* `deck:` of the config file, the first layer of every deck; or NULL */
};

struct site_key {
    const char *name; /* in the config file */
    bool (*read)(void *place, const char *text);
    size_t place;         /* in struct site_settings */
    const char *expects;  /* "a number from …": completes "must be" */
    const char *standard; /* the built-in value as one would write it; NULL: none */
    const char *environment;
    const char *option;   /* long, without dashes; NULL: none of its own */
    char letter;          /* short option, or 0 */
    const char *argument; /* its name in --help */
    const char *help;
};

extern const struct site_key site_keys[];
extern const size_t site_key_count;

/* Built-in values. */
void site_settings_init(struct site_settings *settings);
void site_settings_release(struct site_settings *settings);

/*
 * One value; false, with a line in `errs` that begins with `where` ("--port", "DECKSD_PORT"), if it
 * is none for that key.
 */
bool site_settings_set(struct site_settings *settings, const struct site_key *key, const char *text,
                       const char *where, struct err_list *errs);

/*
 * Reads the config file's tree. Whatever is wrong is an error in `errs`: an operator's
 * configuration is right or the server does not start.
 */
void site_settings_read(struct site_settings *settings, const struct node *config,
                        struct err_list *errs);
