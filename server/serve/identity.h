/*
 * identity: as whom the process serves.
 *
 * Started by root it binds ports and reads keys as root, and becomes a user without any rights of
 * root's before it reads a deck or meets a client: it never serves as root. Concerns the whole
 * process; called once, before there is a second thread.
 */
#pragma once

#include "base/err.h"
#include "base/strbuf.h"

/*
 * Becomes `user` and `group`, names or numbers; without a user decksd or, where there is no such
 * user, nobody; without a group the user's own, and those that the user is in. Not started by root
 * there is nothing to become: another name is a warning then. Appends who it is now ("nobody").
 * Negative errno, with a line in `errs`, where that cannot be.
 */
int identity_assume(const char *user, const char *group, struct strbuf *out, struct err_list *errs);
