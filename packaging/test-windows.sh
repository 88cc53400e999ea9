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
newer=$($python packaging/windows.py --setup-only --fast --version 9.0.0 | tail -1)
fresh_root trixie wine wine wine64 xvfb xauth fonts-dejavu-core procps cups cups-client poppler-utils
mkdir -p "$root/put" "$root/small"
cp "$setup" "$root/put/setup.exe"; cp "$newer" "$root/put/newer.exe"; rm "$newer"
cp "$BUILD/demo.guide" "$root/put/first.guide"; cp "$BUILD/demo.guide" "$root/put/demo.guide"
cp "$BUILD/ResourceGuide-$version-portable.zip" "$root/put/portable.zip"
head -c 5000000 "$setup" >"$root/put/half.exe"
printf 'language = "es"\n' >"$root/put/policy.toml"
cp packaging/windows/under-wine.sh "$root/put/under-wine.sh"
chroot "$root" useradd -m tester
chown -R 1000 "$root/put"; chmod 777 "$root/small"
mount -t tmpfs -o size=60m,mode=777 tmpfs "$root/small"
# A print queue that writes what it is given into a file.
sed -i 's/^#*FileDevice.*//; $ a FileDevice Yes' "$root/etc/cups/cups-files.conf"
chroot "$root" sh -c 'cupsd && for i in 1 2 3 4 5 6 7 8 9; do lpstat -r 2>/dev/null | grep -q "is running" && break; sleep 1; done
    touch /put/printed; chmod 666 /put/printed
    lpadmin -p Paper -E -v file:///put/printed -m raw; lpadmin -d Paper; lpstat -p' || echo "no print system in the chroot"
result=0
timeout 1500 chroot "$root" su tester -c "xvfb-run -n 87 sh /put/under-wine.sh" || result=$?
umount -l "$root/small" || true
[ -f "$root/var/run/cups/cupsd.pid" ] && kill "$(cat "$root/var/run/cups/cupsd.pid")" 2>/dev/null || true
[ -f "$root/run/cups/cupsd.pid" ] && kill "$(cat "$root/run/cups/cupsd.pid")" 2>/dev/null || true
for shot in "$root"/put/*.png "$root"/put/*.pdf "$root"/put/printed; do [ -s "$shot" ] && cp "$shot" "$BUILD/" || true; done
exit $result
