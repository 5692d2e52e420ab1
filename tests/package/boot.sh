#!/usr/bin/env bash
# boot.sh ROOT: boots the Debian in ROOT with namespaces of its own for processes, mounts, network and control groups,
# so that its systemd is a real one and knows nothing of the machine. Ends when it is killed, and all of it with it.
set -eu
root=$1
# systemd makes its groups below the one that it is started in.
group=$(findmnt --noheadings --first-only --output TARGET --types cgroup2)/decksd-check-$$
mkdir "$group"
echo $$ >"$group/cgroup.procs"
export root

# shellcheck disable=SC2016 # the inner shell expands
exec unshare --mount --pid --fork --kill-child --net --uts --ipc --cgroup --propagation private bash -euc '
    mount --bind "$root" "$root"
    mount -t proc proc "$root/proc"
    mount -t sysfs -o ro sysfs "$root/sys"
    mount -t cgroup2 cgroup2 "$root/sys/fs/cgroup"
    mount -t tmpfs -o mode=755 tmpfs "$root/run"
    mount -t tmpfs tmpfs "$root/tmp"
    mount -t tmpfs -o mode=755 tmpfs "$root/dev"
    for node in null:3 zero:5 full:7 random:8 urandom:9; do
        mknod -m 666 "$root/dev/${node%:*}" c 1 "${node#*:}"
    done
    ln -s /proc/self/fd "$root/dev/fd"
    mkdir "$root/dev/pts" "$root/dev/shm"
    mount -t devpts -o newinstance,ptmxmode=666 devpts "$root/dev/pts"
    ln -s pts/ptmx "$root/dev/ptmx"
    mount -t tmpfs tmpfs "$root/dev/shm"
    ip link set lo up
    cd "$root"
    pivot_root . mnt
    umount -l /mnt
    # As systemd does where it is no container: credentials come to a service by a mount.
    mount --make-rshared /
    exec env -i container=decksd-check PATH=/usr/sbin:/usr/bin:/sbin:/bin /lib/systemd/systemd
'
