"""Two publishers' entries side by side: what both list is found once, and where they differ who counts first wins."""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from guide.app import Guide
from guide.catalog.alike import alike
from guide.errors import NotFoundError
from guide.records import Address, Audience, Location, Organization, Question, Service, SheetOptions, Words
from tests.bundles.test_publishers import root_file, words
from tests.makers import make_phone, make_service
from tests.publisher import SERVICES, Publisher, at
from tests.sheets.reading import text_of

CRISIS = "(555) 010-9880"
FALSE = "(555) 010-6666"


class House:
    """A guide of the state coalition with a county beside it."""

    def __init__(self, folder: Path, ours: Sequence[Service], theirs: Sequence[Service]) -> None:
        self.state, self.county = Publisher(folder / "state"), Publisher(folder / "county", "Metro County")
        self.guide = Guide(self.state.settings, at(1))
        self.key = self.guide.publishers.add(root_file(self.county), words(self.county), "Metro County").key
        self.guide.apply_update(self.state.release(2, ours))
        self.guide.apply_update(self.county.release(2, theirs))

    def found(self, text: str = "", audience: Audience = Audience.VISITOR) -> list[tuple[str, str, tuple[str, ...]]]:
        """Return name, number and who lists it too of everything that is found."""
        answer = self.guide.search(Question(text, audience=audience, limit=100))
        assert len(answer.cards) == answer.total
        return [(c.name.text, c.phone.published if c.phone else "", c.also) for c in answer.cards]

    def in_step(self) -> None:
        """Home, search, its counts and what is printed whole have to tell of the same entries."""
        for audience in Audience:
            home = self.guide.home(audience)
            answer = self.guide.search(Question(audience=audience, limit=500))
            assert home.total == answer.total == len(answer.cards) == len(self.guide.service_ids(audience))
            needs = {v.slug: v.count for v in answer.facets if v.facet == "need"}
            assert {t.category.slug: t.count for t in home.tiles if t.count} == {k: n for k, n in needs.items() if n}
            assert {c.id for c in answer.cards} == set(self.guide.service_ids(audience))


def line(name: str, number: str, original: str = "", **over: object) -> Service:
    """Return an entry with one number."""
    return make_service(name, original or f"{name}/{number}", phones=(make_phone(number),), **over)


# --- one line, listed twice -------------------------------------------------------------------------
def test_what_two_publishers_list_is_shown_once_with_both_named(tmp_path: Path) -> None:
    ours = line("Night Shelter", "(555) 010-4410", "one")
    theirs = line("The Night Shelter", "1-555-010-4410", "two", also_in=("safety",))
    house = House(tmp_path, [ours, *SERVICES[1:]], [theirs, line("Metro Food Bank", "(555) 010-7711")])
    assert ("Night Shelter", "(555) 010-4410", ("Metro County",)) in house.found("shelter")
    assert [name for name, *_ in house.found("night shelter")] == ["Night Shelter"]
    assert house.guide.home(Audience.VISITOR).total == 4
    detail = house.guide.detail(ours.id, Audience.VISITOR)
    assert detail.sources == ("State Coalition", "Metro County")
    assert house.guide.detail(f"{theirs.id}@{house.key}", Audience.VISITOR).service.name.text == "The Night Shelter"
    house.in_step()
    house.guide.close()


def test_one_number_with_other_names_or_needs_stays_two_entries(tmp_path: Path) -> None:
    board = "(555) 010-4000"  # a switchboard
    house = House(
        tmp_path,
        [line("Legal Aid", board, "a", category="legal"), line("Shelter Office", board, "b")],
        [line("Food Pantry", board, "c"), line("Legal Aid", board, "d", category="housing")],
    )
    assert len(house.found()) == 4
    house.in_step()
    house.guide.close()


