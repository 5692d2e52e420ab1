# decksd: `make help` lists the targets.
VERSION := $(shell sed -n 's/^#define DECKSD_VERSION "\(.*\)"/\1/p' server/base/version.h)

CC ?= cc
NODE ?= node
NPM ?= npm
PKG_CONFIG ?= pkg-config
INSTALL ?= install
prefix ?= /usr/local
bindir ?= $(prefix)/bin
datadir ?= $(prefix)/share
mandir ?= $(datadir)/man
docdir ?= $(datadir)/doc/decksd
bashdir ?= $(datadir)/bash-completion/completions
zshdir ?= $(datadir)/zsh/vendor-completions
fishdir ?= $(datadir)/fish/vendor_completions.d
sysconfdir ?= $(if $(filter /usr,$(prefix)),/etc,$(prefix)/etc)
unitdir ?= $(prefix)/lib/systemd/system
ROOT ?= decks
PORT ?= 8080
comma := ,
space := $() $()

# On all cores, unless make was told how many jobs it may run.
jobs = $(if $(filter -j% --jobserver%,$(MAKEFLAGS)),,-j$(shell nproc))

# V=1 shows whole command lines.
V ?=
say = $(if $(V),,@echo '  $(1)' $(patsubst $(BUILD)/%,%,$@);)

# SAN=address,undefined (or thread) builds with sanitizers, in a folder of its own.
SAN ?=
BUILD ?= build$(if $(SAN),-$(subst $(comma),-,$(SAN)))

# What Debian 12 brings; what npm brings stands in the two package.json files.
DEB_BUILD := gcc pkg-config libc6-dev libmicrohttpd-dev libcmark-gfm-dev libcmark-gfm-extensions-dev libyaml-dev \
	zlib1g-dev libbrotli-dev libpcre2-dev libsqlite3-dev libjansson-dev libxxhash-dev libutf8proc-dev libqrencode-dev libsystemd-dev libgnutls28-dev \
	libseccomp-dev
DEB_TEST := default-jre-headless clang libclang-rt-14-dev libcmocka-dev chromium curl openssl golang-github-yuin-goldmark-dev zsh fish systemd strace libxml2-utils \
	python3-feedparser libvarnishapi3 libjemalloc2 libedit2 liblua5.3-0 libopentracing-c-wrapper0 w3m
DEB_SERVERS := nginx:usr/sbin/nginx nginx-common:etc/nginx/mime.types caddy:usr/bin/caddy prometheus:usr/bin/promtool \
	varnish:usr/sbin/varnishd haproxy:usr/sbin/haproxy
DEB_LINT := clang clang-format clang-tidy cppcheck shellcheck mandoc
DEB_COVERAGE := gcovr
DEB_BENCH := nginx-light wrk nghttp2-client openssl
DEB_PACKAGE := debhelper dpkg-dev lintian
DEB_CHECK := debootstrap curl openssl
COMMANDS_BUILD := node:nodejs npm:npm

LIBS := libmicrohttpd libcmark-gfm yaml-0.1 zlib libbrotlienc libpcre2-8 sqlite3 jansson libxxhash libutf8proc libqrencode libsystemd gnutls libseccomp
PKG_CFLAGS := $(shell $(PKG_CONFIG) --cflags $(LIBS) 2>/dev/null)
PKG_LIBS := $(shell $(PKG_CONFIG) --libs $(LIBS) 2>/dev/null) -lcmark-gfm-extensions -lm

WARNINGS := -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wstrict-prototypes -Wmissing-prototypes \
	-Wformat=2 -Wswitch-enum -Wvla -Wundef -Wnull-dereference -Werror
HARDENING := -fstack-protector-strong -fstack-clash-protection -fcf-protection -fPIE \
	$(if $(SAN),,-U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=3)
SANITIZE := $(if $(SAN),-fsanitize=$(SAN) -fno-omit-frame-pointer -fno-sanitize-recover=all)
CFLAGS ?= -O2 -g
ALL_CFLAGS := -std=gnu17 -D_GNU_SOURCE -Iserver $(WARNINGS) $(HARDENING) \
	$(SANITIZE) -pthread $(PKG_CFLAGS) $(CPPFLAGS) $(CFLAGS)
ALL_LDFLAGS := -pie -Wl,-z,relro,-z,now -Wl,--as-needed -pthread $(SANITIZE) $(LDFLAGS)

