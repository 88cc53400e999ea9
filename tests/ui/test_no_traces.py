"""A whole visit under a fresh account leaves this PC, byte for byte, as opening and closing the guide does."""

from __future__ import annotations

import hashlib
import os
import platform
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.ui.a_visit import QUERY

ROOT = Path(__file__).resolve().parents[2]
FOLDERS = {"HOME": "home", "XDG_DATA_HOME": "share", "XDG_CONFIG_HOME": "config", "XDG_CACHE_HOME": "cache",
           "XDG_STATE_HOME": "state", "XDG_RUNTIME_DIR": "run", "TMPDIR": "tmp", "LOCALAPPDATA": "local"}  # fmt: skip
# What a visitor typed, saw and copied; the index holds the catalog's own words, whoever searches.
NEEDLES = [QUERY.split()[0], "stalking", "1-800-799-7233", "18007997233", "799-7233"]

pytestmark = pytest.mark.skipif(
    sys.platform != "linux" or platform.machine() != "x86_64",
    reason="the filter on sockets is written for x86-64 Linux",
)


@dataclass(frozen=True)
class Left:
    """What a process left: its exit, what it wrote to its log, and every file with its digest."""

    code: int
    log: str
    files: dict[str, str]
    root: Path


def run(folder: Path, what: str) -> Left:
    """Run ``a_visit`` under an account that has never used the guide."""
    account = {name: folder / sub for name, sub in FOLDERS.items()}
    for path in account.values():
        path.mkdir(parents=True, mode=0o700)
    environment = {name: str(path) for name, path in account.items()} | {
        "PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), "QT_QPA_PLATFORM": "offscreen", "LANG": "C.UTF-8",
        "PYTHONDONTWRITEBYTECODE": "1",
    }  # fmt: skip
    done = subprocess.run(
        [sys.executable, "-m", "tests.ui.a_visit", what, str(folder / "share" / "guide")],
        cwd=folder / "home", env=environment, capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    files = {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
    return Left(done.returncode, done.stdout + done.stderr, files, folder)


@pytest.fixture(scope="module")
def left(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Left]:
    """What is left by opening and closing the guide, by a visit, and by one in which the program went wrong."""
    found = {what: run(tmp_path_factory.mktemp(what), what) for what in ("none", "visit", "crash")}
    for what, one in found.items():
        assert one.code == 0, f"{what}: {one.code}\n{one.log}"
    return found


@pytest.mark.parametrize("what", ["visit", "crash"])
def test_a_visit_changes_no_file_of_the_account(left: dict[str, Left], what: str) -> None:
    """SAFETY N1, N2, N4: profile, settings, caches, temporary files and lists of recent files, also after a bug."""
    before, after = left["none"].files, left[what].files
    changed = {name for name in before.keys() | after.keys() if before.get(name) != after.get(name)}
    assert {name for name in changed if not same_kind(name)} == set()
    for name in after:
        if "/index/" not in name:
            content = (left[what].root / name).read_bytes()
            for needle in NEEDLES:
                assert needle.encode() not in content, f"{needle} in {name}"


def same_kind(name: str) -> bool:
    """Say whether a file may differ: fontconfig's caches of the system's fonts hold times, and the first who opens "my
    sheet" on a PC leaves there which version of the program it was.
    """
    return name.startswith("cache/fontconfig/") or name == "share/guide/backups/program.txt"


@pytest.mark.parametrize("what", ["visit", "crash"])
def test_the_log_holds_codes_and_places_never_content(left: dict[str, Left], what: str) -> None:
    """SAFETY N4."""
    for needle in NEEDLES:
        assert needle not in left[what].log.lower()
    if what == "crash":
        assert "guide: RuntimeError at a_visit.py:" in left[what].log, "where it was is told, and nothing else"


def test_a_visit_opens_no_socket_to_any_network(left: dict[str, Left], tmp_path: Path) -> None:
    """SAFETY N3: the system would have ended the process; that it can is proven by a process that opens one."""
    assert left["visit"].code == 0
    assert run(tmp_path / "socket", "socket").code == -31, "SIGSYS"
