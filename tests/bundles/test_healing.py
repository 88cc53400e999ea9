"""An edition that rots on the disk: the last good one is shown by itself, staff are told, and nothing is forgotten."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from guide.app import Guide
from guide.bundles.checkup import check_up
from guide.bundles.editions import Editions
from guide.errors import BrokenCatalogError, NotNewerError
from guide.records import Audience, Question, SheetOptions
from tests.publisher import SERVICES, Publisher, at

PAGE = 4096


@pytest.fixture
def publisher(tmp_path: Path) -> Publisher:
    return Publisher(tmp_path)


@pytest.fixture
def guide(publisher: Publisher) -> Guide:
    made = Guide(publisher.settings, at(1))
    made.apply_update(publisher.release(2, SERVICES))
    return made


def rot(guide: Guide, *pages: int) -> None:
    """Let the disk lose some pages of the current edition (from 0)."""
    editions = Editions(guide.settings)
    with editions.catalog(editions.pointer().data).open("r+b") as file:
        for page in pages:
            file.seek(page * PAGE)
            file.write(b"\xa5" * PAGE)


@pytest.mark.parametrize("act", ["home", "search", "detail", "services", "sheet", "status"])
def test_the_last_good_edition_is_shown_by_itself(guide: Guide, publisher: Publisher, act: str) -> None:
    guide.apply_update(publisher.release(3, SERVICES[:2], day=1))
    one = SERVICES[0].id
    for index in (guide.settings.data / "index").glob("index-*.db"):
        index.unlink()
    rot(guide, 0)
    guide.close()
    ask = {
        "home": lambda: guide.home(Audience.VISITOR).total,
        "search": lambda: guide.search(Question()).total,
        "detail": lambda: len(guide.detail(one, Audience.VISITOR).service.phones),
        "services": lambda: len(guide.services()),
        "sheet": lambda: guide.sheet([one], SheetOptions(), Audience.VISITOR).pages,
        "status": lambda: guide.status().edition.number,
    }
    assert ask[act]()
    assert guide.status().edition.number == 2
    assert guide.home(Audience.VISITOR).total == guide.search(Question()).total == 3
    assert (guide.history()[0].kind, guide.history()[0].by, guide.history()[0].edition) == ("healed", "guide", 2)
    guide.close()


def test_after_it_the_newest_update_comes_in_again_and_no_older_one(guide: Guide, publisher: Publisher) -> None:
    older = publisher.release(3, SERVICES, day=1)
    newest = publisher.release(4, SERVICES[:2], day=1)
    guide.apply_update(newest)
    rot(guide, 0)
    with pytest.raises(NotNewerError):
        guide.apply_update(older)
    assert guide.status().edition.number == 2
    assert guide.apply_update(newest).edition == 4
    assert guide.home(Audience.VISITOR).total == 2
    guide.close()


def test_with_the_edition_before_rotten_too_the_shipped_one_is_shown(guide: Guide, publisher: Publisher) -> None:
    rot(guide, 0)
    broken = Editions(guide.settings).catalog(Editions(guide.settings).pointer().data).read_bytes()
    guide.apply_update(publisher.release(3, SERVICES[:2], day=1))
    rot(guide, 0)
    for generation in Editions(guide.settings).generations():
        Editions(guide.settings).catalog(generation).write_bytes(broken)
    assert guide.home(Audience.VISITOR).edition.number == 1
    guide.close()


def test_where_nothing_good_is_left_it_is_said(guide: Guide, publisher: Publisher) -> None:
    rot(guide, 0)
    publisher.shipped.write_bytes(b"rotten" * 4000)
    with pytest.raises(BrokenCatalogError):
        guide.home(Audience.VISITOR)


def test_pages_flipped_anywhere_end_in_an_answer_never_in_an_error(guide: Guide, publisher: Publisher) -> None:
    bundle = publisher.release(3, SERVICES, day=1)
    chance = random.Random(3)
    for round_ in range(6):
        guide.apply_update(bundle)
        editions = Editions(guide.settings)
        pages = editions.catalog(editions.pointer().data).stat().st_size // PAGE
        rot(guide, *(chance.randrange(pages) for _ in range(chance.choice([1, 1, 2, 5]))))
        guide.close()
        assert guide.home(Audience.VISITOR).total >= 0
        guide.search(Question("shelter"))
        for service in SERVICES:
            if service.id in {one.id for one in guide.services()}:
                guide.detail(service.id, Audience.STAFF)
        states = {finding.name: finding.state for finding in check_up(guide.settings)}
        here = guide.status().edition.number
        assert here == 2, f"round {round_}: {states}"  # whatever was lost, doctor goes back to what is whole
        assert {finding.state for finding in check_up(guide.settings)} == {"good"}
    guide.close()
