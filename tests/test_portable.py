"""A program that is carried on a stick keeps its data beside it; what was learned of keys stays on the PC."""

from __future__ import annotations

from pathlib import Path

import pytest

from guide import settings as house
from guide.bundles.editions import Editions
from guide.settings import Settings


@pytest.fixture
def stick(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the folder of a carried program, as the portable zip lays it out."""
    folder = tmp_path / "stick" / "ResourceGuide"
    (folder / "lib").mkdir(parents=True)
    (folder / "portable").write_text("here")
    monkeypatch.setattr(house, "PROGRAM", folder / "lib")
    return folder


def test_data_lies_beside_a_program_that_is_carried(stick: Path) -> None:
    assert house.default_data_folder() == stick / "data"
    assert house.load().data == stick / "data"


def test_editions_and_keys_stay_on_the_pc(stick: Path) -> None:
    settings = house.load()
    assert Editions(settings).folder == house.local_folder() / "editions"
    assert stick not in settings.trusted.parents


def test_a_folder_that_was_asked_for_holds_everything(stick: Path, tmp_path: Path) -> None:
    assert Settings(data=tmp_path / "other").trusted == tmp_path / "other"


@pytest.mark.parametrize("name", ["lib", "resource-guide"])
def test_without_the_marker_or_from_the_source_nothing_is_carried(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    (tmp_path / name).mkdir()
    if name != "lib":  # a checkout whose parent happens to hold a file of that name
        (tmp_path / "portable").write_text("")
    monkeypatch.setattr(house, "PROGRAM", tmp_path / name)
    assert house.portable_folder() is None
    assert house.default_data_folder() == house.local_folder()
