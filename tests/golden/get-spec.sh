#!/usr/bin/env bash
# get-spec.sh DIRECTORY: GitHub's specification, with its examples, from Debian's source of the library that we build with. Nothing of the system's package lists is touched. DEBIAN_MIRROR names another mirror.
set -euo pipefail
directory=$(mkdir -p "$1" && cd "$1" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir -p "$work/lists/partial" "$work/cache/archives/partial"
keyring=/usr/share/keyrings/debian-archive-keyring.gpg
echo "deb-src [signed-by=$keyring] ${DEBIAN_MIRROR:-http://deb.debian.org/debian} bookworm main" >"$work/sources.list"
apt() {
    apt-get -qq -o Dir::Etc::SourceList="$work/sources.list" -o Dir::Etc::SourceParts=/dev/null \
        -o Dir::State::Lists="$work/lists" -o Dir::Cache="$work/cache" -o Acquire::Languages=none \
        -o APT::Sandbox::User=root "$@"
}
cd "$work"
apt update
apt --download-only source cmark-gfm >/dev/null
tar -xzf cmark-gfm_*.orig.tar.gz
cp cmark-gfm-*/test/spec.txt "$directory/"
