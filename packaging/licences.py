"""Finds out which distributions a package is made of, and gathers their licences beside it."""

from __future__ import annotations

import re
import shutil
import sqlite3
import ssl
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from importlib.metadata import Distribution, distributions
from pathlib import Path

from contents import ROOT

_TEXT = re.compile(r"(licen[cs]e|copying|notice|copyright)", re.IGNORECASE)
# Libraries inside the wheels that their metadata does not name.
_INSIDE = {
    "pyside6-essentials": [("Qt", "{version}", "LGPL-3.0-only"), ("ICU", "73.2", "Unicode-3.0")],
    "pypdfium2": [("PDFium", "{pdfium}", "BSD-3-Clause AND Apache-2.0")],
    "pyroaring": [("CRoaring", "", "Apache-2.0")],
}


@dataclass(frozen=True)
class Part:
    """One thing that ships: its name, version, licence as SPDX where known, and where it is published."""

    name: str
    version: str
    licence: str
    kind: str = "pypi"


def gather(sources: Iterable[Path], out: Path, site: Path | None = None) -> list[Part]:
    """Copy the licences of whatever ``sources`` (files that ship) come from into ``out``; return the parts by name.

    ``site`` is the folder of the distributions where it is not this Python's own.
    """
    wanted = {source.resolve() for source in sources}
    parts = [Part("resource-guide", _version(), "Apache-2.0", "own")]
    out.mkdir(parents=True)
    shutil.copy(ROOT / "LICENSE", out / "LICENSE.txt")
    for text in sorted((ROOT / "packaging" / "licences").iterdir()):
        shutil.copy(text, out / text.name)
    for one in distributions(**({"path": [str(site)]} if site else {})):
        if any(Path(str(file.locate())).resolve() in wanted for file in one.files or ()):
            parts += _take(one, out)
    _icons(out)
    parts += _runtime(out, site is not None)
    return sorted(parts, key=lambda part: part.name.lower())


def _take(one: Distribution, out: Path) -> list[Part]:
    name, version = one.metadata["Name"].lower().replace("_", "-"), one.version
    folder = out / name
    folder.mkdir(exist_ok=True)
    texts = [
        file
        for file in one.files or ()
        if ".dist-info" in str(file) and _TEXT.search(str(file).split(".dist-info", 1)[1])
    ]
    for text in texts:
        source = Path(str(text.locate()))
        if source.is_file():
            flat = "-".join(Path(str(text)).parts[1:]).removeprefix("licenses-").replace("/", "-")
            _lay(source, folder / flat)
    told = one.metadata.get("License-Expression") or one.metadata.get("License") or "see the licence file"
    if not any(folder.iterdir()):  # the metadata alone says it
        (folder / "LICENSE.txt").write_text(
            f"{name} {version}\nLicence: {told}\nSee LGPL-3.txt and GPL-3.txt where it names them.\n"
        )
    found = [Part(name, version, told.splitlines()[0])]
    for inner, at, licence in _INSIDE.get(name, ()):
        found.append(Part(inner, at.format(version=version, pdfium=_pdfium()), licence, "library"))
    return found


def _lay(source: Path, out: Path) -> None:
    """Copy a text; one in an old encoding (Latin-1) is the same text in UTF-8, so that anybody can read it."""
    data = source.read_bytes()
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        data = data.decode("latin-1").encode("utf-8")
    out.write_bytes(data)


def _runtime(out: Path, windows: bool) -> list[Part]:
    import platform

    folder = out / "cpython"
    folder.mkdir(exist_ok=True)
    licence = Path(sys.base_prefix) / "lib" / f"python{sys.version_info[0]}.{sys.version_info[1]}" / "LICENSE.txt"
    if not licence.is_file():
        licence = next(
            (p for p in (Path(sys.base_prefix) / "LICENSE.txt", Path(sys.base_prefix) / "LICENSE") if p.is_file()),
            ROOT / "LICENSE",
        )
    shutil.copy(licence, folder / "LICENSE.txt")
    if windows:
        return [Part("CPython", "3.11.9", "PSF-2.0", "library")]
    return [
        Part("CPython", platform.python_version(), "PSF-2.0", "library"),
        Part("SQLite", sqlite3.sqlite_version, "blessing", "library"),
        Part("OpenSSL", ssl.OPENSSL_VERSION.split()[1], "Apache-2.0", "library"),
        Part("PyInstaller bootloader", "6.22.3", "GPL-2.0-or-later WITH Bootloader-exception", "library"),
    ]


def _icons(out: Path) -> None:
    """Lucide's drawings are ours to ship; their licence lies beside them."""
    folder = out / "lucide"
    folder.mkdir(exist_ok=True)
    shutil.copy(ROOT / "ui" / "icons" / "LICENSE.txt", folder / "LICENSE.txt")


def _pdfium() -> str:
    try:
        from pypdfium2.version import PDFIUM_INFO
    except ImportError:
        return ""
    return str(PDFIUM_INFO.build)


def _version() -> str:
    from guide import __version__

    return __version__
