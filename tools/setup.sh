#!/bin/sh
# Makes .venv with the guide in it, on a bare machine: Python 3.11+ and make are all it takes.
# As root it installs what Qt needs by apt; otherwise it prints the exact line to run.
set -eu
cd "$(dirname "$0")/.."

QT_LIBRARIES="libglib2.0-0 libgl1 libegl1 libx11-6 libdbus-1-3 libfontconfig1 libfreetype6 libxkbcommon0 fonts-dejavu-core
  libxcb-cursor0 libxcb-icccm4 libxcb-image0 libxcb-keysyms1 libxcb-randr0 libxcb-render-util0 libxcb-render0
  libxcb-shape0 libxcb-shm0 libxcb-sync1 libxcb-xfixes0 libxcb-xkb1 libxkbcommon-x11-0 libx11-xcb1 libcups2"

# Names what apt has to bring: libraries the loader cannot find, and venv where Python came without it.
missing() {
    if command -v ldconfig >/dev/null 2>&1 || [ -x /sbin/ldconfig ]; then
        known=$( (ldconfig -p 2>/dev/null || /sbin/ldconfig -p) | awk '{print $1}')
        for pair in libglib-2.0.so.0 libGL.so.1 libEGL.so.1 libX11.so.6 libdbus-1.so.3 libfontconfig.so.1 \
            libfreetype.so.6 libxkbcommon.so.0 libxcb-cursor.so.0 libxcb-icccm.so.4 libxcb-keysyms.so.1 \
            libxcb-image.so.0 libxcb-xkb.so.1 libxkbcommon-x11.so.0 libcups.so.2; do
            echo "$known" | grep -qx "$pair" || { echo yes; return; }
        done
    fi
    "$PYTHON" -c 'import ensurepip, venv' 2>/dev/null || echo yes
}

PYTHON=${PYTHON:-}
if [ -z "$PYTHON" ]; then
    for name in python3 python3.14 python3.13 python3.12 python3.11; do
        if "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then PYTHON=$name; break; fi
    done
fi
if [ -z "$PYTHON" ]; then
    echo "The guide needs Python 3.11 or newer. On Debian: apt-get install python3 python3-venv" >&2
    exit 1
fi

if [ "$(uname -s)" = Linux ] && command -v apt-get >/dev/null 2>&1 && [ -n "$(missing)" ]; then
    venv=$("$PYTHON" -c 'import ensurepip, venv' 2>/dev/null || echo python3-venv)
    # Debian 13 renamed one of them.
    if apt-cache show libglib2.0-0t64 >/dev/null 2>&1; then
        QT_LIBRARIES=$(echo "$QT_LIBRARIES" | sed 's/libglib2.0-0 /libglib2.0-0t64 /; s/libcups2/libcups2t64/')
    fi
    line="apt-get install -y --no-install-recommends $(echo $QT_LIBRARIES $venv)"
    if [ "$(id -u)" = 0 ]; then
        echo "Installing what Qt needs…"
        export DEBIAN_FRONTEND=noninteractive
        apt-get update -q >/dev/null
        $line >/dev/null
    else
        echo "The window needs a few system libraries. Please run this line once, then try again:" >&2
        echo "  sudo $line" >&2
        exit 1
    fi
fi

want=$(cat requirements/app.txt requirements/dev.txt pyproject.toml | cksum)
if [ ! -f .venv/ready ] || [ "$(cat .venv/ready)" != "$want" ]; then
    echo "Setting up .venv (once; a few minutes on a slow line)…"
    [ -x .venv/bin/python ] || "$PYTHON" -m venv .venv
    .venv/bin/python -m pip install -q --disable-pip-version-check --require-hashes --no-deps \
        -r requirements/app.txt -r requirements/dev.txt
    .venv/bin/python -m pip install -q --disable-pip-version-check --no-deps --no-build-isolation -e .
    echo "$want" >.venv/ready
fi
.venv/bin/python tools/words.py compile
# A development publisher with throwaway keys, so that updates can be tried; nothing of it is committed.
.venv/bin/python -m guide.publish.development
