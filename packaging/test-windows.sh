#!/bin/sh
# Installs, runs, updates and removes the Windows program under Wine 10, in a bare Debian 13 made for it, and tries what
# can go wrong. What Wine cannot show (SmartScreen, elevation, real printers) is listed in docs/release.md.
set -eu
cd "$(dirname "$0")/.."
. packaging/root.sh
if missing_tools; then exit 77; fi
python=build/packaging/venv/bin/python
version=$(sed -n 's/^__version__ = "\(.*\)"/\1/p' guide/__init__.py)
setup=build/packaging/ResourceGuide-$version-setup.exe
[ -f "$setup" ] || { echo "First: make windows"; exit 1; }
.venv/bin/python -m guide.publish.development demo "$BUILD/demo.guide" >/dev/null
# The same version as in test-deb.sh: one publisher signs nothing older than the last.
newer=$($python packaging/windows.py --setup-only --fast --version 9.9.9 | tail -1)
fresh_root trixie wine wine wine64 xvfb xauth fonts-dejavu-core procps cups cups-client poppler-utils
mkdir -p "$root/put" "$root/small"
rm -f "$BUILD/newer.guide-program"
.venv/bin/python -m guide.publish.development program "$BUILD/newer.guide-program" "$newer" >/dev/null
mv "$BUILD/newer.guide-program" "$root/put/newer.guide-program"
cp "$setup" "$root/put/setup.exe"; cp "$newer" "$root/put/newer.exe"; rm "$newer"
cp "$BUILD/demo.guide" "$root/put/first.guide"; cp "$BUILD/demo.guide" "$root/put/demo.guide"
$python -m zipfile -e "$BUILD/ResourceGuide-$version-portable.zip" "$root/put/stick"
head -c 5000000 "$setup" >"$root/put/half.exe"
printf 'language = "es"\n' >"$root/put/policy.toml"
cp packaging/windows/under-wine.sh "$root/put/under-wine.sh"
chroot "$root" useradd -m tester
chown -R 1000 "$root/put"; chmod 777 "$root/small"
mount -t tmpfs -o size=60m,mode=777 tmpfs "$root/small"
# A print queue that holds what it is given, so that the test can look at it.
sed -i 's/^#*FileDevice.*//; $ a FileDevice Yes' "$root/etc/cups/cups-files.conf"
chroot "$root" sh -c 'cupsd && for i in 1 2 3 4 5 6 7 8 9; do lpstat -r 2>/dev/null | grep -q "is running" && break; sleep 1; done
    lpadmin -p Paper -E -v file:///dev/null -m raw 2>/dev/null; lpadmin -d Paper; cupsdisable Paper; lpstat -p' || echo "no print system in the chroot"
result=0
timeout 2100 chroot "$root" su tester -c "xvfb-run -n 87 sh /put/under-wine.sh" || result=$?
# What Windows' way of printing gave the spooler: PostScript by Wine's driver, as many pages as were asked for.
printed=$(ls "$root"/var/spool/cups/d*-001 2>/dev/null | head -1)
if [ -n "$printed" ] && head -c 4 "$printed" | grep -q '%!PS' && [ "$(grep -ac '^%%Page:' "$printed")" = 1 ]; then
    echo "ok     one page of PostScript lies in the spooler, $(wc -c <"$printed") bytes"; cp "$printed" "$BUILD/printed-under-wine.ps"
else
    echo "FAILED no page lies in the spooler"; result=1
fi
umount -l "$root/small" || true
[ -f "$root/var/run/cups/cupsd.pid" ] && kill "$(cat "$root/var/run/cups/cupsd.pid")" 2>/dev/null || true
[ -f "$root/run/cups/cupsd.pid" ] && kill "$(cat "$root/run/cups/cupsd.pid")" 2>/dev/null || true
exit $result
