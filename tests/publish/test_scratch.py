"""What a killed build leaves behind goes at the next one, and nothing else does."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from guide.publish.scratch import Scratch, sweep

LOCK = "guide-scratch.lock"
KILLED = """
import os, signal, sys
from pathlib import Path
from guide.publish.scratch import Scratch
work = Scratch(Path(sys.argv[1]), "guide")
(work.path / "catalog.db.zst").write_bytes(b"half")
os.kill(os.getpid(), signal.SIGKILL)
"""


def old(folder: Path) -> None:
    """Make a folder of an hour ago."""
    then = time.time() - 3600
    os.utime(folder / LOCK, (then, then))


def left(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


@pytest.mark.skipif(sys.platform == "win32", reason="a kill that nothing can catch is sent the POSIX way")
def test_what_a_killed_run_left_is_gone_at_the_next(tmp_path: Path) -> None:
    done = subprocess.run([sys.executable, "-c", KILLED, str(tmp_path)], check=False)
    assert done.returncode == -9
    (found,) = tmp_path.iterdir()
    sweep(tmp_path)
    assert left(tmp_path) == [found.name], "somebody may just be making it"
    old(found)
    with Scratch(tmp_path, "build") as mine:
        assert left(tmp_path) == [mine.name]
    assert left(tmp_path) == []


def test_a_folder_that_somebody_works_in_stays_however_old(tmp_path: Path) -> None:
    with Scratch(tmp_path, "read") as theirs:
        old(theirs)
        sweep(tmp_path)
        assert left(tmp_path) == [theirs.name]


def test_nothing_that_is_not_ours_is_touched(tmp_path: Path) -> None:
    (tmp_path / ".guide-backups").mkdir()
    (tmp_path / ".build-abcdefgh").mkdir()  # the name of ours, without our lock
    (tmp_path / ".read-abcdefgh").write_text("a file")
    named = tmp_path / "guide-abcdefgh"
    named.mkdir()
    (named / LOCK).write_bytes(b"")
    old(named)
    before = left(tmp_path)
    sweep(tmp_path)
    assert left(tmp_path) == before
