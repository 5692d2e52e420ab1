/*
 * well_known: the small files that programs look for at known places of a site.
 *
 * /robots.txt (RFC 9309) lets everybody in and names the site map; /.well-known/security.txt (RFC
 * 9116) says whom to tell of a hole.
 */
#pragma once

#include "base/span.h"
#include "base/strbuf.h"
#include "conf/security_settings.h"

#include <stdbool.h>
#include <time.h>

/* `address` is the site's own (site_address.h), or empty. */
void robots_build(struct strbuf *out, struct span address);

/* The settings exist. */
void security_txt_build(struct strbuf *out, const struct security_settings *security,
                        struct span address);

/* Whether the last day on which the settings hold is over. */
bool security_txt_is_over(const struct security_settings *security, time_t now);
