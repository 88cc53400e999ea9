"""The self test of a finished package, run from the source: what it says must be true here as well."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from guide import self_test
from guide.settings import PROGRAM, STARTER_CATALOG

_WATCHED = """
import os, sys
sys.dont_write_bytecode = True
program, written = os.path.realpath({program!r}), []

def below(path):
    return isinstance(path, (str, bytes, os.PathLike)) and os.path.realpath(os.fsdecode(path)).startswith(program + os.sep)

def watch(event, words):
    # What a program folder that nobody may write would refuse: to open for writing, to make, rename or take away.
    if event == "open":
        path, mode, flags = words
        if flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC) and below(path):
            written.append((event, path))
    elif event == "sqlite3.connect" and below(str(words[0]).removeprefix("file:").split("?")[0]):
        if "mode=ro" not in str(words[0]):
            written.append((event, words[0]))
    elif event in ("os.mkdir", "os.rename", "os.remove", "os.rmdir", "os.link", "os.symlink", "os.truncate", "os.chmod"):
        if any(below(path) for path in words[:2]):
            written.append((event, words))

sys.addaudithook(watch)
from ui.selftest import self_test
ended = self_test()
for one in written:
    print("WRITTEN", one)
sys.exit(ended or bool(written))
"""


@pytest.mark.slow
def test_every_part_works_where_the_program_cannot_be_written_and_paths_have_other_letters(tmp_path: Path) -> None:
    """The whole self test, watched: nothing is written below the program, or into this house; all of it in «Añejo دليل»."""
    home, temporary = tmp_path / "Añejo Ñandú دليل", tmp_path / "Zeitweilig 临时"
    temporary.mkdir()
    env = {"HOME": str(home), "XDG_DATA_HOME": str(home), "TMPDIR": str(temporary), "PATH": "/usr/bin:/bin",
           "QT_QPA_PLATFORM": "offscreen", "PYTHONUTF8": "1"}  # fmt: skip
    watched = _WATCHED.format(program=str(PROGRAM))
    done = subprocess.run(
        [sys.executable, "-c", watched], capture_output=True, text=True, env=env, check=False, cwd=tmp_path
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "FAILED" not in done.stdout and done.stdout.rstrip().endswith("All of it works.")
    assert not home.exists(), "a self test writes into no house"


def test_a_part_that_is_missing_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], qapp: object
) -> None:
    from ui import selftest

    def checks(_: Path) -> list[tuple[str, self_test.Check]]:
        def gone() -> bool:
            raise ImportError("No module named 'typst'")

        return [("home", lambda: STARTER_CATALOG.is_file()), ("sheet", gone)]

    monkeypatch.setattr(selftest, "core_checks", checks)
    monkeypatch.setattr(selftest, "_window_checks", lambda _: [])
    assert selftest.self_test() == 1
    said = capsys.readouterr().out
    assert "ok     home" in said and "FAILED sheet" in said and "No module named 'typst'" in said
