/*
 * effective: the settings that are in force, as a configuration file, and who said each.
 *
 * For `decksd --print-config`: what options_settle has found to be right is written as YAML that
 * can be read back, with the place of each value behind it: built-in, file and line, variable of
 * the environment, option.
 */
#pragma once

#include "base/strbuf.h"
#include "conf/options.h"

/* Of options that options_settle takes. */
void effective_append(struct strbuf *out, const struct options *options);
