/*
 * security_settings: `security:` of the configuration, whom to tell of a hole.
 *
 * The fields of RFC 9116, from which /.well-known/security.txt is made. The settings own their
 * texts; those that say something have a contact and a day on which they expire.
 */
#pragma once

#include "base/err.h"
#include "conf/deck_settings.h"
#include "conf/node.h"

#include <stdbool.h>

struct security_settings {
    struct text_list contact, encryption, acknowledgments, policy, hiring; /* URIs */
    char *languages; /* "en, pl"; NULL: not said */
    char *expires;   /* "2027-12-31", the last day that it holds */
};

bool security_settings_exist(const struct security_settings *security);
void security_settings_release(struct security_settings *security); /* empty again */

/* Replaces the settings; what is wrong is an error in `errs`. */
void security_settings_read(struct security_settings *security, const struct node *value,
                            struct err_list *errs);
