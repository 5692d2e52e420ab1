#!/usr/bin/env bash
# Every check that needs no running program; ends with the names of those that failed.
# CC and CFLAGS come from the Makefile.
set -u
cd "$(dirname "$0")/../.." || exit 1
failed=()

check() {
    local name=$1
    shift
    echo "== $name"
    "$@" || failed+=("$name")
}

clang_tidy() {
    # shellcheck disable=SC2016 # the inner shell expands
    printf '%s\0' server/*.c server/*/*.c | xargs -0 -n 4 -P "$(nproc)" sh -c \
        'clang-tidy --quiet --config-file=tests/lint/clang-tidy.yaml "$@" -- $CFLAGS 2>/dev/null' clang-tidy
}

# A function of ours that a library defines, too, would be called by that library instead of its own.
shadowed_symbols() {
    local exported
    exported=$(nm --dynamic --defined-only build/decksd) && ! grep -w T <<<"$exported"
}

check layers tests/lint/layers.sh
check shadowed-symbols shadowed_symbols
check clang-format clang-format --dry-run -Werror server/*.[ch] server/*/*.[ch] tests/unit/*/*.[ch] tests/fuzz/*.[ch] tests/tools/*.[ch]
check clang-tidy clang_tidy
check cppcheck cppcheck --quiet --std=c11 --enable=warning,performance,portability --error-exitcode=1 \
    --inline-suppr --suppress=missingIncludeSystem --suppressions-list=tests/lint/cppcheck.txt \
    -j "$(nproc)" -Iserver server
check biome npm --prefix assets run --silent lint
# shellcheck disable=SC2046 # names without spaces, from git
check shellcheck shellcheck $(git ls-files '*.sh' .ci/run)
check man mandoc -T lint -W warning build/docs/*.[0-9]

if [ ${#failed[@]} -gt 0 ]; then
    echo "lint failed: ${failed[*]}"
    exit 1
fi
echo "lint is clean"
