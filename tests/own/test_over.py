"""What a house says of entries, where two publishers list them: counts, the first screen, hiding, corrections."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from guide.app import Guide
from guide.errors import DiskFullError, UsageError
from guide.own.amend import amended
from guide.records import Address, Audience, Location, Organization, Question, Service, Words
from guide.records.house import Amendment
from tests.bundles.test_publishers import root_file, words
from tests.makers import ALWAYS, NOW, make_catalog, make_phone, make_service
from tests.own.houses import make_house
from tests.publisher import Publisher, at

SHELTER, THEIRS = "(617) 555-2410", "(617) 555-2411"
LIFE = make_service("Lifeline", "crisis-line", category="crisis", schedules=ALWAYS, phones=(make_phone("988"),))
LINE = make_service("Crisis Line", "line", category="crisis", phones=(make_phone("(617) 555-2412"),))
BEDS = make_service("Night Shelter", "one", phones=(make_phone(SHELTER),))
SAME = make_service("The Night Shelter", "two", phones=(make_phone(SHELTER),))


class Houses:
    """A guide of the state coalition with a county beside it."""

    def __init__(self, folder: Path, ours: tuple[Service, ...], theirs: tuple[Service, ...]) -> None:
        state, county = Publisher(folder / "state"), Publisher(folder / "county", "Metro County")
        self.guide = Guide(state.settings, at(1))
        self.key = self.guide.publishers.add(root_file(county), words(county), "Metro County").key
        self.guide.apply_update(state.release(2, ours))
        self.guide.apply_update(county.release(2, theirs))

    def county(self, service: Service) -> str:
        return f"{service.id}@{self.key}"

    def names(self) -> list[str]:
        """Return what visitors find, once home, search and print agree."""
        home, answer = self.guide.home(Audience.VISITOR), self.guide.search(Question(limit=100))
        assert home.total == answer.total == len(answer.cards) == len(self.guide.service_ids(Audience.VISITOR))
        tiles = {tile.category.slug: tile.count for tile in home.tiles if tile.count}
        assert tiles == {v.slug: v.count for v in answer.facets if v.facet == "need" and v.count}
        return sorted(card.name.text for card in answer.cards)


def test_home_counts_an_entry_once_less_that_is_hidden_and_listed_by_another(tmp_path: Path) -> None:
    house = Houses(tmp_path, (LIFE, LINE), (BEDS,))
    house.guide.own.words.hide(house.county(BEDS), "closed")
    assert house.names() == ["Crisis Line", "Lifeline"]
    house = Houses(tmp_path / "2", (LIFE, LINE, BEDS), (SAME,))
    house.guide.own.words.hide(house.county(SAME), "closed")
    assert house.names() == ["Crisis Line", "Lifeline"]
    house.guide.own.words.show(house.county(SAME))
    house.guide.own.words.amend(house.county(SAME), "cost", "5 dollars")
    assert house.names() == ["Crisis Line", "Lifeline", "Night Shelter", "The Night Shelter"]


def test_what_is_hidden_does_not_come_back_by_another_publisher(tmp_path: Path) -> None:
    house = Houses(tmp_path, (LIFE, BEDS), (SAME, LINE))
    house.guide.own.words.hide(BEDS.id, "an abuser works there")
    assert house.names() == ["Crisis Line", "Lifeline"]
    house.guide.publishers.move(house.key, 0)
    assert house.names() == ["Crisis Line", "Lifeline"]
    house.guide.own.words.show(BEDS.id)
    assert house.names() == ["Crisis Line", "Lifeline", "The Night Shelter"]


def test_a_wrong_number_that_was_hidden_does_not_hide_the_right_one(tmp_path: Path) -> None:
    giver = Organization("o", Words("Harbor House"))
    ours, theirs = (
        replace(one, name=Words("Shelter"), organization=giver, url="https://harbor.example") for one in (BEDS, SAME)
    )
    wrong = replace(theirs, phones=(make_phone(THEIRS),))
    house = Houses(tmp_path, (LIFE, ours), (wrong,))
    house.guide.publishers.move(house.key, 0)
    house.guide.own.words.hide(house.county(wrong), "the old number")
    house.guide.publishers.move(house.key, 1)
    assert house.names() == ["Lifeline", "Shelter"]


def test_one_hidden_line_puts_no_number_twice_on_the_first_screen(tmp_path: Path) -> None:
    other = replace(LIFE, id="x", original_id="crisis-line", name=Words("988 for everybody"))
    house = Houses(tmp_path, (LIFE, LINE), (other,))
    before = [card.id for card in house.guide.home(Audience.VISITOR).call_now]
    house.guide.own.words.note(LINE.id, staff="x")
    house.guide.own.screen.choose_cards([LINE.id])
    assert [c.name.text for c in house.guide.home(Audience.VISITOR).call_now] == ["Lifeline", "Crisis Line"]
    house.guide.own.screen.choose_cards([])
    assert [card.id for card in house.guide.home(Audience.VISITOR).call_now] == before


def test_a_chosen_line_stays_on_top_when_it_is_shown_as_anothers(tmp_path: Path) -> None:
    house = Houses(tmp_path, (LIFE, BEDS), (SAME, LINE))
    house.guide.publishers.move(house.key, 0)
    house.guide.own.screen.choose_cards([house.county(SAME)])
    for place, name in ((0, "The Night Shelter"), (1, "Night Shelter")):
        house.guide.publishers.move(house.key, place)
        found = [[c.name.text for c in cards] for cards in (
            house.guide.home(Audience.VISITOR).call_now, house.guide.search(Question("xyzzy")).crisis)]  # fmt: skip
        assert found == [["Lifeline", name]] * 2


def test_entries_of_two_publishers_with_the_same_ids_can_both_be_corrected(tmp_path: Path) -> None:
    """Both took them from one source: the numbers, the place and the giver have the same ids."""
    place = Location("place", addresses=(Address("1 State St", "Boston", "MA", "02139"),))
    ours = replace(BEDS, locations=(place,), organization=Organization("o", Words("State House")))
    theirs = replace(
        ours, name=Words("Other Beds"), phones=(replace(ours.phones[0], published=THEIRS, dial="+16175552411"),),
        locations=(replace(place, addresses=(Address("2 County St", "Boston", "MA", "02139"),)),),
        organization=Organization("o", Words("County House")),
    )  # fmt: skip
    house = Houses(tmp_path, (LIFE, ours), (theirs,))
    for one in (ours.id, house.county(theirs)):
        house.guide.own.words.amend(one, "cost", "5 dollars")
    assert house.names() == ["Lifeline", "Night Shelter", "Other Beds"]
    found = house.guide.detail(house.county(theirs), Audience.VISITOR)
    assert found.service.locations[0].addresses[0].address_1 == "2 County St"
    assert found.service.organization is not None
    assert found.service.organization.name.text == "County House"
    assert (found.sources, found.edition.publisher_name) == (("Metro County",), "Metro County")


# --- 911 and 988 ------------------------------------------------------------------------------------
def test_988_cannot_be_changed_where_it_is_the_second_number_either(tmp_path: Path) -> None:
    both = make_service("Veterans Line", phones=(make_phone(SHELTER), make_phone("988")))
    house = make_house(tmp_path, make_catalog(tmp_path / "c.db", (LIFE, both)))
    field = f"phone/{both.phones[1].id}"
    with pytest.raises(UsageError):
        house.own.words.amend(both.id, field, THEIRS, by="AB")
    assert amended(both, (Amendment(both.id, field, "988", THEIRS, NOW),)) == both, "nor by another PC's file"


def test_what_the_publisher_says_by_now_is_no_correction(tmp_path: Path) -> None:
    field = f"phone/{BEDS.phones[0].id}"
    assert amended(BEDS, (Amendment(BEDS.id, field, THEIRS, SHELTER, NOW),)) == BEDS


# --- when something is missing ----------------------------------------------------------------------
def test_what_was_laid_and_lost_is_laid_again_before_the_first_screen(tmp_path: Path) -> None:
    house = make_house(
        tmp_path, make_catalog(tmp_path / "c.db", (LIFE, LINE), call_now=("crisis-line", LINE.original_id))
    )
    house.own.words.hide(LINE.id, "answers nobody")
    shutil.rmtree(tmp_path / "data" / "own")
    fresh = make_house(tmp_path, tmp_path / "c.db")
    assert [card.name.text for card in fresh.home(Audience.VISITOR).call_now] == ["Lifeline"]
    assert fresh.home(Audience.VISITOR).total == 1


def test_a_full_disk_after_an_update_stops_no_search(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    house = make_house(tmp_path, make_catalog(tmp_path / "c.db", (LIFE, LINE, BEDS)))
    house.own.words.hide(LINE.id, "answers nobody")
    newer = make_catalog(tmp_path / "newer.db", (LIFE, LINE, BEDS, SAME))
    (tmp_path / "c.db").write_bytes(newer.read_bytes())

    def full(*_: object, **__: object) -> None:
        raise DiskFullError(path="x")

    monkeypatch.setattr("guide.own.derive.derive", full)
    for fresh in (house, make_house(tmp_path, tmp_path / "c.db")):
        assert fresh.search(Question(limit=10)).total == 3, "hidden still"


def test_notes_for_staff_are_not_told_to_visitors(tmp_path: Path) -> None:
    noted = replace(BEDS, staff_note="ask for Jo", history="was the old mill")
    house = make_house(tmp_path, make_catalog(tmp_path / "c.db", (LIFE, noted)))
    told = repr(house.detail(noted.id, Audience.VISITOR))
    assert "Jo" not in told and "mill" not in told
    assert house.detail(noted.id, Audience.STAFF).service.staff_note == "ask for Jo"


# --- what its publisher closed ------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("status", "why"), [("defunct", "gone"), ("inactive", "gone"), ("temporarily closed", "paused")]
)
def test_what_its_publisher_closed_is_nowhere_offered_as_open(tmp_path: Path, status: str, why: str) -> None:
    closed = replace(BEDS, schedules=ALWAYS, status=status)
    house = make_house(tmp_path, make_catalog(tmp_path / "c.db", (LIFE, closed), call_now=("crisis-line", "one")))
    cards = [card for card in house.home(Audience.VISITOR).call_now if card.id == closed.id]
    cards += house.search(Question("night shelter")).cards
    states = [card.open for card in cards] + [house.detail(closed.id, Audience.VISITOR).open]
    assert [(one.state, one.why) for one in states] == [("closed", why)] * 3
    assert [card.name.text for card in house.search(Question(open_now=True)).cards] == ["Lifeline"]
    assert [card.name.text for card in house.search(Question(access=frozenset(["24-7"]))).cards] == ["Lifeline"]


# --- what was done since the last look ------------------------------------------------------------------
def test_taking_one_change_back_brings_nothing_else_back(tmp_path: Path) -> None:
    """A call that was taken back and a sheet that was saved anew stay so, whatever staff take back afterwards."""
    from guide.records.checking import NumberCheck, Result

    house = make_house(tmp_path, make_catalog(tmp_path / "c.db", (LIFE, LINE, BEDS)))
    (call,) = house.checks.record([NumberCheck("", BEDS.id, "", Result.WRONG, house.checks.today())])
    house.paper.save("Intake", [LINE.id], house.paper.begin(("en",)))
    house.own.words.note(LINE.id, staff="x")
    house.own.sharing.export(tmp_path / "x.house")
    number = next(one.number for one in house.own.past() if one.what == "note")
    house.checks.take_back(call.id)
    house.paper.save("Intake", [BEDS.id], house.paper.begin(("en",)))
    house.own.take_back(number)
    assert house.checks.here([BEDS.id]) == {}
    assert [one.services for one in house.paper.saved()] == [(BEDS.id,)]


def test_deciding_between_two_pcs_brings_nothing_back_either(tmp_path: Path) -> None:
    catalog = make_catalog(tmp_path / "c.db", (LIFE, LINE, BEDS))
    one, other = make_house(tmp_path / "a", catalog), make_house(tmp_path / "b", catalog)
    one.own.words.note(LINE.id, staff="x")
    other.own.words.note(LINE.id, staff="y")
    one.paper.save("Intake", [LINE.id], one.paper.begin(("en",)))
    other.own.sharing.export(tmp_path / "x.house")
    (conflict,) = one.own.sharing.merge(tmp_path / "x.house").conflicts
    one.paper.save("Intake", [BEDS.id], one.paper.begin(("en",)))
    one.own.sharing.decide(conflict, take_other=True)
    assert [sheet.services for sheet in one.paper.saved()] == [(BEDS.id,)]


def test_a_restored_house_trusts_whom_its_program_came_with(tmp_path: Path) -> None:
    publisher = Publisher(tmp_path)
    guide = Guide(publisher.settings, at(1))
    guide.own.words.note(guide.services()[0].id, staff="x")
    guide.safekeeping.write(tmp_path / "x.guide-backup")
    guide.safekeeping.restore(tmp_path / "x.guide-backup")
    assert guide.apply_update(publisher.release(2)).edition == 2


def test_the_note_for_staff_of_an_own_service_is_in_no_list_for_others(tmp_path: Path) -> None:
    from tests.own.houses import filled

    house = make_house(tmp_path)
    house.own.services.save(filled(house))
    for confidential in (False, True):
        house.own.files.write(tmp_path / "own.csv", confidential=confidential)
        assert ("ask for Jo" in (tmp_path / "own.csv").read_text("utf-8-sig")) is confidential
    house.own.files.write(tmp_path / "own.csv")
    assert house.own.files.take_in(tmp_path / "own.csv").count("same") == 1
    assert house.own.services.all()[0].staff_note == "ask for Jo"