def test_the_joining_is_made_anew_when_an_edition_comes_and_goes(tmp_path: Path) -> None:
    ours, theirs = line("Night Shelter", "(555) 010-4410", "one"), line("Night Shelter", "(555) 010-4410", "two")
    house = House(tmp_path, [ours], [theirs])
    assert len(house.found()) == 1
    house.guide.apply_update(house.county.release(3, [replace(theirs, name=Words("Day Center"))], day=1))
    assert len(house.found()) == 2
    house.guide.rollback(publisher=house.key)
    assert len(house.found()) == 1
    (house.guide.settings.data / "publishers" / "joined.db").write_bytes(b"rotten" * 900)
    house.guide.close()
    assert len(house.found()) == 1
    house.in_step()
    house.guide.close()


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("National Domestic Violence Hotline", "Domestic Violence Hotline", True),
        ("988 Suicide & Crisis Lifeline", "Suicide and Crisis Lifeline", True),
        ("Línea de Crisis", "Linea de crisis", True),
        ("Legal Aid", "Legal Aid for Farm Workers", False),
        ("Night Shelter", "Day Shelter", False),
        ("Hotline", "Lifeline", False),
        ("住房援助", "住房援助", True),
    ],
)
def test_names_are_alike_only_when_nearly_all_their_words_are(one: str, other: str, same: bool) -> None:
    assert alike(one, other) is alike(other, one) is same


# --- two numbers for one line -----------------------------------------------------------------------
def test_a_county_cannot_take_a_crisis_line_over_by_its_id(tmp_path: Path) -> None:
    ours = line("Crisis Line", CRISIS, "crisis-line", category="crisis")
    theirs = line("Crisis Line", FALSE, "crisis-line", category="crisis")
    assert ours.id == theirs.id
    house = House(tmp_path, [ours], [theirs])
    assert house.found() == [("Crisis Line", CRISIS, ())]
    assert [card.phone.published for card in house.guide.home(Audience.VISITOR).call_now if card.phone] == [CRISIS]
    assert house.guide.detail(ours.id, Audience.STAFF).service.phones[0].published == CRISIS
    assert [s.phones[0].published for s in house.guide.services([ours.id])] == [CRISIS]
    (conflict,) = house.guide.publishers.conflicts()
    assert (conflict.kind, conflict.first.publisher, conflict.second.publisher) == (
        "number", "State Coalition", "Metro County",
    )  # fmt: skip
    assert (conflict.first.numbers, conflict.second.numbers) == ((CRISIS,), (FALSE,))
    house.in_step()
    house.guide.close()


def test_staff_can_let_the_county_count_first(tmp_path: Path) -> None:
    ours = line("Crisis Line", CRISIS, "crisis-line", category="crisis")
    theirs = line("Crisis Line", FALSE, "crisis-line", category="crisis")
    house = House(tmp_path, [ours], [theirs])
    house.guide.publishers.move(house.key, 0)
    assert house.found() == [("Crisis Line", FALSE, ())]
    assert [s.phones[0].published for s in house.guide.services([ours.id])] == [CRISIS]  # an id stays whose it is
    assert house.guide.publishers.conflicts()[0].first.publisher == "Metro County"
    house.in_step()
    house.guide.close()


def test_crisis_lines_of_who_counts_first_stand_before_others(tmp_path: Path) -> None:
    ours = [line(f"Crisis Line {n}", f"(555) 010-91{n:02}", f"crisis-{n}", category="crisis") for n in range(4)]
    theirs = [
        line(f"AAA Crisis Line {n}", f"(555) 010-92{n:02}", "crisis-line" if n == 0 else "", category="crisis")
        for n in range(9)
    ]
    house = House(tmp_path, ours, theirs)
    answer = house.guide.search(Question("crisis line", limit=20))
    assert all("@" not in card.id for card in answer.cards[:4])
    assert all("@" in card.id for card in answer.cards[4:])
    house.guide.close()


def test_two_numbers_under_one_name_are_both_shown_and_told_to_staff(tmp_path: Path) -> None:
    giver = Organization("o", Words("Harbor House"))
    ours = line("Shelter", "(555) 010-1111", "a", organization=giver)
    theirs = line("Shelter", "(555) 010-2222", "b", organization=giver)
    house = House(tmp_path, [ours], [theirs])
    assert len(house.found()) == 2
    assert [one.kind for one in house.guide.publishers.conflicts()] == ["maybe"]
    house.guide.close()


def test_branches_of_one_organization_in_two_towns_are_no_conflict(tmp_path: Path) -> None:
    giver = Organization("o", Words("Harbor House"))

    def branch(code: str, number: str) -> Service:
        place = Location(f"l{code}", addresses=(Address("1 Main St", "Town", "FL", code),))
        return line("Shelter", number, code, organization=giver, locations=(place,), url="https://harbor.example")

    house = House(tmp_path, [branch("33101", "(555) 010-1111")], [branch("32801", "(555) 010-2222")])
    assert len(house.found()) == 2
    assert house.guide.publishers.conflicts() == ()
    house.guide.close()


