#!/usr/bin/env bash
# coverage.sh BUILD: runs the tests with a build that counts, and says which lines and branches of server/ they reach.
# Tests are judged by tests/run.sh; here counts where they came, and those of the sandbox cannot pass. Ends badly where a
# goal is missed.
set -u
cd "$(dirname "$0")/.." || exit 1
build=$1
find "$build" -name '*.gcda' -delete
# A server that root started is somebody else when it ends and writes what it counted: to files that everybody may write.
counts=$(mktemp -d) || exit 1
trap 'rm -rf "$counts"' EXIT
# shellcheck disable=SC2044 # no name here has a space
for file in $(cd "$build" && find . -name '*.gcno'); do
    mkdir -p "$counts/$(dirname "$file")"
    : >"$counts/${file%.gcno}.gcda"
done
chmod -R a+rwX "$counts"
export GCOV_PREFIX=$counts GCOV_PREFIX_STRIP
GCOV_PREFIX_STRIP=$(realpath "$build" | tr -cd / | wc -c)

for test in "$build"/tests/unit/*/test_*; do
    case $test in *.d | *.gcno | *.gcda) continue ;; esac
    "$test" >/dev/null 2>&1 </dev/null || echo "failed: $test"
done
# The counts are written when the program ends, which the sandbox would forbid.
export DECKSD=$build/decksd RENDER=$build/tests/tools/render DECKSD_SANDBOX=false
node --test --test-reporter=tap tests/{golden,http,operations,browser}/*.test.mjs </dev/null | grep -E '^ *not ok|^# (pass|fail)'
find "$counts" -name '*.gcda' -empty -delete
cp -R "$counts/." "$build"
mkdir -p "$build/coverage"
gcovr --root . --filter server/ --exclude-unreachable-branches --gcov-ignore-parse-errors \
    --html-details "$build/coverage/index.html" --txt "$build/coverage/summary.txt" --print-summary \
    --fail-under-line 90 --fail-under-branch 80 "$build"
status=$?
[ "$status" -ne 0 ] || echo "90 % of lines and 80 % of branches are reached"
exit "$status"
