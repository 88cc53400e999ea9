"""The publisher's handbook is walked exactly as it is written, line by line, by a person at a terminal."""

from __future__ import annotations

import re
import shlex
import shutil
from pathlib import Path

import pytest

from guide.publish import keys as key_files
from guide.settings import Settings
from tests.cli.asking import Shelter, person
from tests.publish.readers.sources import package
from tests.publisher import PASSPHRASE, Publisher

ROOT = Path(__file__).resolve().parents[2]
LINES = [
    line.replace("\\", "/")
    for block in re.findall(r"^```\n(.*?)^```", (ROOT / "docs" / "publisher.md").read_text("utf-8"), re.M | re.S)
    for line in block.splitlines()
]
REASON = "The national lines are called in the first round, in December."


def test_from_nothing_to_the_first_stick_and_through_a_lost_key(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    real = key_files.Cost
    monkeypatch.setattr(key_files, "Cost", lambda memory=8, passes=1: real(memory, passes))
    monkeypatch.setattr("getpass.getpass", lambda *_: PASSPHRASE)
    world = Publisher(tmp_path / "world")  # the program came with another publisher
    monkeypatch.chdir(tmp_path)
    desk = Shelter(Settings(tmp_path / "data", world.settings.catalog, world.settings.trust), capsys)
    words = ""
    for line in LINES:
        command, *given = shlex.split(line)
        if command == "mkdir":
            Path(given[0]).mkdir()
        elif command == "cd":
            monkeypatch.chdir(given[0])
            shutil.make_archive("export", "zip", package(tmp_path / "p"))
        else:
            assert command == "guide"
            person(monkeypatch, "y")
            desk.settings = Settings(tmp_path / "data", world.settings.catalog, world.settings.trust)
            said = desk.ask(*(words if one == "SIX WORDS OF YOURS" else one for one in given), json=False)
            shown = said.out + said.err
            if given[0] == "lint" and "--draft-baseline" in given:
                assert said.code == 7, shown
                draft = Path("lint.toml")
                draft.write_text(draft.read_text("utf-8").replace('reason = ""', f'reason = "{REASON}"'), "utf-8")
            elif given[0] == "verify":
                assert said.code == 3, shown  # nobody has told this guide of them yet
                words = re.search(r"Six words\s+((?:\w+ ){5}\w+)", said.out)[1]  # type: ignore[index]
            else:
                assert said.code == 0, (line, shown)
            if given[0] == "search":
                assert "Food" in said.out
    assert {p.name for p in Path().iterdir()} >= {
        "valley-1.guide", "valley-2.guide", "valley-3.guide", "recovery.pdf", "website", "list.csv", "hsds.zip",
    }  # fmt: skip
    private = [p for p in Path("publisher").rglob("*") if p.is_file() and b"guide-key-1" in p.read_bytes()]
    assert private == []
