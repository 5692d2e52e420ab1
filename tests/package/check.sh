#!/usr/bin/env bash
# check.sh PACKAGE.deb: installs, uses, upgrades, removes and purges the package on a clean Debian 12 with a systemd of
# its own (boot.sh), and says in TAP how that went. Needs root, debootstrap, and a mirror of Debian; nothing of it touches
# the machine. The clean root is kept in build/debian-12.
set -u
if [ -z "${CHECK_INSIDE:-}" ]; then
    # What is mounted here is nobody else's, and gone with us.
    CHECK_INSIDE=yes exec unshare --mount --propagation private "$0" "$@"
fi
package=$(realpath "$1")
cd "$(dirname "$0")/../.." || exit 1
base=build/debian-12
count=0 failed=0 namespaces='' booted=''

say() { # say STATUS TEXT: a line of TAP
    count=$((count + 1))
    if [ "$1" -eq 0 ]; then
        echo "ok $count - $2"
    else
        echo "not ok $count - $2"
        sed 's/^/  # /' "$scratch/last" | tail -n 20
        failed=$((failed + 1))
        [ "$failed" -gt 1 ] || inside journalctl --no-pager --quiet -n 20 -u 'decksd*' | sed 's/^/  # /'
    fi
}
try() { # try TEXT COMMAND…: it succeeds
    local text=$1
    shift
    "$@" >"$scratch/last" 2>&1 </dev/null
    say $? "$text"
}
inside() { # in the Debian that runs
    nsenter --target "$booted" --all --root --wd env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin DEBIAN_FRONTEND=noninteractive "$@"
}
script() { inside bash -euo pipefail -c "$1"; }
get() { # get URL: with the machine's curl, in the Debian's network
    nsenter --target "$booted" --net curl --silent --show-error --fail --max-time 20 "$@"
}
wait_for() {
    for _ in $(seq 300); do
        "$@" >/dev/null 2>&1 && return 0
        sleep 0.1
    done
    return 1
}
is_up() { inside systemctl is-system-running | grep -Eqx 'running|degraded'; }
boot() {
    tests/package/boot.sh "$scratch/root" >"$scratch/boot" 2>&1 </dev/null &
    namespaces=$!
    booted=
    wait_for pgrep -x systemd -P "$namespaces" && booted=$(pgrep -x systemd -P "$namespaces")
    wait_for is_up
}
# Its last processes may take a moment to go.
without_group() { find "$1" -depth -type d -exec rmdir {} + && [ ! -e "$1" ]; }
halt() {
    local group
    group=$(sed -n 's/^0:://p' "/proc/$namespaces/cgroup")
    kill -KILL "$namespaces" # which takes its child along
    wait "$namespaces" 2>/dev/null
    [[ $group != */decksd-check-* ]] || wait_for without_group "$(findmnt -nfo TARGET -t cgroup2)$group"
    namespaces=
}
clean_up() {
    [ -z "$namespaces" ] || halt
    umount "$scratch/root/dev" "$scratch/root" 2>/dev/null
    rm -rf "$scratch"
}
# Every path of the system but for what dpkg, apt, systemd and the Debian's journal keep of all that happens.
paths() {
    script 'cd /; find . -xdev -path ./proc -prune -o -path ./sys -prune -o -path ./run -prune -o -path ./tmp -prune -o -path ./var/tmp -prune \
        -o -path ./var/lib/dpkg -prune -o -path ./var/lib/apt -prune -o -path ./var/cache -prune \
        -o -path ./var/lib/systemd -prune -o -path ./var/log/journal -prune -o -path ./var/log/apt -prune -o -print' | sort
}

scratch=$(mktemp -d)
trap clean_up EXIT
mkdir "$scratch/upper" "$scratch/work" "$scratch/root"
if [ ! -e "$base/.complete" ]; then
    rm -rf "$base"
    debootstrap --variant=minbase --include=systemd-sysv,dbus bookworm "$base" >"$scratch/last" 2>&1 || {
        tail "$scratch/last"
        echo "Bail out! no Debian 12 can be had"
        exit 1
    }
    touch "$base/.complete"
