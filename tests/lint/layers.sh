#!/usr/bin/env bash
# The layers of server/: a file includes only from its own layer or lower ones, and a third-party header
# only where its layer may; every header compiles alone. docs/architecture.md has the same table.
set -u
cd "$(dirname "$0")/../.." || exit 1
status=0

fail() {
    echo "$1"
    status=1
}

rank() {
    case $1 in
        base) echo 0 ;;
        conf | http) echo 1 ;;
        deck) echo 2 ;;
        site) echo 3 ;;
        serve | live) echo 4 ;;
        tool) echo 5 ;;
        *) echo 9 ;;
    esac
}

# The layers that may include a third-party header; any: all.
allowed() {
    case $1 in
        xxhash.h | utf8proc.h) echo base ;;
        yaml.h) echo conf ;;
        jansson.h) echo conf tool ;;
        zlib.h | brotli/*) echo http ;;
        cmark-gfm*.h | pcre2.h) echo deck ;;
        qrencode.h | sqlite3.h) echo site ;;
        microhttpd.h | systemd/* | seccomp.h) echo serve ;;
        gnutls/*) echo serve tool ;;
        sys/inotify.h) echo live ;;
        *) echo any ;;
    esac
}

for file in server/*.[ch] server/*/*.[ch]; do
    layer=$(basename "$(dirname "$file")")
    [ "$layer" != server ] || layer=main
    while read -r included; do
        other=${included%%/*}
        if [ "$other" = "$included" ]; then
            fail "$file: include \"$included\" must name its layer"
        elif [ "$(rank "$other")" -gt "$(rank "$layer")" ]; then
            fail "$file: layer $layer must not include $included from above"
        elif [ "$(rank "$other")" = "$(rank "$layer")" ] && [ "$other" != "$layer" ]; then
            fail "$file: layers $layer and $other must not know each other"
        fi
    done < <(sed -n 's/^#include "\([^"]*\)".*/\1/p' "$file")
    while read -r included; do
        may=$(allowed "$included")
        case " any $may " in
            *" $layer "* | *" any any "*) ;;
            *) fail "$file: <$included> belongs to $may only" ;;
        esac
    done < <(sed -n 's/^#include <\([^>]*\)>.*/\1/p' "$file")
done

for header in server/*/*.h; do
    # shellcheck disable=SC2086 # flags are words
    printf '#include "%s"\nextern int not_empty;\n' "${header#server/}" | ${CC:-cc} $CFLAGS -Wno-unused -fsyntax-only -x c - || fail "$header does not compile alone"
done

while read -r lines file; do
    [ "$file" = total ] || [ "$lines" -le 400 ] || fail "$file: $lines lines are more than one module"
done < <(wc -l server/*.[ch] server/*/*.[ch])

exit $status
