#!/bin/sh
# Installs, runs, updates, removes and purges the .deb in a bare Debian, and tries what can go wrong on the way.
set -eu
cd "$(dirname "$0")/.."
. packaging/root.sh
if missing_tools; then exit 77; fi
python=build/packaging/venv/bin/python
[ -d build/packaging/dist/resource-guide ] || { echo "First: make package"; exit 1; }
version=$(sed -n 's/^__version__ = "\(.*\)"/\1/p' guide/__init__.py)
new=$BUILD/resource-guide_${version}_amd64.deb  # the very file that is released
[ -f "$new" ] || { echo "First: make package"; exit 1; }
if command -v lintian >/dev/null; then
    say "lintian finds no error"
    lintian --fail-on error "$new" >"$BUILD/lintian.log" 2>&1 || { cat "$BUILD/lintian.log"; fail "lintian"; }
    grep -c . "$BUILD/lintian.log" | sed 's/$/ lines below an error/' || true
fi
old=$($python packaging/deb.py --fast --version 0.0.9 | tail -1)
later=$($python packaging/deb.py --fast --version 9.9.9 | tail -1)
rm -f "$BUILD/later.guide-program"
.venv/bin/python -m guide.publish.development program "$BUILD/later.guide-program" "$later" >/dev/null
fresh_root bookworm deb xvfb xauth xdg-utils shared-mime-info desktop-file-utils libglib2.0-bin procps debconf
mkdir -p "$root/packages"
cp "$old" "$new" "$BUILD/later.guide-program" "$root/packages"
rm -f "$old" "$later"
old=/packages/$(basename "$old"); new=/packages/$(basename "$new")
home="/home/Añejo Núñez"; data="$home/.local/share/resource-guide"
run() { in_root "$root" "$1"; }
as_user() { run "su visitor -s /bin/sh -c 'export LC_ALL=C.UTF-8; $1'"; }
written() { run "cd '$data' && find . -type f -not -path './backups/*' -not -path './index/*' -not -name '*-shm' -not -name '*-wal' | sort | xargs -d '\n' sha256sum"; }
self_test() { as_user "xvfb-run -a resource-guide --self-test" >"$BUILD/self-test.log" 2>&1 || { cat "$BUILD/self-test.log"; fail "the self test, $1"; }; tail -1 "$BUILD/self-test.log"; }
run "useradd -m -d '$home' visitor"

say "a half-copied package is refused, and nothing is there"
run "head -c 3000000 $new >/packages/half.deb"
if run "apt-get install -q -y /packages/half.deb" >/dev/null 2>&1; then fail "half a package went in"; fi
run "test ! -e /usr/bin/resource-guide"

say "install the version before"
run "apt-get install -q -y --no-install-recommends $old" >"$BUILD/apt.log" 2>&1 || { tail -20 "$BUILD/apt.log"; fail "install"; }
self_test "version before"
run "printf 'PK\003\004' >/packages/x.guide; su visitor -s /bin/sh -c 'xdg-mime query default application/vnd.resource-guide.bundle'" | grep -q org.resource_guide.ResourceGuide.desktop || fail "the double click"
run "su visitor -s /bin/sh -c 'gio info -a standard::content-type /packages/x.guide'" | grep -q vnd.resource-guide.bundle || fail "the kind of file"
as_user "mkdir -p ~/.local/share/resource-guide && echo \"{\\\"shelter_name\\\": \\\"Harbor House\\\"}\" >~/.local/share/resource-guide/settings.json"
as_user "guide backup /tmp/b >/dev/null && guide search shelter --json" | grep -q '"hits"' || fail "the command line"
before=$(written)

say "update while the program runs"
as_user "xvfb-run -a resource-guide >/dev/null 2>&1 &"
for _ in 1 2 3 4 5 6 7 8 9 10; do run "pgrep -f _internal >/dev/null || pgrep resource-guide >/dev/null" && break; done
run "apt-get install -q -y $new" >"$BUILD/apt.log" 2>&1 || { tail -20 "$BUILD/apt.log"; fail "update"; }
run "pgrep resource-guide >/dev/null" || fail "the running window went away"
run "pkill -u visitor resource-guide; pkill -u visitor Xvfb || true"
self_test "after the update"
[ "$(written)" = "$before" ] || { written >"$BUILD/after.log"; echo "$before" | diff - "$BUILD/after.log" || true; fail "the update touched what the shelter wrote"; }

