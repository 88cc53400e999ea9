"""What goes into a package and what stays out: the one list for PyInstaller's spec and the Windows assembly."""

from __future__ import annotations

import re
import sys
import tomllib
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))  # the program as it lies here, installed or not
from tools import chinese_font

# Python modules that nothing of ours reaches, though something of somebody else's names them.
EXCLUDED = [
    "PIL", "PyInstaller", "PySide6.QtNetwork", "PySide6.QtOpenGL", "PySide6.QtQml", "PySide6.QtQuick", "PySide6.QtTest",
    "PySide6.support.deprecated", "distutils", "fontpkg", "lib2to3", "lucide",
    "multiprocessing",  # nobody asks for it, and PyInstaller would start it before us: 12 ms of each start
    "numpy", "pip", "pydoc", "pygments",
    "readline", "setuptools", "tkinter", "ui.tour", "unittest", "wheel", "xmlrpc", "securesystemslib._vendor.ed25519.test_data",
    "fontTools.ufoLib", "fontTools.voltLib", "fontTools.mtiLib", "fontTools.qu2cu", "pypdfium2_cli",
]  # fmt: skip
# Qt's own parts that a program of widgets without network, films and 3D never opens.
_QT_OUT = re.compile(
    r"""
    /translations/ | /qml/ | /metatypes/ | /plugins/(?:designer|egldeviceintegrations|generic|networkinformation|qmllint
      |qmltooling|sqldrivers|tls|wayland-[a-z-]+|xcbglintegrations)/
    | /platforms/(?:lib)?q(?:eglfs|linuxfb|minimalegl|vkkhrdisplay|vnc|wayland|direct2d|webgl)
    | /platformthemes/libqgtk3 | qtvirtualkeyboard
    | /imageformats/(?:lib)?q(?:gif|icns|jpeg|pdf|tga|tiff|wbmp|webp)
    | (?:lib)?Qt6(?:Network|Qml|Quick|OpenGL|Pdf|VirtualKeyboard|Wayland|EglFS|EglFs|Designer|Sql|Test|Xml|Concurrent|Help)
    | opengl32sw | d3dcompiler
    """,
    re.VERBOSE | re.IGNORECASE,
)
# Of the system's own libraries only what Python's modules need goes along: all others the .deb depends on.
_SYSTEM_IN = re.compile(r"lib(?:sqlite3|ssl|crypto|ffi|bz2|lzma|z|uuid|mpdec|expat)[.-]")


def wanted(target: str, source: str) -> bool:
    """Say whether a file goes into the package as ``target``, taken from ``source``."""
    path = "/" + target.replace("\\", "/")
    if _QT_OUT.search(path) or "/test_data/" in path or "/tests/" in path:
        return False
    from_system = source.startswith(("/lib/", "/lib64/", "/usr/lib/"))
    return not from_system or _SYSTEM_IN.match(Path(source).name) is not None


def data_files() -> Iterator[tuple[Path, str]]:
    """Yield (file, folder in the package) of everything that is read and not imported, in a fixed order."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    for package, patterns in sorted(project["tool"]["setuptools"]["package-data"].items()):
        for pattern in patterns:  # the starter's source too: guide build takes the lines to call at once from it
            for found in sorted((ROOT / package).glob(pattern)):
                yield from _files(found)
    yield ROOT / "resources.db", "."
    # Alembic reads its steps as files.
    yield from _files(ROOT / "guide" / "shelter" / "migrations")
    for name in font_packages():
        if (
            name == chinese_font.PACKAGE
        ):  # a third of it: what is commonly written; what is not is named on the sheet page
            yield chinese_font.packed(ROOT / "build" / "fonts"), name
            continue
        spec = find_spec(name)
        for folder in (spec.submodule_search_locations or []) if spec else []:
            for file in sorted(Path(folder).rglob("*")):
                if file.suffix.lower() in (".ttf", ".otf", ".ttc"):
                    yield file, (Path(name) / file.relative_to(folder)).parent.as_posix()


def font_packages() -> tuple[str, ...]:
    """Return the packages whose font files ship."""
    from guide import text
    from guide.sheets import fonts

    return (*text._FONT_PACKAGES, *([fonts._CHINESE] if hasattr(fonts, "_CHINESE") else []))


def modules() -> list[str]:
    """Return every module of ours, also those that are imported by name only when somebody asks."""
    found = []
    for package in ("guide", "ui"):
        for file in sorted((ROOT / package).rglob("*.py")):
            parts = file.relative_to(ROOT).with_suffix("").parts
            name = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
            if name not in EXCLUDED and "migrations" not in parts:
                found.append(name)
    return found


def _files(found: Path) -> Iterator[tuple[Path, str]]:
    files = sorted(found.rglob("*")) if found.is_dir() else [found]
    for file in files:
        if file.is_file() and "__pycache__" not in file.parts:
            yield file, file.parent.relative_to(ROOT).as_posix()
