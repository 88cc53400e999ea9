"""How this very program came onto this computer, and so how a newer one does; and which installer fits it."""

from __future__ import annotations

import platform
import sys
from contextlib import suppress
from pathlib import Path

from guide.bundles.programs.signed import Installer, SignedProgram
from guide.settings import PROGRAM, portable_folder

_KEY = r"Software\Microsoft\Windows\CurrentVersion\Uninstall\ResourceGuide"  # packaging/windows/setup.nsi
_DEBIAN = Path("/usr/lib/resource-guide")  # packaging/deb.py


def system_here() -> str:
    """Return this system's name in a signed file: windows, linux, or what Python calls it."""
    return "windows" if sys.platform == "win32" else "linux" if sys.platform.startswith("linux") else sys.platform


def way_here() -> str:
    """Return how a newer version comes onto this computer: setup, setup-for-all, package, portable or other."""
    if portable_folder() is not None:
        return "portable"
    if sys.platform == "win32":
        return _windows_way(PROGRAM.parent.parent)
    return "package" if PROGRAM.is_relative_to(_DEBIAN) else "other"


def fitting(program: SignedProgram) -> Installer | None:
    """Return the installer for this computer, None where the file holds none."""
    machine = {"x86_64": "amd64", "x64": "amd64"}.get(platform.machine().lower(), platform.machine().lower())
    for one in program.installers:
        if (one.system, one.machine) == (system_here(), machine):
            return one
    return None


def _windows_way(folder: Path) -> str:
    """Say whose program lies in ``folder``: what the setup wrote down says it."""
    import winreg

    registry: object = winreg
    for way, root in (("setup", "HKEY_CURRENT_USER"), ("setup-for-all", "HKEY_LOCAL_MACHINE")):
        with suppress(OSError):
            with registry.OpenKey(getattr(registry, root), _KEY) as key:  # type: ignore[attr-defined]
                said, _kind = registry.QueryValueEx(key, "InstallLocation")  # type: ignore[attr-defined]
            if Path(said).resolve() == folder.resolve():
                return way
    return "other"