say "a newer version from a stick, signed by the program's own publisher"
as_user "head -c 9000000 /packages/later.guide-program >/tmp/half.guide-program; ! guide program verify /tmp/half.guide-program >/dev/null 2>&1" || fail "half a program was taken"
as_user "guide program verify /packages/later.guide-program --json" | grep -q '"verdict": "newer"' || fail "a newer version is not offered"
as_user "guide program install /packages/later.guide-program --yes" >"$BUILD/program.log" 2>&1 || { cat "$BUILD/program.log"; fail "the newer version"; }
line=$(sed -n 's/^ *sudo \(apt install .*\)/\1/p' "$BUILD/program.log")
run "$line -y" >"$BUILD/apt.log" 2>&1 || { tail -20 "$BUILD/apt.log"; fail "the line that was shown: $line"; }
run "dpkg-query -W -f '\${Version}' resource-guide" | grep -q 9.9.9 || fail "the newer version is not here"
as_user "guide history" | grep -q "program  9.9.9" || fail "the history does not know of it"
run "apt-get install -q -y --allow-downgrades $new" >/dev/null 2>&1 || fail "back to the version under test"
before=$(written)

say "two at once: the second waits its turn or says so"
run "(flock 9; if apt-get install -q -y --reinstall $new >/dev/null 2>/packages/err; then exit 1; fi) 9>/var/lib/dpkg/lock-frontend" 2>/dev/null || true
run "apt-get install -q -y --reinstall $new >/dev/null 2>&1 & apt-get install -q -y --reinstall $new >/dev/null 2>&1; wait" || true
run "dpkg --audit" | grep -q . && fail "dpkg is left half done"
self_test "after two at once"

say "over a newer version: refused unless somebody insists"
if run "apt-get install -q -y $old" >/dev/null 2>&1; then fail "an older version went over a newer one"; fi
run "dpkg-query -W -f '\${Version}' resource-guide" | grep -qv 0.0.9 || fail "downgraded"

say "a full disk: the old state stays whole"
run "mkdir /full; mount -t tmpfs -o size=40m tmpfs /full; dpkg-deb -x $new /full 2>/dev/null && exit 1 || umount /full"
run "cp -a /usr/lib/resource-guide /saved; mount -t tmpfs -o size=260m tmpfs /usr/lib/resource-guide; cp -a /saved/. /usr/lib/resource-guide/; rm -rf /saved"
if run "dpkg -i $new" >"$BUILD/full.log" 2>&1; then fail "it went in although there was no room"; fi
grep -q "No space left" "$BUILD/full.log" || fail "no word about the full disk"
run "umount /usr/lib/resource-guide; dpkg --configure -a >/dev/null 2>&1; apt-get install -q -y --reinstall $new >/dev/null 2>&1"
self_test "after a full disk"

say "remove: the program goes, what the shelter wrote stays"
run "apt-get remove -q -y resource-guide" >/dev/null 2>&1
run "test ! -e /usr/lib/resource-guide && test ! -e /usr/bin/guide" || fail "files are left behind"
[ "$(written)" = "$before" ] || fail "removal touched what the shelter wrote"

say "purge asks; no answer means no"
run "mkdir -p /etc/resource-guide; echo 'language = \"es\"' >/etc/resource-guide/policy.toml; apt-get purge -q -y resource-guide" >/dev/null 2>&1
[ "$(written)" = "$before" ] || fail "a purge without a yes removed what the shelter wrote"
run "test ! -e /etc/resource-guide" || fail "the policy is left behind"
run "apt-get install -q -y $new" >/dev/null 2>&1
run "echo 'resource-guide resource-guide/remove-data boolean true' | debconf-set-selections; apt-get purge -q -y resource-guide" >/dev/null 2>&1
run "test ! -e '$data'" || fail "purge with a yes left the data"
run "find / -xdev -name '*resource*guide*' -not -path '/proc/*' -not -path '/packages/*' -not -path '/var/log/*' -not -path '*/__pycache__/*'" >"$BUILD/left.log"
grep . "$BUILD/left.log" && fail "something is left" || true
say "All of it holds."
