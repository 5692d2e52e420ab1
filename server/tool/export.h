/*
 * export: a site as files, for a server that knows nothing of decks.
 *
 * Each path becomes a file, a directory's page its index.html, with compressed forms beside it
 * (.gz, .br) and the times that the server would tell. Addresses in pages are relative, so the
 * files work below any path. A page whose address has no ending ("2015/talk/about") is
 * about.html, and about/index.html sends there, so that both kinds of servers find it. What is
 * computed from queries (search) needs the program and is not there.
 */
#pragma once

#include "base/err.h"
#include "base/strbuf.h"
#include "site/site.h"

/*
 * Takes the site, which was loaded with settings that say `exported`. Appends what was written to
 * `said`, a line for the terminal. Negative errno, with lines in `errs`.
 */
int export_write(struct site *site, const char *directory, struct err_list *errs,
                 struct strbuf *said);
