"""Publishers in a house's backup: roots to be said again, their order, and what keeps older editions out."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from guide.app import Guide
from guide.bundles.carried import FOLDER
from guide.bundles.roster import keys
from guide.errors import NotNewerError, UnknownPublisherError, WrongWordsError
from tests.bundles.test_publishers import COUNTY, root_file, words
from tests.publisher import Publisher, at
from tests.shelter.test_backup import repacked


@pytest.fixture
def state(tmp_path: Path) -> Publisher:
    return Publisher(tmp_path / "state")


@pytest.fixture
def county(tmp_path: Path) -> Publisher:
    return Publisher(tmp_path / "county", "Metro County")


@pytest.fixture
def backup(state: Publisher, county: Publisher, tmp_path: Path) -> Path:
    """Write the backup of a house with edition 5 of the state and edition 4 of the county, which counts first."""
    house = Guide(state.settings, at(1))
    state.release(3), county.release(3, COUNTY)  # older ones, on some stick
    house.apply_update(state.release(5))
    key = house.publishers.add(root_file(county), words(county), "Our county").key
    house.apply_update(county.release(4, COUNTY))
    house.publishers.move(key, 0)
    house.safekeeping.write(tmp_path / "house.guide-backup")
    house.close()
    return tmp_path / "house.guide-backup"


@pytest.fixture
def fresh(state: Publisher, tmp_path: Path) -> Guide:
    """Return the guide of a new PC, as the program came."""
    return Guide(replace(state.settings, data=tmp_path / "fresh"), at(1))


def test_a_restored_publisher_waits_for_its_six_words_and_then_has_its_name_and_place_again(
    fresh: Guide, county: Publisher, backup: Path
) -> None:
    fresh.safekeeping.restore(backup)
    assert [one.first for one in fresh.publishers.list()] == [True], "a backup makes nobody a publisher"
    with pytest.raises(UnknownPublisherError):
        fresh.apply_update(county.folder / "4.guide")
    (one,) = fresh.publishers.waiting()
    assert one.name == "Our county"
    with pytest.raises(WrongWordsError):
        fresh.publishers.add(Path(one.path), "one two three four five six")
    added = fresh.publishers.add(Path(one.path), words(county))
    assert (added.name, keys(fresh.settings)) == ("Our county", (added.key, ""))
    assert fresh.publishers.waiting() == ()
    assert fresh.apply_update(county.folder / "4.guide").edition == 4
    fresh.close()


def test_what_was_trusted_in_the_other_house_keeps_older_editions_out_of_this_one(
    fresh: Guide, state: Publisher, county: Publisher, backup: Path
) -> None:
    fresh.safekeeping.restore(backup)
    with pytest.raises(NotNewerError):
        fresh.apply_update(state.folder / "3.guide")
    assert fresh.status().edition.number == 1
    assert fresh.apply_update(state.folder / "5.guide").edition == 5
    fresh.publishers.add(Path(fresh.publishers.waiting()[0].path), words(county))
    with pytest.raises(NotNewerError):
        fresh.apply_update(county.folder / "3.guide")
    fresh.close()


def test_a_restore_where_the_publishers_are_known_puts_them_in_order_and_forgets_nothing(
    state: Publisher, county: Publisher, backup: Path, tmp_path: Path
) -> None:
    here = Guide(replace(state.settings, data=tmp_path / "other"), at(3))
    key = here.publishers.add(root_file(county), words(county)).key
    middle, newest = county.release(8, COUNTY, day=1), county.release(9, COUNTY, day=2)
    here.apply_update(newest)
    here.safekeeping.restore(backup)
    assert keys(here.settings) == (key, "")
    assert here.publishers.list()[0].status is not None
    with pytest.raises(NotNewerError):
        here.apply_update(middle)
    assert here.publishers.waiting() == ()
    here.close()


def test_one_that_is_left_out_or_removed_waits_no_more_and_one_that_waits_travels_on(
    fresh: Guide, state: Publisher, county: Publisher, backup: Path, tmp_path: Path
) -> None:
    fresh.safekeeping.restore(backup)
    fresh.safekeeping.write(tmp_path / "again.guide-backup")
    next_house = Guide(replace(state.settings, data=tmp_path / "next"), at(1))
    next_house.safekeeping.restore(tmp_path / "again.guide-backup")
    (one,) = next_house.publishers.waiting()
    next_house.publishers.leave(one.key)
    assert next_house.publishers.waiting() == ()
    (one,) = fresh.publishers.waiting()
    key = fresh.publishers.add(Path(one.path), words(county)).key
    fresh.publishers.remove(key)
    assert fresh.publishers.waiting() == ()


def test_a_backup_made_to_mislead_makes_no_publisher_and_no_memory(
    fresh: Guide, state: Publisher, backup: Path, tmp_path: Path
) -> None:
    """Signed parts are judged by the root that is trusted here; names are words on a screen; the rest is passed over."""

    def bend(parts: dict[str, bytes], head: dict[str, object]) -> None:
        del head
        signed = json.loads(parts[f"{FOLDER}/first.signed.json"])
        for name, text in signed.items():
            if "targets" in name or "timestamp" in name:
                signed[name] = text.replace('"edition": 5', '"edition": 999').replace('"edition":5', '"edition":999')
        parts[f"{FOLDER}/first.signed.json"] = json.dumps(signed).encode()
        (root,) = [name for name in parts if name.endswith(".root.json")]
        parts[f"{FOLDER}/p0123456789abcdef.root.json"] = parts[root]  # under a key that is not its own
        parts[f"{FOLDER}/pbad.root.json"] = b"{"
        order = json.loads(parts[f"{FOLDER}/order.json"])
        order["order"] = [1, None, "../..", "p0123456789abcdef", *order["order"]]
        order["names"] = dict.fromkeys(order["names"], "\u202eMetro\n" + "x" * 500)
        parts[f"{FOLDER}/order.json"] = json.dumps(order).encode()

    fresh.safekeeping.restore(repacked(backup, tmp_path / "bent", bend))
    assert keys(fresh.settings) == ("",)
    (one,) = fresh.publishers.waiting()
    assert "\n" not in one.name and "\u202e" not in one.name and len(one.name) <= 80
    assert fresh.apply_update(state.folder / "3.guide").edition == 3, "a forged memory keeps nothing out"
    fresh.close()


def test_a_house_as_it_came_has_nothing_to_carry(fresh: Guide, tmp_path: Path) -> None:
    fresh.change_settings(shelter_name="Harbor House")
    assert fresh.safekeeping.write(tmp_path / "b").parts == ("settings.json",)