SOURCES := $(wildcard server/*/*.c)
OBJECTS := $(SOURCES:%.c=$(BUILD)/%.o)
EMBEDDED := $(BUILD)/embedded/table.o $(BUILD)/embedded/bytes.o
ASSET_SOURCES := $(wildcard assets/*.* assets/*/*.*)
UNIT_TESTS := $(patsubst tests/%.c,$(BUILD)/tests/%,$(wildcard tests/unit/*/test_*.c))
FUZZ_TARGETS := $(patsubst tests/%.c,$(BUILD)/tests/%,$(wildcard tests/fuzz/fuzz_*.c))
TOOLS := $(patsubst tests/%.c,$(BUILD)/tests/%,$(filter-out tests/tools/faults.c,$(wildcard tests/tools/*.c)))
FAULTS := $(BUILD)/tests/tools/faults.so
FORMATTED := $(wildcard server/*.[ch] server/*/*.[ch] tests/unit/*/*.[ch] tests/fuzz/*.[ch] tests/tools/*.[ch] tests/bench/*.[ch])

##@ Everyday
all: $(BUILD)/decksd ## build build/decksd

run: deps ## install what is missing, build, serve decks/ (ROOT=, PORT=)
	@$(MAKE) $(jobs) --no-print-directory all
	$(BUILD)/decksd --root $(ROOT) --port $(PORT)

test: deps deps-test ## install what is missing, build, run every test
	@$(MAKE) --no-print-directory check

check: ## as test, without installing anything
	@$(MAKE) $(jobs) --no-print-directory all unit-tests tools
	@$(MAKE) $(jobs) --no-print-directory SAN=address,undefined all unit-tests
	@$(MAKE) $(jobs) --no-print-directory SAN=thread all
	@$(MAKE) $(jobs) --no-print-directory CC=clang SAN=fuzzer-no-link,address,undefined fuzz-targets
	@tests/run.sh

lint: deps deps-test deps-lint ## layers, headers, symbols, formatting, clang-tidy, cppcheck, biome, shellcheck, man pages
	@$(MAKE) --no-print-directory all build/docs/decksd.1
	@CC='$(CC)' CFLAGS='$(filter-out -Werror,$(ALL_CFLAGS))' tests/lint/run.sh

format: ## lay out all C, JavaScript and CSS
	clang-format -i $(FORMATTED)
	$(NPM) --prefix assets run --silent format

##@ Measuring and breaking
bench: deps deps-test deps-bench ## what requests, loading and a visit cost, as ratios, with the goals beside them
	@$(MAKE) --no-print-directory all tools
	$(NODE) tests/bench/run.mjs $(BUILD)/decksd
	$(NODE) tests/bench/load.mjs $(BUILD)/decksd
	$(NODE) tests/bench/search.mjs $(BUILD)/decksd
	$(NODE) tests/bench/page.mjs $(BUILD)/decksd
	$(NODE) tests/bench/lighthouse.mjs $(BUILD)/decksd
	$(NODE) tests/bench/index.mjs $(BUILD)/decksd
	$(NODE) tests/bench/scaling.mjs $(BUILD)/decksd

fuzz: deps deps-test ## every fuzz target for FUZZ_SECONDS (60)
	@$(MAKE) --no-print-directory CC=clang SAN=fuzzer-no-link,address,undefined fuzz-targets
	@tests/fuzz/run.sh $(or $(FUZZ_SECONDS),60)

coverage: deps deps-test deps-coverage ## which lines and branches of server/ the tests reach, with the goals
	@$(MAKE) --no-print-directory BUILD=build-coverage CFLAGS='-O1 -g --coverage -fprofile-update=atomic' \
		LDFLAGS=--coverage all unit-tests tools
	@tests/coverage.sh build-coverage

soak: deps deps-test ## full load while everything changes, for SOAK_SECONDS (120)
	@$(MAKE) --no-print-directory all
	$(NODE) tests/soak/soak.mjs $(or $(SOAK_SECONDS),120)

parity: deps deps-test ## slides of the decks in DIR= against reveal.js's own Markdown plugin
	@$(MAKE) --no-print-directory all
	$(NODE) tests/parity/run.mjs $(DIR)

UNITS := decksd.service decksd.socket decksd@.service

##@ Installing
SAMPLES := Caddyfile nginx.conf certbot-deploy-hook.sh export-nginx.conf haproxy.cfg prometheus.yml prometheus-alerts.yml varnish.vcl
# The configuration names the examples, so that there is a site at once.
INSTALLED_CONFIG = sed -e '/^root: decks$$/i\# These are examples: name the directory of your own, /srv/decks for instance.' \
	-e 's|^root: decks$$|root: $(datadir)/decksd/decks|' config/decksd.yaml

install: all build/docs/decksd.1 ## binary, units, manual, completion, configuration, examples (prefix=, DESTDIR=); an existing configuration is kept
	$(INSTALL) -D -m 755 $(BUILD)/decksd $(DESTDIR)$(bindir)/decksd
	$(INSTALL) -D -m 644 build/docs/decksd.1 $(DESTDIR)$(mandir)/man1/decksd.1
	set -e; for page in decksd.yaml.5 decksd-deck.5; do \
		$(INSTALL) -D -m 644 build/docs/$$page $(DESTDIR)$(mandir)/man5/$$page; done
	$(INSTALL) -D -m 644 build/docs/decksd.bash $(DESTDIR)$(bashdir)/decksd
	$(INSTALL) -D -m 644 build/docs/_decksd $(DESTDIR)$(zshdir)/_decksd
	$(INSTALL) -D -m 644 build/docs/decksd.fish $(DESTDIR)$(fishdir)/decksd.fish
	$(INSTALL) -D -m 644 build/assets/files/licenses.txt $(DESTDIR)$(docdir)/licenses.txt
	$(INSTALL) -d $(DESTDIR)$(docdir)/examples
	$(INSTALL) -m 644 $(SAMPLES:%=config/%) $(DESTDIR)$(docdir)/examples
	find decks -type f -exec $(INSTALL) -D -m 644 {} $(DESTDIR)$(datadir)/decksd/{} ';'
	$(INSTALL) -d $(DESTDIR)$(sysconfdir) $(DESTDIR)$(unitdir)
	[ -e $(DESTDIR)$(sysconfdir)/decksd.yaml ] || { $(INSTALLED_CONFIG) > $(DESTDIR)$(sysconfdir)/decksd.yaml && \
		chmod 644 $(DESTDIR)$(sysconfdir)/decksd.yaml; }
	set -e; for unit in $(UNITS); do \
		sed -e 's|@bindir@|$(bindir)|g' -e 's|@sysconfdir@|$(sysconfdir)|g' config/$$unit > $(DESTDIR)$(unitdir)/$$unit; \
		chmod 644 $(DESTDIR)$(unitdir)/$$unit; \
	done

uninstall: ## what install put in place, but for a configuration that was changed
	rm -f $(DESTDIR)$(bindir)/decksd $(UNITS:%=$(DESTDIR)$(unitdir)/%)
	cd $(DESTDIR)$(mandir) && rm -f man1/decksd.1 man5/decksd.yaml.5 man5/decksd-deck.5
	rm -f $(DESTDIR)$(bashdir)/decksd $(DESTDIR)$(zshdir)/_decksd $(DESTDIR)$(fishdir)/decksd.fish
	rm -rf $(DESTDIR)$(datadir)/decksd $(DESTDIR)$(docdir)
	! $(INSTALLED_CONFIG) | cmp -s - $(DESTDIR)$(sysconfdir)/decksd.yaml || rm $(DESTDIR)$(sysconfdir)/decksd.yaml

DEB_TREE := build/deb/decksd-$(VERSION)
# Who answers for the package: say so yourself if you give it to others. Nobody can have the address that stands here (RFC 2606).
MAINTAINER := The decksd authors <decksd@decksd.invalid>

deb: deps ## a Debian package, dist/decksd_$(VERSION)_….deb, looked over by lintian
	$(call need,packaging,$(DEB_PACKAGE))
	rm -rf build/deb
	mkdir -p $(DEB_TREE) dist
	tar -c --exclude=node_modules Makefile README.md LICENSE server assets config decks docs | tar -x -C $(DEB_TREE)
	mv $(DEB_TREE)/config/debian $(DEB_TREE)/debian
	sed -i 's/@BUILD_DEPENDS@/debhelper-compat (= 13), $(subst $(space),$(comma) ,nodejs npm $(filter-out gcc libc6-dev,$(DEB_BUILD)))/' \
		$(DEB_TREE)/debian/control
	sed -i 's/@MAINTAINER@/$(MAINTAINER)/' $(DEB_TREE)/debian/control $(DEB_TREE)/debian/changelog
	sed -e '1,4d' -e 's/^$$/./' -e 's/^/ /' LICENSE >> $(DEB_TREE)/debian/copyright
	@# -d: deps has seen to the packages; node may come from anywhere.
	cd $(DEB_TREE) && dpkg-buildpackage --build=binary --no-sign -d
	lintian --allow-root --fail-on error,warning build/deb/*.changes
	cp build/deb/decksd_*.deb dist/

deb-check: deb ## installs, uses, upgrades and purges the package in a Debian of its own (as root)
	$(call need,the check,$(DEB_CHECK))
	tests/package/check.sh dist/decksd_$(VERSION)_$$(dpkg --print-architecture).deb

dist: ## source archive of the committed state
	@mkdir -p dist
	git archive --prefix=decksd-$(VERSION)/ -o dist/decksd-$(VERSION).tar.gz HEAD

clean: ## what was built
	rm -rf build build-* dist

distclean: clean ## and what npm brought
	rm -rf assets/node_modules tests/node_modules tests/bench/node_modules

help: ## this list
	@awk -F ':.*## ' '/^##@/ {print "\n" substr($$0, 5)} /^[a-z-]+:.*## / {printf "  make %-10s %s\n", $$1, $$2}' Makefile

# --- installing what is missing ---------------------------------------------------------------

# $(call need,purpose,packages,commands): a command is written name:package and may come from anywhere.
define need
@missing=; for package in $(2); do \
	dpkg-query -W -f='$${db:Status-Status}' $$package 2>/dev/null | grep -qx installed || missing="$$missing $$package"; \
done; for pair in $(3); do \
	command -v $${pair%%:*} >/dev/null || missing="$$missing $${pair##*:}"; \
done; [ -n "$$missing" ] || exit 0; \
echo "Installing what $(1) needs:$$missing"; \
sudo=; [ "$$(id -u)" = 0 ] || sudo=sudo; \
{ command -v apt-get && $$sudo apt-get update -qq && \
	$$sudo env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $$missing; } >/dev/null || \
{ echo "Could not install them: please install these Debian packages by hand:$$missing" >&2; exit 1; }
endef

# $(call need-npm,folder)
define need-npm
@echo "Installing the npm packages of $(1)/"; \
$(NPM) --prefix $(1) ci --ignore-scripts --no-audit --no-fund --loglevel=error || \
{ echo "Could not install them: please run npm ci --ignore-scripts in $(1)/ where the npm registry can be reached" >&2; exit 1; }
@touch $@
endef

deps:
	$(call need,the build,$(DEB_BUILD),$(COMMANDS_BUILD))
	@$(MAKE) -s --no-print-directory assets/node_modules/.installed

deps-test:
	$(call need,testing,$(DEB_TEST))
	@$(MAKE) -s --no-print-directory tests/node_modules/.installed build/servers/.unpacked build/spec/spec.txt

# Programs that the tests start beside decksd. Installed, they would run as services; so each is only unpacked.
build/servers/.unpacked: Makefile
	@echo "Fetching for the tests: $(DEB_SERVERS)"; mkdir -p $(@D)
	@cd $(@D) && get() { apt-get -q download $(foreach pair,$(DEB_SERVERS),$(firstword $(subst :, ,$(pair)))) >fetch.log 2>&1; }; \
	get || { [ "$$(id -u)" = 0 ] || sudo=sudo; $$sudo apt-get update -qq && get; } || { cat fetch.log >&2; exit 1; }
	@cd $(@D) && for pair in $(DEB_SERVERS); do \
		dpkg-deb --fsys-tarfile $${pair%%:*}_*.deb | tar -x ./$${pair#*:} && rm $${pair%%:*}_*.deb || exit 1; done
	@touch $@

deps-lint:
	$(call need,lint,$(DEB_LINT))

deps-coverage:
	$(call need,counting,$(DEB_COVERAGE))

deps-bench:
	$(call need,the bench,$(DEB_BENCH))
	@$(MAKE) -s --no-print-directory tests/bench/node_modules/.installed

%/node_modules/.installed: %/package-lock.json
	$(call need-npm,$*)

build/spec/spec.txt: tests/golden/get-spec.sh
	@echo 'Fetching the examples of GitHub'\''s specification'
	@tests/golden/get-spec.sh build/spec && touch $@

# --- building ---------------------------------------------------------------------------------

# What the flags were: when they change, everything is built again.
$(BUILD)/flags: FORCE
	@$(PKG_CONFIG) --exists --print-errors $(LIBS) || { echo "Libraries are missing: run make deps" >&2; exit 1; }
	@mkdir -p $(@D)
	@printf '%s\n' '$(CC) $(ALL_CFLAGS) $(ALL_LDFLAGS)' > $@.now
	@cmp -s $@.now $@ && rm $@.now || mv $@.now $@

$(BUILD)/%.o: %.c $(BUILD)/flags
	@mkdir -p $(@D)
	$(call say,CC  )$(CC) $(ALL_CFLAGS) -MMD -MP -c -o $@ $<

# The browser's files are the same for every kind of build.
build/assets/embedded.c: assets/node_modules/.installed $(ASSET_SOURCES)
	$(NODE) assets/build.mjs build/assets
	@touch build/assets/embedded.c build/assets/embedded.S

build/assets/embedded.S: build/assets/embedded.c ;

$(BUILD)/embedded/table.o: build/assets/embedded.c $(BUILD)/flags
	@mkdir -p $(@D)
	$(call say,CC  )$(CC) $(ALL_CFLAGS) -c -o $@ $<

$(BUILD)/embedded/bytes.o: build/assets/embedded.S $(BUILD)/flags
	@mkdir -p $(@D)
	$(call say,AS  )$(CC) -c -o $@ $<

# Manual pages and completions, from the documents and from what the program says of its options.
build/docs/decksd.1: build/decksd docs/build.mjs $(wildcard docs/build/*.mjs) docs/decksd.1 docs/configuration.md docs/deck-format.md
	$(NODE) docs/build.mjs build/decksd build/docs

$(BUILD)/libdecksd.a: $(OBJECTS)
	@rm -f $@
	$(call say,AR  )$(AR) rcs $@ $^

$(BUILD)/decksd: $(BUILD)/server/main.o $(BUILD)/libdecksd.a $(EMBEDDED)
	$(call say,LINK)$(CC) $(ALL_CFLAGS) $(ALL_LDFLAGS) -o $@ $^ $(PKG_LIBS)

$(UNIT_TESTS): $(BUILD)/tests/%: tests/%.c $(BUILD)/libdecksd.a $(BUILD)/flags
	@mkdir -p $(@D)
	$(call say,LINK)$(CC) $(ALL_CFLAGS) -MMD -MP $(ALL_LDFLAGS) -o $@ $< $(BUILD)/libdecksd.a $(PKG_LIBS) -lcmocka

$(TOOLS): $(BUILD)/tests/%: tests/%.c $(BUILD)/libdecksd.a $(BUILD)/flags
	@mkdir -p $(@D)
	$(call say,LINK)$(CC) $(ALL_CFLAGS) -MMD -MP $(ALL_LDFLAGS) -o $@ $< $(BUILD)/libdecksd.a $(PKG_LIBS)

$(FUZZ_TARGETS): $(BUILD)/tests/%: tests/%.c $(BUILD)/libdecksd.a $(BUILD)/flags
	@mkdir -p $(@D)
	$(call say,LINK)$(CC) $(ALL_CFLAGS) -MMD -MP $(ALL_LDFLAGS) -fsanitize=fuzzer -o $@ $< $(filter %.o,$^) $(BUILD)/libdecksd.a $(PKG_LIBS)

# It serves pages, so it needs what they are made of.
$(BUILD)/tests/fuzz/fuzz_request: $(EMBEDDED)

$(FAULTS): tests/tools/faults.c $(BUILD)/flags
	@mkdir -p $(@D)
	$(call say,LINK)$(CC) $(filter-out -fPIE $(SANITIZE),$(ALL_CFLAGS)) -fPIC -shared -o $@ $<

unit-tests: $(UNIT_TESTS)
tools: $(TOOLS) $(FAULTS)
fuzz-targets: $(FUZZ_TARGETS)

# One unit test after the other, without the rest of make test.
unit: unit-tests
	@set -e; for test in $(UNIT_TESTS); do $$test; done

FORCE:
.PHONY: all run test check lint format bench fuzz parity install uninstall deb deb-check dist clean distclean help deps deps-test \
	deps-lint deps-bench deps-coverage coverage soak unit-tests tools fuzz-targets unit FORCE
.SECONDARY:
.DELETE_ON_ERROR:
-include $(OBJECTS:.o=.d) $(BUILD)/server/main.d $(UNIT_TESTS:=.d) $(TOOLS:=.d) $(FUZZ_TARGETS:=.d)
