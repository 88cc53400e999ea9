"""Wraps the one-folder program into a .deb: build/packaging/resource-guide_VERSION_amd64.deb.

``--version`` stands in for the program's own, for a test of updating; ``--fast`` packs loosely.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import os
import shutil
import subprocess
import sys
from datetime import UTC, datetime
from email.utils import format_datetime
from pathlib import Path

from contents import ROOT
from manual import pages
from program import BUILD, OUT, epoch

from guide import __version__

LINUX = ROOT / "packaging" / "linux"
APP = "org.resource_guide.ResourceGuide"
_DEPENDS = (
    "libc6 (>= 2.35)", "libstdc++6", "zlib1g", "libglib2.0-0 | libglib2.0-0t64", "libgl1", "libegl1", "libx11-6", "libdbus-1-3",
    "libfontconfig1", "libfreetype6", "libxkbcommon0", "libxcb-cursor0", "libxcb-icccm4", "libxcb-image0",
    "libxcb-keysyms1", "libxcb-randr0", "libxcb-render-util0", "libxcb-render0", "libxcb-shape0", "libxcb-shm0",
    "libxcb-sync1", "libxcb-xfixes0", "libxcb-xkb1", "libxkbcommon-x11-0", "libx11-xcb1", "fonts-dejavu-core",
    "debconf (>= 0.5) | debconf-2.0",
)  # fmt: skip
_ABOUT = """offline directory of services, with signed updates and printed sheets
 A guide to hotlines, shelter, legal help, health and more for shared
 computers. It works without the internet: new editions come as one signed
 file on a USB stick or in a shared folder. Entries can be called, copied, and
 printed on sheets in eight languages. Nothing of a visit is kept."""


def make(version: str, out: Path, *, fast: bool = False) -> Path:
    """Build the package of ``version`` in ``out`` from the program in build/packaging/dist; return the file."""
    stage = BUILD / "deb"
    shutil.rmtree(stage, ignore_errors=True)
    share = stage / "usr" / "share"
    shutil.copytree(OUT / "resource-guide", stage / "usr" / "lib" / "resource-guide", symlinks=True)
    _link(stage / "usr" / "bin" / "resource-guide", "../lib/resource-guide/resource-guide")
    _link(stage / "usr" / "bin" / "guide", "../lib/resource-guide/guide")
    _copy(LINUX / f"{APP}.desktop", share / "applications" / f"{APP}.desktop")
    _copy(LINUX / "resource-guide.xml", share / "mime" / "packages" / "resource-guide.xml")
    told = (LINUX / f"{APP}.metainfo.xml").read_text("utf-8")
    day = datetime.fromtimestamp(int(epoch()), UTC)
    _write(
        share / "metainfo" / f"{APP}.metainfo.xml",
        told.replace("@VERSION@", version).replace("@DATE@", f"{day:%Y-%m-%d}"),
    )
    icons = share / "icons" / "hicolor"
    for size in (16, 24, 32, 48, 64, 128, 256):
        _copy(BUILD / "icons" / f"resource-guide-{size}.png", icons / f"{size}x{size}" / "apps" / "resource-guide.png")
        mime = icons / f"{size}x{size}" / "mimetypes" / "application-vnd.resource-guide.bundle.png"
        _copy(BUILD / "icons" / f"resource-guide-file-{size}.png", mime)
    _copy(ROOT / "packaging" / "icons" / "resource-guide.svg", icons / "scalable" / "apps" / "resource-guide.svg")
    for name, text in pages(version, day).items():
        _zip(share / "man" / "man1" / f"{name}.1.gz", text)
    doc = share / "doc" / "resource-guide"
    _copy(LINUX / "copyright", doc / "copyright")
    _zip(doc / "changelog.gz", f"resource-guide ({version}) stable; urgency=medium\n\n  * See CHANGELOG.md of the source.\n\n"
         f" -- The Resource Guide authors <authors@resource-guide.invalid>  {format_datetime(day)}\n")  # fmt: skip
    _copy(LINUX / "lintian-overrides", share / "lintian" / "overrides" / "resource-guide")
    _control(stage, version)
    _modes(stage)
    out.mkdir(parents=True, exist_ok=True)
    deb = out / f"resource-guide_{version}_amd64.deb"
    env = os.environ | {"SOURCE_DATE_EPOCH": epoch()}
    subprocess.run(
        [
            "dpkg-deb",
            "--root-owner-group",
            *(("-Zgzip", "-z1") if fast else ("-Zxz",)),
            "--build",
            str(stage),
            str(deb),
        ],
        check=True,
        env=env,
        stdout=subprocess.DEVNULL,
    )
    shutil.rmtree(stage)
    return deb


def _control(stage: Path, version: str) -> None:
    files = sorted(path for path in stage.rglob("*") if path.is_file() and not path.is_symlink())
    size = sum(path.stat().st_size for path in files) // 1024
    sums = "".join(f"{hashlib.md5(path.read_bytes()).hexdigest()}  {path.relative_to(stage)}\n" for path in files)
    control = stage / "DEBIAN"
    _write(control / "control", "\n".join([
        "Package: resource-guide", f"Version: {version}", "Architecture: amd64", "Section: misc", "Priority: optional",
        "Maintainer: The Resource Guide authors <authors@resource-guide.invalid>", f"Installed-Size: {size}",
        f"Depends: {', '.join(_DEPENDS)}", "Recommends: cups-client, xdg-utils", f"Description: {_ABOUT}", "",
    ]))  # fmt: skip
    _write(control / "md5sums", sums)
    for name in ("templates", "config", "postinst", "postrm"):
        _copy(LINUX / name, control / name)


def _modes(stage: Path) -> None:
    program = stage / "usr" / "lib" / "resource-guide" / "resource-guide"
    runs = {program, *(stage / "DEBIAN" / name for name in ("config", "postinst", "postrm"))}
    for path in [stage, *stage.rglob("*")]:
        if not path.is_symlink():
            path.chmod(0o755 if path.is_dir() or path in runs else 0o644)


def _link(path: Path, to: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.symlink_to(to)


def _copy(source: Path, out: Path) -> None:
    out.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, out)


def _write(out: Path, text: str) -> None:
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_text(text, "utf-8")


def _zip(out: Path, text: str) -> None:
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_bytes(gzip.compress(text.encode(), 9, mtime=0))


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--version", default=__version__)
    parser.add_argument("--fast", action="store_true")
    asked = parser.parse_args()
    print(make(asked.version, BUILD, fast=asked.fast))
    sys.exit(0)
