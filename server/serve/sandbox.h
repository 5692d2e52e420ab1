/*
 * sandbox: the process gives up every right that serving does not need.
 *
 * Three parts, each where the kernel has it: no new privileges by running a program (prctl), files
 * (landlock.h) and system calls (syscalls.h). It is entered when ports are bound, keys read and
 * logs open, before the first deck is read and while there is one thread; what comes from decks and
 * clients never meets a process that can do more. A reload works inside: the decks, certificates
 * and the log are opened by the names that they had at the start.
 */
#pragma once

#include "base/err.h"
#include "base/strbuf.h"
#include "conf/site_settings.h"

/*
 * Enters it, unless the settings say not to. Appends what is in force ("no new privileges, files by
 * Landlock 7, 112 system calls"); what the kernel lacks is a warning in `errs` that says what that
 * means.
 */
void sandbox_enter(const struct site_settings *settings, struct strbuf *out, struct err_list *errs);
