# Sourced by the tests: a bare Debian of its own for each test, thrown away after it. Needs root and debootstrap.
# fresh_root SUITE NAME PACKAGES…: sets $root to a copy of a bare SUITE with PACKAGES in it.
BUILD=$(cd "$(dirname "$0")/.." && pwd)/build/packaging

missing_tools() {
    [ "$(id -u)" = 0 ] || { echo "This test needs root (it makes a chroot)."; return 0; }
    command -v debootstrap >/dev/null || { echo "This test needs debootstrap: apt-get install debootstrap"; return 0; }
    return 1
}

mirror() {
    grep -rhE '^(URIs:|deb )' /etc/apt/sources.list /etc/apt/sources.list.d 2>/dev/null | grep -oE '[a-z]+:[^ ]+/debian/?( |$)' | head -1 | tr -d ' '
}

fresh_root() {
    suite=$1; name=$2; shift 2
    base=$BUILD/roots/$suite-$name
    if [ ! -f "$base.ok" ]; then
        rm -rf "$base"
        echo "Making a bare $suite (once)…"
        debootstrap --variant=minbase "$suite" "$base" $(mirror) >"$BUILD/roots-$suite.log" 2>&1
        cp /etc/apt/apt.conf.d/* "$base/etc/apt/apt.conf.d/" 2>/dev/null || true
        rm -f "$base"/etc/apt/apt.conf.d/*clean*
        mount_root "$base"
        in_root "$base" "apt-get update -q && apt-get install -q -y --no-install-recommends $*" >>"$BUILD/roots-$suite.log" 2>&1
        unmount_root "$base"
        touch "$base.ok"
    fi
    root=$BUILD/roots/work-$name-$$
    cp -a --reflink=auto "$base" "$root"
    mount_root "$root"
    trap 'unmount_root "$root"; rm -rf --one-file-system "$root"' EXIT
    trap 'exit 1' INT TERM
}

mount_root() {
    cp /etc/resolv.conf "$1/etc/resolv.conf" 2>/dev/null || true
    mount -t proc proc "$1/proc"
    mount --rbind /dev "$1/dev" && mount --make-rslave "$1/dev"
}

unmount_root() {
    umount -R -l "$1/dev" "$1/proc" 2>/dev/null || true
}

in_root() {
    chroot "$1" /usr/bin/env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin LC_ALL=C.UTF-8 DEBIAN_FRONTEND=noninteractive sh -ec "$2"
}

say() { echo "== $*"; }
fail() { echo "FAILED: $*" >&2; exit 1; }
