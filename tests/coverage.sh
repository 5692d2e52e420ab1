#!/usr/bin/env bash
# coverage.sh BUILD: runs the tests with a build that counts, and says which lines and branches of server/ they reach.
# A test that fails here fails in tests/run.sh, too; what counts is where it came.
set -u
cd "$(dirname "$0")/.." || exit 1
build=$1
find "$build" -name '*.gcda' -delete
for test in "$build"/tests/unit/*/test_*; do
    case $test in *.d | *.gcno | *.gcda) continue ;; esac
    "$test" >/dev/null 2>&1 </dev/null || echo "failed: $test"
done
# The counts are written when the program ends, which the sandbox would forbid.
export DECKSD=$build/decksd RENDER=$build/tests/tools/render DECKSD_SANDBOX=false
node --test --test-reporter=tap tests/{golden,http,operations,browser}/*.test.mjs </dev/null | grep -E '^ *not ok|^# (pass|fail)'
mkdir -p "$build/coverage"
gcovr --root . --filter server/ --exclude-unreachable-branches --gcov-ignore-parse-errors \
    --html-details "$build/coverage/index.html" --txt "$build/coverage/summary.txt" --print-summary \
    --fail-under-line 90 --fail-under-branch 80 "$build"
