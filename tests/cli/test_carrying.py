"""Updates on drives, from the mirror, and on to the next house, from the command line."""

from __future__ import annotations

from pathlib import Path

import pytest

from guide.bundles.sources import door, link
from tests.bundles.sources.drives import FakeDrives
from tests.bundles.sources.test_mirror import Folder
from tests.cli.asking import Shelter
from tests.publisher import Publisher


@pytest.fixture
def publisher(tmp_path: Path) -> Publisher:
    made = Publisher(tmp_path)
    made.mirror = tmp_path / "mirror"
    return made


@pytest.fixture
def shelter(publisher: Publisher, capsys: pytest.CaptureFixture[str]) -> Shelter:
    return Shelter(publisher.settings, capsys)


def test_what_lies_on_the_drives_is_listed(
    shelter: Shelter, publisher: Publisher, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    drives = FakeDrives()
    stick = drives.put_in(tmp_path / "stick")
    (stick / "state.guide").write_bytes(publisher.release(2).read_bytes())
    monkeypatch.setattr(door.Sources, "drives", lambda _: drives.list())
    said = shelter.ask("found")
    assert said.code == 0
    assert [(one["verdict"], one["edition"], one["place"]) for one in said.facts["found"]] == [("newer", 2, "KINGSTON")]
    assert "state.guide" in shelter.ask("found", json=False).out


def test_the_mirror_is_asked_and_what_is_newer_is_taken_in(
    shelter: Shelter, publisher: Publisher, monkeypatch: pytest.MonkeyPatch
) -> None:
    publisher.release(2)
    assert publisher.mirror is not None
    line = Folder(publisher.mirror)
    monkeypatch.setattr(Folder, "close", lambda _: None, raising=False)
    monkeypatch.setattr(link, "Link", lambda route, keep_on: line)
    assert shelter.ask("fetch").code == 2, "no mirror is set up"
    said = shelter.ask("fetch", "--mirror", "https://updates.example.org")
    assert (said.facts["newer"], said.facts["edition"]) == (True, 2)
    assert shelter.ask("verify", said.facts["path"]).code == 0
    assert shelter.ask("fetch", "--mirror", "https://updates.example.org", "--yes").facts["edition"] == 2
    assert shelter.ask("status").facts["edition"] == 2
    assert [event["by"] for event in shelter.ask("history").facts["events"]] == ["mirror"]
    assert shelter.ask("fetch", "--mirror", "https://updates.example.org", "--yes").facts["newer"] is False


def test_an_address_that_is_not_https_is_wrong_usage(shelter: Shelter) -> None:
    assert shelter.ask("fetch", "--mirror", "http://updates.example.org").code == 2


def test_the_guide_is_passed_on(shelter: Shelter, tmp_path: Path) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    said = shelter.ask("pass-on", stick)
    assert (said.code, said.facts["edition"]) == (0, 1)
    assert Path(said.facts["path"]).is_file()
    assert shelter.ask("pass-on", tmp_path / "nowhere").facts["error"] == "stick-gone"
