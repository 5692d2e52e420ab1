/*
 * version: the one place that names it; the Makefile reads it from here.
 */
#pragma once

#define DECKSD_VERSION "0.1.0"
