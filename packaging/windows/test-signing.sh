#!/bin/sh
# Signs a launcher with a throwaway certificate and verifies it: the way a real one takes (docs/release.md).
set -eu
cd "$(dirname "$0")/../.."
command -v osslsigncode >/dev/null || { echo "This needs osslsigncode: apt-get install osslsigncode"; exit 77; }
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj "/CN=Throwaway" -addext extendedKeyUsage=codeSigning \
    -keyout "$work/key.pem" -out "$work/cert.pem" 2>/dev/null
echo throwaway >"$work/pass"
openssl pkcs12 -export -inkey "$work/key.pem" -in "$work/cert.pem" -out "$work/cert.p12" -passout "file:$work/pass"
cp build/packaging/windows/ResourceGuide/guide.exe "$work/guide.exe"
SIGN_PKCS12="$work/cert.p12" SIGN_PASSWORD_FILE="$work/pass" build/packaging/venv/bin/python -c \
    "import sys; sys.path.insert(0, 'packaging'); import pathlib, windows; windows.sign(pathlib.Path(sys.argv[1]))" "$work/guide.exe"
osslsigncode verify -CAfile "$work/cert.pem" "$work/guide.exe" | tail -3
