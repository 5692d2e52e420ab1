# decksd: `make help` lists the targets.
VERSION := 0.1.0

CC ?= cc
NPM ?= npm
NODE ?= node
PKG_CONFIG ?= pkg-config
INSTALL ?= install
prefix ?= /usr/local
bindir ?= $(prefix)/bin
mandir ?= $(prefix)/share/man
sysconfdir ?= /etc
unitdir ?= $(prefix)/lib/systemd/system
ROOT ?= decks
PORT ?= 8080

# SAN=address,undefined (or thread) builds with sanitizers, in a folder of its own.
SAN ?=
BUILD ?= build$(if $(SAN),-$(subst $(comma),-,$(SAN)))
comma := ,

LIBS := libmicrohttpd libcmark-gfm yaml-0.1 zlib libbrotlienc libpcre2-8 jansson libxxhash libsystemd gnutls
LIBS_LD := -lcmark-gfm-extensions

WARNINGS := -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wstrict-prototypes -Wmissing-prototypes \
	-Wformat=2 -Wswitch-enum -Wvla -Wundef -Wnull-dereference -Werror
HARDENING := -fstack-protector-strong -fstack-clash-protection -fcf-protection -fPIE \
	$(if $(SAN),,-U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=3)
SANITIZE := $(if $(SAN),-fsanitize=$(SAN) -fno-omit-frame-pointer -fno-sanitize-recover=all)
CFLAGS ?= -O2 -g
ALL_CFLAGS = -std=gnu17 -D_GNU_SOURCE -DDECKSD_VERSION='"$(VERSION)"' -Iserver $(WARNINGS) $(HARDENING) \
	$(SANITIZE) -pthread $(shell $(PKG_CONFIG) --cflags $(LIBS)) $(CFLAGS)
ALL_LDFLAGS = -pie -Wl,-z,relro,-z,now -Wl,--as-needed -pthread $(SANITIZE) $(LDFLAGS)
ALL_LIBS = $(shell $(PKG_CONFIG) --libs $(LIBS)) $(LIBS_LD)

SOURCES := $(wildcard server/*/*.c)
OBJECTS := $(SOURCES:%.c=$(BUILD)/%.o)
UNIT_TESTS := $(patsubst tests/unit/%.c,$(BUILD)/tests/unit/%,$(wildcard tests/unit/*/test_*.c))

all: $(BUILD)/decksd

# What the flags were: when they change, everything is built again.
$(BUILD)/flags: FORCE
	@mkdir -p $(@D)
	@echo '$(CC) $(ALL_CFLAGS) $(ALL_LDFLAGS)' | cmp -s - $@ || echo '$(CC) $(ALL_CFLAGS) $(ALL_LDFLAGS)' > $@

$(BUILD)/%.o: %.c $(BUILD)/flags
	@mkdir -p $(@D)
	$(CC) $(ALL_CFLAGS) -MMD -MP -c -o $@ $<

$(BUILD)/libdecksd.a: $(OBJECTS)
	@rm -f $@
	$(AR) rcs $@ $^

$(BUILD)/tests/unit/%: tests/unit/%.c $(BUILD)/libdecksd.a $(BUILD)/flags
	@mkdir -p $(@D)
	$(CC) $(ALL_CFLAGS) -MMD -MP $(ALL_LDFLAGS) -o $@ $< $(BUILD)/libdecksd.a $(ALL_LIBS) -lcmocka

unit: $(UNIT_TESTS)
	@set -e; for test in $^; do $$test; done

format:
	clang-format -i $(wildcard server/*.c server/*/*.[ch] tests/unit/*/*.[ch] tests/fuzz/*.[ch])

clean:
	rm -rf build build-*

FORCE:
.PHONY: all unit format clean FORCE
-include $(OBJECTS:.o=.d) $(UNIT_TESTS:=.d)
