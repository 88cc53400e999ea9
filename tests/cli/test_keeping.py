"""``guide backup`` and ``guide restore``, as a script and as a person run them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from guide.cli import main


def run(capsys: pytest.CaptureFixture[str], data: Path, *words: str) -> tuple[int, str, str]:
    """Return exit code, stdout and stderr of one command."""
    code = main(["--data", str(data), *words])
    said = capsys.readouterr()
    return code, said.out, said.err


def test_a_house_is_carried_to_another_pc_by_two_commands(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "old").mkdir()
    (tmp_path / "old" / "settings.json").write_text('{"shelter_name": "Harbor House"}')
    file = tmp_path / "house.guide-backup"
    code, out, _ = run(capsys, tmp_path / "old", "backup", str(file))
    assert code == 0 and "--with-confidential" in out
    code, out, _ = run(capsys, tmp_path / "new", "restore", str(file), "--yes", "--json")
    assert code == 0 and json.loads(out)["shelter_name"] == "Harbor House"
    assert json.loads((tmp_path / "new" / "settings.json").read_text())["shelter_name"] == "Harbor House"
    code, out, _ = run(capsys, tmp_path / "new", "restore", str(file), "--yes")
    assert code == 0 and "What was here before" in out
    code, out, _ = run(capsys, tmp_path / "new", "backup")
    assert code == 0 and out.strip().endswith("-before-restore.guide-backup")


def test_nobody_is_surprised_by_a_restore(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "b"
    assert run(capsys, tmp_path / "empty", "backup", str(file))[0] == 0
    code, _, err = run(capsys, tmp_path / "here", "restore", str(file))
    assert code == 2 and "--yes" in err
    assert run(capsys, tmp_path / "here", "restore", str(tmp_path / "nothing"), "--yes")[0] == 2
    file.write_bytes(b"a letter")
    code, out, _ = run(capsys, tmp_path / "here", "restore", str(file), "--yes", "--json")
    assert (code, json.loads(out)["error"]) == (6, "backup-damaged")
    assert not (tmp_path / "here" / "settings.json").exists()
