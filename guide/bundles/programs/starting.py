"""Starts a verified installer: hashed once more while nobody can change it, then handed to the system."""

from __future__ import annotations

import hashlib
import os
import shlex
import shutil
import stat
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from io import BufferedReader
from pathlib import Path
from typing import Any

from guide.bundles.programs.signed import Installer
from guide.records.program import NoInstallerError, NotStartedError, ProgramChangedError

_MIME = "application/vnd.debian.binary-package"
_READ, _SHARE_READ, _EXISTING, _NORMAL = 0x80000000, 1, 3, 0x80
_INVALID = -1


def start(path: Path, installer: Installer, way: str, *, silent: bool = False) -> tuple[bool, str]:
    """Hand our copy at ``path`` to whoever puts it in; return whether it was taken over, and the line to type by hand.

    Raises:
        ProgramChangedError: it is not the one that was signed any more; nothing was started.
        NotStartedError: this account may not, or somebody said no.
        NoInstallerError: nothing on this computer is put in this ``way``.
    """
    with held(path, installer):
        if way in ("setup", "setup-for-all"):
            _start_setup(path, way, silent=silent)
            return True, ""
        if way == "package":
            return (not silent and _open_package(path)), command_for(path)
    raise NoInstallerError(way=way)


def command_for(path: Path) -> str:
    """Return the exact line that puts a .deb in by hand."""
    return f"sudo apt install {shlex.quote(str(path))}"


@contextmanager
def held(path: Path, installer: Installer) -> Iterator[None]:
    """Hold the installer open, its bytes being the signed ones; on Windows nobody can write or replace it meanwhile.

    Raises ProgramChangedError.
    """
    try:
        with _opened(path) as file:
            digest, read = hashlib.sha256(), 0
            while piece := file.read(1 << 20):
                digest.update(piece)
                read += len(piece)
            if (read, digest.hexdigest()) != (installer.length, installer.sha256):
                raise ProgramChangedError(file=path.name)
            yield
    except OSError as error:
        raise ProgramChangedError(file=path.name, reason="gone") from error


def _opened(path: Path) -> BufferedReader:
    """Open our own copy: on Windows so that it can only be read by others, elsewhere never by way of a link."""
    if sys.platform == "win32":  # pragma: no cover - Windows alone
        import ctypes
        import msvcrt

        library: Any = ctypes
        create = library.windll.kernel32.CreateFileW
        create.restype = ctypes.c_void_p
        handle = create(str(path), _READ, _SHARE_READ, None, _EXISTING, _NORMAL, None)
        if handle is None or handle == ctypes.c_void_p(_INVALID).value:
            raise OSError(str(path))
        runtime: Any = msvcrt
        return os.fdopen(runtime.open_osfhandle(handle, os.O_RDONLY), "rb")
    file = os.fdopen(os.open(path, os.O_RDONLY | os.O_NOFOLLOW), "rb")
    seen = os.fstat(file.fileno())
    ours = stat.S_ISREG(seen.st_mode) and seen.st_uid == os.getuid() and not seen.st_mode & 0o022 and seen.st_nlink == 1
    if not ours:
        file.close()
        raise OSError(str(path))
    return file


def _start_setup(path: Path, way: str, *, silent: bool) -> None:
    """Start the setup as the program was put in before; Windows itself asks for an administrator where one is needed."""
    verb, words = ("runas", "/AllUsers") if way == "setup-for-all" else ("open", "/CurrentUser")
    if not shell_execute(verb, path, f"{words} /S" if silent else words):
        raise NotStartedError(way=way)


def shell_execute(verb: str, path: Path, words: str) -> bool:  # pragma: no cover - Windows alone
    """Ask Windows' shell to start ``path``, standing in its folder; say whether it did. Tests put their own here."""
    import ctypes

    library: Any = ctypes
    ask = library.windll.shell32.ShellExecuteW
    ask.restype = ctypes.c_void_p
    return (ask(None, verb, str(path), words, str(path.parent), 1) or 0) > 32


def _open_package(path: Path) -> bool:
    """Hand a .deb to what this desktop opens it with; say whether there is such a thing and it was started."""
    opener, asker = shutil.which("xdg-open"), shutil.which("xdg-mime")
    if opener is None or asker is None or not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        return False
    quiet: dict[str, Any] = {"stdin": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "env": _own_libraries_away()}
    with suppress(OSError, subprocess.SubprocessError):
        asked = subprocess.run(
            [asker, "query", "default", _MIME], check=False, timeout=5, stdout=subprocess.PIPE, **quiet
        )
        if asked.stdout.strip():
            subprocess.Popen([opener, str(path)], stdout=subprocess.DEVNULL, start_new_session=True, **quiet)
            return True
    return False


def _own_libraries_away() -> dict[str, str]:
    """Return the surroundings as they were before this program: a packaged one puts its own libraries first."""
    env = dict(os.environ)
    before = env.pop("LD_LIBRARY_PATH_ORIG", None)
    env.pop("LD_LIBRARY_PATH", None)
    return env | {"LD_LIBRARY_PATH": before} if before else env
