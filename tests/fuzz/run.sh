#!/usr/bin/env bash
# run.sh SECONDS: every fuzz target for so long, beginning with its corpus; finds are kept in build/fuzz/.
set -eu
cd "$(dirname "$0")/../.."
built=build-fuzzer-no-link-address-undefined/tests/fuzz
for source in tests/fuzz/fuzz_*.c; do
    name=$(basename "$source" .c)
    name=${name#fuzz_}
    found=build/fuzz/$name
    mkdir -p "$found/corpus"
    options=()
    [ -f "tests/fuzz/$name.dict" ] && options+=("-dict=tests/fuzz/$name.dict")
    echo "fuzz $name for $1 s"
    "$built/fuzz_$name" -max_total_time="$1" -timeout=10 -rss_limit_mb=2048 -print_final_stats=1 \
        "${options[@]}" -artifact_prefix="$found/" "$found/corpus" "tests/fuzz/corpus/$name" 2>"$found/log" ||
        { tail -n 60 "$found/log"; exit 1; }
    grep -E 'stat::(number_of_executed_units|average_exec_per_sec)' "$found/log"
done
