"""Builds the one-folder program with PyInstaller, the same bytes each time as far as that goes; prints where it lies.

``--compare`` builds twice and says which files differ.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import sbom
from contents import ROOT
from licences import gather

BUILD = ROOT / "build" / "packaging"
OUT = BUILD / "dist"


def epoch() -> str:
    """Return the time of the last commit in seconds, for everything that writes a date into what it makes."""
    told = os.environ.get("SOURCE_DATE_EPOCH")
    if told:
        return told
    done = subprocess.run(["git", "log", "-1", "--format=%ct"], check=False, cwd=ROOT, capture_output=True, text=True)
    return done.stdout.strip() or "1735689600"


def build(out: Path) -> Path:
    """Build into the empty folder ``out`` and return the program's folder in it."""
    work = BUILD / "work"
    for folder in (work, out):
        shutil.rmtree(folder, ignore_errors=True)
    env = os.environ | {
        "SOURCE_DATE_EPOCH": epoch(),
        "PYTHONHASHSEED": "1",
        "PYINSTALLER_CONFIG_DIR": str(BUILD / "cache"),
    }
    subprocess.run([sys.executable, str(ROOT / "packaging" / "icons.py"), str(BUILD / "icons")], check=True)
    options = ["--noconfirm", "--clean", "--log-level", "WARN", "--workpath", str(work), "--distpath", str(out)]
    subprocess.run(
        [sys.executable, "-m", "PyInstaller", *options, str(ROOT / "packaging" / "guide.spec")], env=env, check=True
    )
    folder = out / "resource-guide"
    if sys.platform != "win32":
        (folder / "guide").symlink_to("resource-guide")
    sources = [Path(one) for one in json.loads((work / "guide" / "sources.json").read_text())]
    inside = folder / "_internal"
    parts = gather(sources, inside / "licences")
    sbom.write(parts, inside / "licences" / "sbom.cdx.json", int(epoch()))
    return folder


def hashes(folder: Path) -> dict[str, str]:
    """Return the sha256 of every file below ``folder``."""
    files = sorted(path for path in folder.rglob("*") if path.is_file() and not path.is_symlink())
    return {path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def main() -> int:
    """Build once, or twice and compare."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--compare", action="store_true")
    compare = parser.parse_args().compare
    folder = build(OUT)
    for trust, keys in (("trust", "keys"), ("program", "program-keys")):
        if (ROOT / "guide" / "starter" / trust).is_dir() and (ROOT / "build" / keys).is_dir():
            print(f"Note: {trust}: this package trusts the throwaway publisher of development. See docs/release.md")
    if not (ROOT / "guide" / "starter" / "program" / "root.json").is_file():
        print("Note: this package has no root of the program's own publisher: it takes no newer version of itself.")
    print(folder)
    if not compare:
        return 0
    again = build(BUILD / "again")
    one, two = hashes(folder), hashes(again)
    differ = sorted(name for name in one.keys() | two.keys() if one.get(name) != two.get(name))
    print(f"{len(one)} files, {len(differ)} differ between two builds: {', '.join(differ) or 'none'}")
    shutil.rmtree(BUILD / "again")
    return 1 if differ else 0


if __name__ == "__main__":
    sys.exit(main())
