"""A stick, a shared folder and update servers with two publishers' updates: each goes to whose it is."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from guide.app import Guide
from guide.bundles.sources import link
from guide.errors import MirrorSlowError, MirrorWrongError
from guide.records import Audience
from tests.bundles.sources.drives import FakeDrives
from tests.bundles.sources.test_mirror import Folder
from tests.bundles.test_publishers import COUNTY, root_file, words
from tests.publisher import Publisher, at

STATE, METRO = "https://updates.example.org/state", "https://updates.example.org/metro"


@pytest.fixture
def state(tmp_path: Path) -> Publisher:
    made = Publisher(tmp_path / "state")
    made.mirror = tmp_path / "state-mirror"
    return made


@pytest.fixture
def county(tmp_path: Path) -> Publisher:
    made = Publisher(tmp_path / "county", "Metro County")
    made.mirror = tmp_path / "county-mirror"
    return made


@pytest.fixture
def guide(state: Publisher, county: Publisher) -> Guide:
    made = Guide(state.settings, at(1))
    made.publishers.add(root_file(county), words(county))
    return made


def both(guide: Guide) -> list[tuple[str, int]]:
    """Return each publisher's name and the number of its edition here."""
    return [(one.name, one.status.edition.number if one.status else 0) for one in guide.publishers.list()]


def copied(bundle: Path, folder: Path) -> Path:
    """Put ``bundle`` into ``folder`` under a publisher's name of its own."""
    out = folder / f"{bundle.parent.name}.guide"
    out.write_bytes(bundle.read_bytes())
    return out


def test_a_stick_with_both_offers_both_and_each_is_taken_in_for_its_own(
    guide: Guide, state: Publisher, county: Publisher, tmp_path: Path
) -> None:
    drives = FakeDrives()
    stick = drives.put_in(tmp_path / "stick")
    for bundle in (state.release(2), county.release(9, COUNTY)):
        copied(bundle, stick)
    guide.sources.system = drives
    found = guide.sources.on_drives()
    assert [(one.publisher_name, one.verdict, one.edition) for one in found] == [
        ("Metro County", "newer", 9), ("State Coalition", "newer", 2),
    ]  # fmt: skip
    assert [one.publisher == "" for one in found] == [False, True]
    for one in found:
        guide.apply_update(Path(one.path))
    assert both(guide) == [("State Coalition", 2), ("Metro County", 9)]
    assert not any(one.wanted for one in guide.sources.on_drives())
    guide.close()


def test_from_a_shared_folder_both_are_taken_one_after_the_other(
    guide: Guide, state: Publisher, county: Publisher, tmp_path: Path
) -> None:
    folder = tmp_path / "share"
    folder.mkdir()
    for bundle in (state.release(2), county.release(9, COUNTY)):
        copied(bundle, folder)
    guide.settings = replace(guide.settings, drop_folder=str(folder))
    guide.sources.in_folder()
    while newer := [one for one in guide.sources.in_folder() if one.verdict == "newer"]:
        guide.sources.take(newer[0])
    assert both(guide) == [("State Coalition", 2), ("Metro County", 9)]
    assert guide.home(Audience.VISITOR).total == 4  # two of each
    guide.close()


@pytest.fixture
def lines(state: Publisher, county: Publisher, monkeypatch: pytest.MonkeyPatch) -> dict[str, Folder]:
    """Put folders in the place of two servers, by their addresses."""
    assert state.mirror is not None and county.mirror is not None
    made = {STATE: Folder(state.mirror), METRO: Folder(county.mirror)}
    monkeypatch.setattr(Folder, "close", lambda _: None, raising=False)
    monkeypatch.setattr(link, "Link", lambda route, keep_on: made[route.address])
    return made


def test_each_address_is_asked_for_the_publisher_whose_updates_lie_there(
    guide: Guide, state: Publisher, county: Publisher, lines: dict[str, Folder]
) -> None:
    state.release(2)
    county.release(9, COUNTY)
    guide.change_settings(mirror=f"{STATE} {METRO}")
    guide.sources.online = True
    found = guide.sources.ask_mirrors()
    assert [(one.publisher_name, one.edition, one.publisher == "") for one in found] == [
        ("State Coalition", 2, True), ("Metro County", 9, False),
    ]  # fmt: skip
    assert len({one.path for one in found}) == 2
    for one in found:
        guide.apply_update(Path(one.path), by="mirror")
    assert both(guide) == [("State Coalition", 2), ("Metro County", 9)]
    assert guide.sources.ask_mirrors() == ()
    guide.close()


def test_a_publisher_that_changed_its_keys_is_found_at_its_address_all_the_same(
    guide: Guide, county: Publisher, lines: dict[str, Folder]
) -> None:
    county.rotate("publish-2")
    county.release(9, COUNTY)
    guide.change_settings(mirror=METRO)
    guide.sources.online = True
    (found,) = guide.sources.ask_mirrors()
    assert guide.apply_update(Path(found.path)).publisher_name == "Metro County"
    guide.close()


def test_a_server_that_does_not_answer_keeps_nothing_back_that_another_has(
    guide: Guide, county: Publisher, lines: dict[str, Folder]
) -> None:
    def silent_server(name: str, data: bytes) -> bytes:
        raise MirrorSlowError

    county.release(9, COUNTY)
    (lines[STATE].folder / "metadata").mkdir(parents=True)
    (lines[STATE].folder / "metadata/timestamp.json").write_bytes(b"{}")
    lines[STATE].bend = silent_server
    guide.change_settings(mirror=f"{STATE} {METRO}")
    guide.sources.online = True
    (found,) = guide.sources.ask_mirrors()
    assert found.edition == 9
    guide.apply_update(Path(found.path))
    with pytest.raises(MirrorSlowError):  # nobody has anything newer, and one could not be asked: that is said
        guide.sources.ask_mirrors()
    guide.close()


def test_a_server_with_the_updates_of_somebody_unknown_is_refused(
    guide: Guide, tmp_path: Path, lines: dict[str, Folder]
) -> None:
    stranger = Publisher(tmp_path / "stranger", "Somebody")
    stranger.mirror = tmp_path / "strange"
    stranger.release(99)
    lines[METRO].folder = stranger.mirror
    guide.change_settings(mirror=METRO)
    guide.sources.online = True
    with pytest.raises(MirrorWrongError):
        guide.sources.ask_mirrors()
    assert not any(name.startswith("targets/") for name in lines[METRO].asked), "no data was asked for"
