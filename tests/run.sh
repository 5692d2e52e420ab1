#!/usr/bin/env bash
# Runs every suite, shows what fails, and ends with one line: N passed, N failed.
# Every suite speaks TAP; what it printed is kept in build/test-results/.
set -u
cd "$(dirname "$0")/.." || exit 1
results=build/test-results
asan=build-address-undefined
fuzz=build-fuzzer-no-link-address-undefined
threads=build-thread
rm -rf "$results"
mkdir -p "$results"
passed=0 failed=0
export ASAN_OPTIONS=detect_leaks=1:abort_on_error=1 UBSAN_OPTIONS=print_stacktrace=1
# A reload that a stop overtakes is left to the system, so its thread is no leak.
export TSAN_OPTIONS=halt_on_error=1:report_thread_leaks=0
export CMOCKA_MESSAGE_OUTPUT=TAP
# Started by root, the servers under test are nobody's, and read what the tests write.
umask 022
[ "$(ulimit -n)" -ge 20000 ] || ulimit -n 20000 || echo "few descriptors are allowed here: $(ulimit -n)"

# Adds a suite's numbers; one that ends badly without naming a failed test counts as one failed.
add() {
    local name=$1 ok=$2 bad=$3 status=$4 seconds=$5
    if [ "$status" -ne 0 ] && [ "$bad" -eq 0 ]; then
        bad=1
        {
            echo "not ok - $name ended with status $status, and last said:"
            tail -n 39 "$results/$name.tap" | sed 's/^/# /'
        } >"$results/last-words"
        cat "$results/last-words" >>"$results/$name.tap"
    fi
    passed=$((passed + ok))
    failed=$((failed + bad))
    printf '%-28s %4d passed, %d failed  (%d s)\n' "$name" "$ok" "$bad" "$seconds"
    [ "$bad" -eq 0 ] || failures "$name" >>"$results/failures"
}

# What a suite says of each failed test, the tests that passed left out. A file whose tests failed says nothing more itself.
failures() {
    awk -v suite="$1" '
        /^ *not ok / && !/ # SKIP/ { printing = 40; print suite ": " $0; next }
        /^ *ok / || /^ *# Subtest/ || /^ *\.\.\.$/ { printing = 0 }
        printing-- > 0 { print }
    ' "$results/$1.tap"
}

# suite NAME COMMAND…: flat TAP, as cmocka writes it, which calls a skipped test "not ok … # SKIP".
suite() {
    local name=$1 start=$SECONDS status
    shift
    "$@" >"$results/$name.tap" 2>&1 </dev/null
    status=$?
    add "$name" "$(grep -c '^ok ' "$results/$name.tap")" "$(grep '^not ok ' "$results/$name.tap" | grep -vc ' # SKIP')" "$status" $((SECONDS - start))
}

# node_suite NAME FILES…: node:test counts its nested tests itself.
node_suite() {
    local name=$1 start=$SECONDS status
    shift
    [ -e "$1" ] || return 0
    node --test --test-reporter=tap "$@" >"$results/$name.tap" 2>&1 </dev/null
    status=$?
    add "$name" "$(sed -n 's/^# pass //p' "$results/$name.tap" | tail -n 1 | grep . || echo 0)" \
        "$(sed -n 's/^# \(fail\|cancelled\) //p' "$results/$name.tap" | awk '{n += $1} END {print n + 0}')" \
        "$status" $((SECONDS - start))
}

all_units() {
    local status=0 test
    for test in "$1"/tests/unit/*/test_*; do
        case $test in *.d) continue ;; esac
        "$test" || status=1
    done
    return $status
}

# A target that survives its corpus is a passed test.
fuzz_corpus() {
    local target name status=0
    for target in "$fuzz"/tests/fuzz/fuzz_*; do
        case $target in *.d) continue ;; esac
        name=${target##*/fuzz_}
        if "$target" -runs=2000 -max_total_time=5 -seed=1 -artifact_prefix="$results/" "$results/new" "tests/fuzz/corpus/$name" 2>&1; then
            echo "ok - $name"
        else
            echo "not ok - $name"
            status=1
        fi
        # The fuzzer writes its finds into the first folder: the corpus is only read.
        rm -rf "$results/new"
        mkdir -p "$results/new"
    done
    return $status
}

mkdir -p "$results/new"
suite unit all_units build
suite unit-sanitized all_units "$asan"
suite fuzz-corpus fuzz_corpus
node_suite assets tests/assets/*.test.mjs
DECKSD=build/decksd node_suite http tests/http/*.test.mjs
DECKSD=$asan/decksd node_suite http-sanitized tests/http/*.test.mjs
DECKSD=$threads/decksd node_suite http-threads tests/http/lifecycle.test.mjs tests/http/limits.test.mjs tests/http/reload.test.mjs
DECKSD=build/decksd node_suite operations tests/operations/*.test.mjs
node_suite golden tests/golden/*.test.mjs
DECKSD=build/decksd node_suite parity tests/parity/*.test.mjs
DECKSD=build/decksd node_suite browser tests/browser/*.test.mjs
DECKSD=build/decksd EXPORTED=1 node_suite browser-exported tests/browser/{accessibility,decks,index,print,reach,talk,talk-page}.test.mjs
rm -rf "$results/new"

# Last, where they are found even in a log that was cut.
[ "$failed" -eq 0 ] || cat "$results/failures"
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
