"""Words of danger bring the lines to call above the results; harmless words leave the page as it is."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from guide.records import Words
from guide.settings import Settings
from tests.makers import make_catalog, make_service
from tests.ui.conftest import House, opened


def names(house: House) -> list[str]:
    band = house.window.rooms.results.first
    cards = [band._row.itemAt(place).widget() for place in range(band._row.count())]
    return [card.accessibleName() for card in cards if card.isVisible()]


def test_the_lines_stand_above_the_results_and_go_with_the_words(house: House) -> None:
    house.window.resize(1280, 800)
    house.type("he hit me")
    house.wait(lambda: house.window.rooms.results.first.isVisible())
    assert names(house)[0] == "National Domestic Violence Hotline"
    assert len(names(house)) == 3
    assert "1-800-799-7233" in house.window.rooms.results.first.said
    house.type("food")
    house.wait(lambda: not house.window.rooms.results.first.isVisible())


def test_with_little_room_the_line_that_fits_best_stays(house: House) -> None:
    house.window.resize(700, 600)
    house.type("me quiero morir")
    house.wait(lambda: house.window.rooms.results.first.isVisible())
    assert 1 <= len(names(house)) < 3
    assert names(house)[0].startswith("988")


@pytest.fixture
def misspelled(qtbot: QtBot, tmp_path: Path) -> Iterator[House]:
    """The window on a catalog in which one entry has a word wrong that sixty have right."""
    services = [make_service(f"Office {n}", description=Words("For every xtenant.")) for n in range(60)]
    services.append(make_service("Mistaken", description=Words("For the xtennant.")))
    catalog = make_catalog(tmp_path / "catalog.db", services)
    yield from opened(qtbot, Settings(tmp_path / "data", catalog, tmp_path / "none"))


def test_what_was_more_likely_meant_is_one_press_away(misspelled: House) -> None:
    results = misspelled.window.rooms.results
    assert len(misspelled.type("xtennant")) == 1
    misspelled.wait(results._suggested.isVisible)
    assert "xtenant" in results._suggested.text()
    results._suggested.click()
    misspelled.wait(lambda: results.answer is not None and results.answer.total == 60)
    assert misspelled.window.bar.search.text() == "xtenant"
    assert not results._suggested.isVisible()
