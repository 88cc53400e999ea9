"""The first screen's data: the same as the reader's, by the standard library alone, for each audience."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from datetime import time
from pathlib import Path

import pytest

from guide.catalog.cards import card_of
from guide.catalog.home import read_home, read_terms
from guide.catalog.reader import Catalog
from guide.errors import BrokenCatalogError
from guide.records import Audience, Channel, OpenState, Organization, Words
from tests.makers import ALWAYS, CATEGORIES, NOW, TAGS, make_catalog, make_edition, make_phone, make_service

GIVER = Organization("org", Words("Giver", "en", (("es", "Quien da"),)))
SERVICES = (
    make_service("Crisis Line", category="crisis", also_in=("safety", "crisis"), schedules=ALWAYS, organization=GIVER,
                 discreet_name=Words("Support", "en", (("es", "Apoyo"),)), cost=Words("free"),
                 phones=(make_phone("988"), make_phone("741741", channel=Channel.TEXT, keyword=Words("HOME", "en", (("es", "HOLA"),))))),
    make_service("Night Shelter", also_in=("safety",)),
    make_service("Staff Line", category="crisis", audience=Audience.STAFF),
    make_service("Course", category="staff-training", audience=Audience.STAFF, also_in=("legal",)),
)  # fmt: skip


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return make_catalog(tmp_path / "c.db", SERVICES, call_now=("crisis-line", "staff-line", "gone"))


def counts(path: Path, audience: Audience) -> dict[str, int]:
    return {tile.category.slug: tile.count for tile in read_home(path, audience, NOW).tiles}


def test_a_visitor_sees_visitors_needs_and_only_what_visitors_may_see(path: Path) -> None:
    assert counts(path, Audience.VISITOR) == {"crisis": 1, "safety": 2, "housing": 1, "legal": 0}
    assert read_home(path, Audience.VISITOR, NOW).total == 2


def test_staff_see_all_of_it(path: Path) -> None:
    assert counts(path, Audience.STAFF) == {"crisis": 2, "safety": 2, "housing": 1, "legal": 1, "staff-training": 1}
    assert read_home(path, Audience.STAFF, NOW).total == 4


def test_tiles_stand_in_the_publishers_order_with_both_languages(path: Path) -> None:
    assert tuple(tile.category for tile in read_home(path, Audience.STAFF, NOW).tiles) == CATEGORIES


@pytest.mark.parametrize("audience", list(Audience))
def test_call_now_cards_are_the_readers_cards(path: Path, audience: Audience) -> None:
    home = read_home(path, audience, NOW)
    with Catalog(path) as catalog:
        edition = catalog.edition()
        expected = [card_of(s, edition, NOW) for s in catalog.services() if s.original_id in edition.call_now]
    assert list(home.call_now) == [c for c in expected if audience is Audience.STAFF or not c.staff_only]
    assert home.edition == edition


def test_the_lists_of_terms_are_the_readers(path: Path) -> None:
    assert read_terms(path)[1] == (CATEGORIES, TAGS)


def test_no_catalog_is_a_broken_catalog(tmp_path: Path) -> None:
    for name, content in (("missing", None), ("damaged", b"x" * 9000), ("empty", b"")):
        if content is not None:
            (tmp_path / name).write_bytes(content)
        with pytest.raises(BrokenCatalogError):
            read_home(tmp_path / name, Audience.VISITOR, NOW)


def test_the_first_screen_needs_no_sqlalchemy() -> None:
    probe = "import sys, guide.catalog.home; print([m for m in ('sqlalchemy', 'tuf', 'typst') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", probe], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_a_card_shows_no_hidden_number() -> None:
    hidden = make_phone("(555) 010-9999", hidden=True)
    text = make_phone("741741", channel=Channel.TEXT)
    card = card_of(make_service(phones=(hidden, replace(text, hidden=True), text)), make_edition(), NOW)
    assert card.phone is not None
    assert card.phone.published == "741741"
    assert card.text == card.phone
    assert card_of(make_service(phones=(hidden,)), make_edition(), NOW).phone is None


def test_a_card_speaks_of_a_voice_line_before_a_text_line() -> None:
    service = make_service(phones=(make_phone("741741", channel=Channel.TEXT), make_phone("988")))
    card = card_of(service, make_edition(), NOW)
    assert (card.phone, card.text) == (service.phones[1], service.phones[0])


def test_a_card_says_whether_it_is_open_in_the_editions_zone() -> None:
    office = replace(ALWAYS[0], opens_at=time(9), closes_at=time(17), timezone="")
    card = card_of(make_service(schedules=(office,)), make_edition(), NOW)
    assert card.open == OpenState("open", until=time(17))
