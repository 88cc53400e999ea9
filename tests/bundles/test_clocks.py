"""The time policy: the later of this PC's clock and the newest signed date; amber, red and a wrong clock in words."""

from __future__ import annotations

import io
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pypdfium2
import pytest

from guide.app import Guide
from guide.bundles.editions import BUILT
from guide.bundles.importer import apply, rollback
from guide.bundles.standing import age_now, standing, status
from guide.records import Audience, SheetOptions
from tests.makers import NOW
from tests.publisher import EPOCH, SERVICES, Publisher, at

MINUTE = timedelta(minutes=1)
FAR = datetime(2040, 1, 1, tzinfo=UTC)


@pytest.fixture
def publisher(tmp_path: Path) -> Publisher:
    """A guide with an edition signed at NOW: a newer one is promised in 45 days, it expires in 395."""
    publisher = Publisher(tmp_path)
    apply(publisher.settings, publisher.release(), at())
    return publisher


def test_the_age_turns_exactly_on_its_dates(publisher: Publisher) -> None:
    found = status(publisher.settings, at())
    assert found.next_expected and found.expires and found.newest_signed == NOW
    promised = datetime.combine(found.next_expected, datetime.min.time(), UTC)
    for now, age in (
        (NOW, "fresh"),
        (promised, "fresh"),
        (promised + timedelta(days=1) - MINUTE, "fresh"),  # the promised day itself is not over
        (promised + timedelta(days=1), "amber"),
        (found.expires, "amber"),
        (found.expires + MINUTE, "red"),
        (FAR, "red"),
        (EPOCH, "fresh"),  # never before the day it was signed
    ):
        assert status(publisher.settings, lambda now=now: now).age == age, now
        assert age_now(publisher.settings, lambda now=now: now) == (max(now, NOW), age)
        told, seen = (ask(publisher.settings, lambda now=now: now) for ask in (status, standing))
        assert (told.signed, told.age, told.clock_behind) == (seen.signed, seen.age, seen.clock_behind)


@pytest.mark.parametrize(
    ("now", "behind"),
    [
        (EPOCH, True),
        (BUILT - MINUTE, True),
        (NOW - MINUTE, True),
        (NOW, False),
        (NOW + MINUTE, False),
        (FAR, False),  # the future may have come: only the past is known
    ],
)
def test_a_clock_is_wrong_when_it_lies_before_the_newest_signed_date(
    publisher: Publisher, now: datetime, behind: bool
) -> None:
    found = status(publisher.settings, lambda: now)
    assert (found.clock_behind, found.newest_signed) == (behind, NOW)


def test_going_back_does_not_move_the_newest_signed_date_back(publisher: Publisher) -> None:
    rollback(publisher.settings, at())
    found = status(publisher.settings, lambda: EPOCH)
    assert (found.edition.number, found.newest_signed, found.clock_behind) == (1, NOW, True)


def test_a_fresh_guide_knows_the_date_of_the_edition_it_came_with(tmp_path: Path) -> None:
    publisher = Publisher(tmp_path)  # its first edition was signed thirty days before NOW, before the program was made
    assert status(publisher.settings, lambda: EPOCH).newest_signed == BUILT


def printed(publisher: Publisher, now: datetime) -> str:
    """Return the words on a sheet that is made at ``now``."""
    guide = Guide(publisher.settings, lambda: now)
    paper = guide.sheet([SERVICES[1].id], SheetOptions(), Audience.VISITOR)
    guide.close()
    with pypdfium2.PdfDocument(io.BytesIO(paper.pdf)) as document:
        return " ".join(document[0].get_textpage().get_text_bounded().split())


def test_paper_says_so_too_and_promises_nothing_then(publisher: Publisher) -> None:
    fresh, amber, red = (printed(publisher, NOW + timedelta(days=d)) for d in (1, 60, 500))
    assert "Ask for a new sheet after" in fresh
    assert "A newer guide was due." in amber
    assert "This guide is out of date: call before you go." in red
    assert "Ask for a new sheet" not in amber + red


def test_a_clock_of_2009_makes_no_old_number_look_fresh(publisher: Publisher) -> None:
    """What was checked long ago stays overdue on paper and on screen, reckoned from the newest signed date."""
    assert printed(publisher, EPOCH) == printed(publisher, NOW)
    old, right = (Guide(publisher.settings, lambda now=now: now) for now in (EPOCH, NOW))
    for service in old.services():
        assert (
            old.detail(service.id, Audience.VISITOR).freshness == right.detail(service.id, Audience.VISITOR).freshness
        )