fi
mount -t overlay overlay -o "lowerdir=$base,upperdir=$scratch/upper,workdir=$scratch/work" "$scratch/root" || exit 1
cp "$package" "$scratch/root/root/decksd.deb"
# apt wants /dev/null, and the network of the machine: what it needs later is fetched now.
mount -t tmpfs tmpfs "$scratch/root/dev"
mknod -m 666 "$scratch/root/dev/null" c 1 3
cp /etc/resolv.conf "$scratch/root/etc/resolv.conf"
try "what it depends on is in Debian 12" chroot "$scratch/root" bash -c \
    'apt-get update -qq && apt-get install --yes --download-only --no-install-recommends /root/decksd.deb'
umount "$scratch/root/dev"

try "Debian boots" boot
paths >"$scratch/before"

try "installs" script 'apt-get install --yes --no-install-recommends /root/decksd.deb'
try "runs, without anything more to be done" script 'systemctl is-active decksd.service && systemctl is-active decksd.socket'
try "starts with the machine" script 'systemctl is-enabled decksd.service && systemctl is-enabled decksd.socket'
try "shows the examples on port 8080" script 'systemctl status decksd | grep -c "decks,"'
get http://localhost:8080/ >"$scratch/last" 2>&1 && grep -q 'href="welcome/"' "$scratch/last"
say $? "the index leads to an example"
try "has a user of its own" script 'ps -o user= -C decksd | grep -vc root'
try "has given up what it does not need" script \
    'journalctl -u decksd | grep -c "no new privileges.* system calls" && ! journalctl -u decksd | grep -c "sandbox lacks seccomp"'
try "systemd finds nothing wrong with the units" script \
    'systemd-analyze --man=no verify /lib/systemd/system/decksd.service /lib/systemd/system/decksd.socket /lib/systemd/system/decksd@.service'
try "its libraries are there" script '! ldd /usr/bin/decksd | grep -c "not found"'
try "is right by its own lights" script 'decksd --config /etc/decksd.yaml --check'
try "runs from any directory" script 'cd /proc && decksd --licenses | grep -c reveal.js'

# The operator's first steps.
try "serves the operator's decks" script '
    mkdir -p /srv/decks/mine && printf "# Mine\n" >/srv/decks/mine/deck.md
    sed -i "s|^root: .*|root: /srv/decks\naccessLog: /var/log/decksd/access.log|" /etc/decksd.yaml
    systemctl restart decksd'
try "at their address" get http://localhost:8080/mine/
try "keeps a log" wait_for script 'grep -q "GET /mine/" /var/log/decksd/access.log'
try "reloads" script 'printf "# Anew\n" >/srv/decks/mine/deck.md; systemctl reload decksd'
get http://localhost:8080/mine/ >"$scratch/last" 2>&1 && grep -q Anew "$scratch/last"
say $? "and shows what changed"

# As docs/deployment.md has it: other ports, a unix socket for a proxy, several sites.
edit() { # edit UNIT LINES: what `systemctl edit` would write
    script "mkdir -p /etc/systemd/system/$1.d && printf '$2' >/etc/systemd/system/$1.d/override.conf && systemctl daemon-reload"
}
listen() { # listen STREAMS CONFIGURATION
    edit decksd.socket "[Socket]\\nListenStream=\\n$1"
    script "sed -i '/^listen: /d' /etc/decksd.yaml; printf '$2' >>/etc/decksd.yaml; systemctl restart decksd.socket decksd.service"
}
try "takes another port" listen 'ListenStream=80\n' ''
try "and answers there" get http://localhost/mine/
try "takes a unix socket" listen 'ListenStream=/run/decksd.sock\n' 'listen: [{unix: /run/decksd.sock}]\n'
try "and answers there too" get --unix-socket "/proc/$booted/root/run/decksd.sock" http://localhost/mine/