# --- for staff alone --------------------------------------------------------------------------------
def test_what_one_publisher_keeps_for_staff_no_other_shows_to_visitors(tmp_path: Path) -> None:
    secret = line("Safe House", "(555) 010-5550", "safe-house", audience=Audience.STAFF)
    theirs = line("Safe House", "(555) 010-5550", "their-safe-house")
    open_here = line("Day Center", "(555) 010-5551", "day")
    kept = line("Day Center", "(555) 010-5551", "their-day", audience=Audience.STAFF)
    house = House(tmp_path, [secret, open_here], [theirs, kept])
    assert house.found() == [("Day Center", "(555) 010-5551", ())]  # nor who lists it for staff
    assert sorted(house.found(audience=Audience.STAFF)) == [
        ("Day Center", "(555) 010-5551", ("Metro County",)), ("Safe House", "(555) 010-5550", ("Metro County",)),
    ]  # fmt: skip
    with pytest.raises(NotFoundError):
        house.guide.detail(secret.id, Audience.VISITOR)
    assert [one.kind for one in house.guide.publishers.conflicts()] == ["audience"]
    house.in_step()
    house.guide.close()


def test_an_entry_for_staff_of_an_added_publisher_stays_for_staff(tmp_path: Path) -> None:
    kept = line("Quiet House", "(555) 010-5552", audience=Audience.STAFF)
    house = House(tmp_path, SERVICES, [kept])
    with pytest.raises(NotFoundError):
        house.guide.detail(f"{kept.id}@{house.key}", Audience.VISITOR)
    paper = house.guide.sheet([f"{kept.id}@{house.key}"], SheetOptions(), Audience.VISITOR)
    assert paper.left_out == (("Quiet House", "staff"),)
    assert "Quiet House" not in [name for name, *_ in house.found()]
    house.guide.close()


# --- paper, and bad weather -------------------------------------------------------------------------
def test_a_sheet_names_each_publisher_whose_entries_stand_on_it(tmp_path: Path) -> None:
    house = House(tmp_path, SERVICES, [line("Metro Food Bank", "(555) 010-7711")])
    ids = [card.id for card in house.guide.search(Question(limit=10)).cards]
    both = text_of(house.guide.sheet(ids, SheetOptions(), Audience.VISITOR).pdf)
    assert "Guide by State Coalition" in both and "Guide by Metro County" in both
    county = [one for one in ids if "@" in one]
    alone = text_of(house.guide.sheet(county, SheetOptions(), Audience.VISITOR).pdf)
    assert "State Coalition of" not in alone and "Guide by Metro County" in alone
    house.guide.close()


def test_a_damaged_catalog_of_one_publisher_takes_nothing_from_the_others(tmp_path: Path) -> None:
    house = House(tmp_path, SERVICES, [line("Metro Food Bank", "(555) 010-7711")])
    for catalog in (house.guide.settings.data / "publishers" / house.key / "editions").glob("g*/catalog.db"):
        catalog.write_bytes(b"rotten" * 4000)
    house.guide.close()
    assert house.guide.home(Audience.VISITOR).total == 3
    assert len(house.found()) == 3
    assert [one.broken for one in house.guide.publishers.list()] == [False, True]
    assert len(house.guide.services()) == 3
    house.guide.close()


def test_home_search_and_print_agree_whatever_two_publishers_list(tmp_path: Path) -> None:
    chance = random.Random(5)
    names = ["Night Shelter", "Night Shelter Office", "Legal Aid", "Crisis Line", "Food Pantry"]

    def some(count: int) -> list[Service]:
        made = {}
        for _ in range(count):
            number = chance.choice(["(555) 010-1111", "(555) 010-2222", "(555) 010-3333"])
            original = str(chance.randrange(20))
            need, more = chance.choice(["housing", "legal", "crisis"]), chance.sample(["safety", "legal"], 1)
            audience = chance.choice([Audience.VISITOR, Audience.VISITOR, Audience.STAFF])
            one = line(chance.choice(names), number, original, category=need, also_in=tuple(more), audience=audience)
            made[one.id] = one
        return list(made.values())

    house = House(tmp_path, some(15), some(15))
    house.in_step()
    house.guide.publishers.move(house.key, 0)
    house.in_step()
    with closing(sqlite3.connect(house.guide.settings.data / "publishers" / "joined.db")) as db:
        assert db.execute("SELECT count(*) FROM hidden").fetchone()[0] > 0
    house.guide.close()
