"""A power cut while staff change something small: the settings, the order of publishers, a publisher added."""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from guide import settings as house
from guide.app import Guide
from guide.bundles.roster import keys, write_order
from guide.records import Audience
from guide.settings import Settings
from tests.bundles.power import Recorder
from tests.bundles.test_publishers import root_file, words
from tests.publisher import Publisher, at


def after_every_cut(data: Path, act: Callable[[], object], see: Callable[[], object]) -> set[object]:
    """Cut the power at every moment of ``act``, and return all that can then be seen."""
    recorder = Recorder(data)
    with recorder:
        act()
    chance, seen = random.Random(5), set()
    for number in range(len(recorder.moments)):
        for nth in range(2):
            shutil.rmtree(data)
            recorder.after_power_loss(number, chance, nth)
            seen.add(see())
    return seen


def test_settings_are_the_old_or_the_new_ones(tmp_path: Path) -> None:
    data = tmp_path / "data"
    house.save(Settings(data, shelter_name="Harbor House"))
    changed = replace(house.load(data), shelter_name="Night Harbor")
    seen = after_every_cut(data, lambda: house.save(changed), lambda: house.load(data).shelter_name)
    assert seen == {"Harbor House", "Night Harbor"}


@pytest.fixture
def county(tmp_path: Path) -> Publisher:
    return Publisher(tmp_path / "county", "Metro County")


def test_a_publisher_is_added_whole_or_not(tmp_path: Path, county: Publisher) -> None:
    state = Publisher(tmp_path / "state")
    settings = state.settings
    guide = Guide(settings, at(1))
    (settings.data / "publishers").mkdir(parents=True)
    file, told = root_file(county), words(county)
    (expected,) = (guide.publishers.add(file, told).key,)
    guide.publishers.remove(expected)

    def see() -> object:
        here = Guide(settings, at(1))
        found = keys(settings)
        for one in here.publishers.list():
            assert one.fingerprint, "a publisher without its root"
        assert here.home(Audience.VISITOR).total == 3
        return found

    seen = after_every_cut(settings.data / "publishers", lambda: guide.publishers.add(file, told), see)
    assert seen == {("",), ("", expected)}


def test_the_order_of_publishers_is_the_old_or_the_new_one(tmp_path: Path, county: Publisher) -> None:
    settings = Publisher(tmp_path / "state").settings
    key = Guide(settings, at(1)).publishers.add(root_file(county), words(county)).key
    folder = settings.data / "publishers"
    seen = after_every_cut(folder, lambda: write_order(settings, (key, "")), lambda: keys(settings))
    assert seen == {("", key), (key, "")}
