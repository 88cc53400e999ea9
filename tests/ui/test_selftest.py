"""The self test of a finished package, run from the source: what it says must be true here as well."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from guide import self_test
from guide.settings import STARTER_CATALOG


@pytest.mark.slow
def test_every_part_is_here_and_works_and_nothing_of_this_house_is_touched(tmp_path: Path) -> None:
    home = tmp_path / "home"
    env = {"HOME": str(home), "XDG_DATA_HOME": str(home), "PATH": "/usr/bin:/bin", "QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run(
        [sys.executable, "-m", "ui.start", "--self-test"], capture_output=True, text=True, env=env, check=False
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