live=/etc/letsencrypt/live/talks.example
certify() { # certify NAME: a certificate of that name, for root only, where certbot would put it
    mkdir -p "$scratch/root$live"
    openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 3 -subj "/CN=$1" \
        -keyout "$scratch/root$live/privkey.pem" -out "$scratch/root$live/fullchain.pem" && chmod 600 "$scratch/root$live"/*
}
subject() { nsenter --target "$booted" --net openssl s_client -connect localhost:443 </dev/null 2>&1 | grep '^subject='; }
certify first >/dev/null 2>&1
edit decksd.service "[Service]\\nLoadCredential=fullchain:$live/fullchain.pem\\nLoadCredential=key:$live/privkey.pem\\n"
try "takes a certificate that only root can read" listen 'ListenStream=80\nListenStream=443\n' \
    'listen: [{port: 443, tls: {certificate: "credential:fullchain", key: "credential:key"}}, {port: 80, redirect: https}]\n'
try "speaks HTTPS" get --insecure https://localhost/mine/
try "sends everybody there" get --insecure --location --write-out '%{url_effective}\n' http://localhost/mine/
grep -qx 'https://localhost/mine/' "$scratch/last"
say $? "by a redirection"
certify second >/dev/null 2>&1
try "certbot's hook runs" script 'sh /usr/share/doc/decksd/examples/certbot-deploy-hook.sh'
subject >"$scratch/last" && grep -q second "$scratch/last"
say $? "and visitors get the new certificate"
script 'rm -r /etc/systemd/system/decksd.service.d /etc/letsencrypt'
try "goes back" listen 'ListenStream=8080\n' ''
try "serves another site besides" script '
    mkdir -p /etc/decksd /srv/talks/decks/other && printf "# Other\n" >/srv/talks/decks/other/deck.md
    printf "port: 8081\n" >/etc/decksd/talks.yaml
    systemctl start decksd@talks'
try "at a port of its own" get http://localhost:8081/other/

# An upgrade while visitors come: each on a connection of its own.
(
    while [ -e "$scratch/upper" ] && [ ! -e "$scratch/enough" ]; do
        get --output /dev/null http://localhost:8080/mine/ || echo failed
        echo asked
    done >"$scratch/visits" 2>&1
) &
visitors=$!
old=$(inside systemctl show -P MainPID decksd)
try "is upgraded" script 'dpkg --install /root/decksd.deb'
touch "$scratch/enough"
wait "$visitors"
cp "$scratch/visits" "$scratch/last"
[ "$(grep -c asked "$scratch/visits")" -gt 5 ] && ! grep -q failed "$scratch/visits"
say $? "nobody was refused meanwhile ($(grep -c asked "$scratch/visits") visitors)"
[ "$(inside systemctl show -P MainPID decksd)" != "$old" ]
say $? "the new program runs"
try "the other site's too" get http://localhost:8081/other/
try "the configuration is kept" script 'grep -q "^root: /srv/decks" /etc/decksd.yaml'

halt
try "the machine starts again" boot
try "and decksd with it" get http://localhost:8080/mine/

try "is removed" script 'apt-get remove --yes decksd'
try "and gone" script '! [ -e /usr/bin/decksd ] && ! systemctl is-active decksd.service decksd.socket'
try "the configuration stays" script '[ -e /etc/decksd.yaml ]'
script 'rm -r /etc/systemd/system/decksd.*.d'
try "is purged" script 'apt-get purge --yes --autoremove -o APT::AutoRemove::SuggestsImportant=false decksd'
paths >"$scratch/after"
diff "$scratch/before" "$scratch/after" | grep '^[<>]' | grep -v '^> \./\(srv/\|etc/decksd\(/\|$\)\)' >"$scratch/last"
[ ! -s "$scratch/last" ]
say $? "nothing is left but what the operator made"
try "and that is left" script '[ -e /srv/decks/mine/deck.md ] && [ -e /etc/decksd/talks.yaml ]'

echo "1..$count"
[ "$failed" -eq 0 ]
