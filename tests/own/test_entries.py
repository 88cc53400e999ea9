"""What a house says of a publisher's entries: notes, better values beside the published ones, hiding; and updates."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from guide.app import Guide
from guide.errors import NotFoundError, UsageError
from guide.records import Audience, Question, Service, Words
from tests.makers import ALWAYS, make_catalog, make_phone, make_service
from tests.own.houses import make_house
from tests.publisher import SERVICES, Publisher, at

LEGAL = make_service("County Legal Aid", category="legal", phones=(make_phone("(617) 555-2400", dial="+16175552400"),),
                     hours=Words("Mon-Fri 9am-5pm"), cost=Words("Free"))  # fmt: skip
LINE = make_service(
    "Crisis Line", category="crisis", schedules=ALWAYS, phones=(make_phone("(617) 555-2500", dial="+16175552500"),)
)
LIFE = make_service("Lifeline", category="crisis", schedules=ALWAYS, phones=(make_phone("988"),))
BEDS = make_service("Night Shelter")
NUMBER = f"phone/{LEGAL.phones[0].id}"
HOTLINE = f"phone/{LINE.phones[0].id}"


def house_of(tmp_path: Path, *services: Service) -> Guide:
    make_catalog(tmp_path / "catalog.db", services or (LIFE, LINE, LEGAL, BEDS), call_now=("lifeline", "crisis-line"))
    return make_house(tmp_path, tmp_path / "catalog.db")


def test_a_better_number_is_shown_and_found_with_the_published_one_beside_it_both_dated(tmp_path: Path) -> None:
    house = house_of(tmp_path)
    house.own.words.amend(LEGAL.id, NUMBER, "(617) 555-2468", by="AB")
    phone = house.detail(LEGAL.id, Audience.VISITOR).service.phones[0]
    assert (phone.published, phone.dial) == ("(617) 555-2468", "+16175552468")
    assert phone.note.given("en") == "Corrected here on 24 Nov 2026. Published: (617) 555-2400 (1 Oct 2026)"
    assert "(617) 555-2400" in phone.note.given("es")
    assert phone.note.given("es") != phone.note.given("en")
    (card,) = house.search(Question("county legal")).cards
    assert card.phone is not None
    assert card.phone.published == "(617) 555-2468"
    assert house.search(Question("617 555 2468")).total == 1
    assert house.home(Audience.VISITOR).total == 4
    paper = house.sheet([LEGAL.id], house.paper.begin(("en",)), Audience.VISITOR)
    assert paper.pages == 1
    house.own.words.amend(LEGAL.id, NUMBER, "")
    assert house.detail(LEGAL.id, Audience.VISITOR).service.phones[0].published == "(617) 555-2400"


def test_better_hours_are_read_as_hours(tmp_path: Path) -> None:
    house = house_of(tmp_path)
    house.own.words.amend(LEGAL.id, "hours", "Mon-Fri 10am-4pm")
    service = house.detail(LEGAL.id, Audience.VISITOR).service
    assert service.schedules[0].opens_at is not None
    assert service.schedules[0].opens_at.hour == 10
    assert service.hours.text.startswith("Mon-Fri 10am-4pm (Corrected here on 24 Nov 2026. Published: Mon-Fri 9am-5pm")


def test_a_crisis_lines_number_waits_for_a_second_person(tmp_path: Path) -> None:
    """A wrong hotline number is the worst there is: two people, each typing the number."""
    house = house_of(tmp_path)
    words = house.own.words
    words.amend(LINE.id, HOTLINE, "(617) 555-2599", by="AB")
    assert house.detail(LINE.id, Audience.VISITOR).service.phones[0].published == "(617) 555-2500"
    assert [one.value for one in words.waiting()] == ["(617) 555-2599"]
    with pytest.raises(UsageError, match="second person"):
        words.second(LINE.id, HOTLINE, "617 555 2599", by="ab")
    with pytest.raises(UsageError, match="not the same"):
        words.second(LINE.id, HOTLINE, "617 555 2598", by="CD")
    words.second(LINE.id, HOTLINE, "617 555 2599", by="CD")
    assert words.waiting() == ()
    home = house.home(Audience.VISITOR)
    assert [(c.name.text, c.phone.published) for c in home.call_now if c.phone] == [
        ("Lifeline", "988"), ("Crisis Line", "(617) 555-2599"),
    ]  # fmt: skip
    assert [c.name.text for c in house.search(Question("xyzzy")).crisis] == ["Lifeline", "Crisis Line"]
    words.amend(LINE.id, HOTLINE, "(617) 555-2600", by="AB")
    assert house.detail(LINE.id, Audience.VISITOR).service.phones[0].published == "(617) 555-2500", (
        "a new value, a new look"
    )


def test_988_can_neither_be_changed_nor_hidden(tmp_path: Path) -> None:
    house = house_of(tmp_path)
    with pytest.raises(UsageError):
        house.own.words.amend(LIFE.id, f"phone/{LIFE.phones[0].id}", "(617) 555-2600")
    with pytest.raises(UsageError):
        house.own.words.hide(LIFE.id, "because")


def test_a_number_that_cannot_be_dialled_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="dialled"):
        house_of(tmp_path).own.words.amend(LEGAL.id, NUMBER, "ask Jo")


def test_a_hidden_entry_is_nowhere_and_comes_back(tmp_path: Path) -> None:
    house = house_of(tmp_path)
    with pytest.raises(UsageError):
        house.own.words.hide(LINE.id, "  ")
    house.own.words.hide(LINE.id, "answers nobody since May")
    assert house.home(Audience.STAFF).total == 3
    assert [c.name.text for c in house.home(Audience.VISITOR).call_now] == ["Lifeline"]
    assert house.search(Question("crisis line", audience=Audience.STAFF)).total == 0
    assert "Crisis Line" not in [c.name.text for c in house.search(Question("suicide")).crisis]
    with pytest.raises(NotFoundError):
        house.detail(LINE.id, Audience.STAFF)
    assert LINE.id not in house.service_ids(Audience.STAFF)
    assert house.own.words.all()[LINE.id].reason == "answers nobody since May"
    house.own.words.show(LINE.id)
    assert house.search(Question("crisis line")).total == 1


def test_notes_are_kept_by_entry_and_change_nothing_else(tmp_path: Path) -> None:
    house = house_of(tmp_path)
    house.own.words.note(BEDS.id, staff="ask for the night desk", sheet="bus 14")
    word = house.own.words.of(BEDS.id)
    assert (word.staff_note, word.sheet_note, word.name) == ("ask for the night desk", "bus 14", "Night Shelter")
    assert house.own.words.sheet_notes([BEDS.id, LEGAL.id]) == {BEDS.id: "bus 14"}
    house.own.words.note(BEDS.id, sheet="")
    assert house.own.words.of(BEDS.id).sheet_note == ""
    with pytest.raises(UsageError):
        house.own.words.note(BEDS.id, staff="x" * 301)


def test_an_update_that_touches_what_was_said_makes_a_short_list_and_drops_nothing(tmp_path: Path) -> None:
    house = house_of(tmp_path)
    words = house.own.words
    words.amend(LEGAL.id, NUMBER, "(617) 555-2468", by="AB")
    words.note(BEDS.id, staff="night desk")
    words.hide(LINE.id, "nobody answers")
    assert words.to_settle() == ()
    changed = replace(LEGAL, phones=(replace(LEGAL.phones[0], published="(617) 555-2700", dial="+16175552700"),))
    newer = make_catalog(
        tmp_path / "newer.db", (LIFE, changed, replace(LINE, status="defunct")), call_now=("lifeline",)
    )
    (tmp_path / "catalog.db").write_bytes(newer.read_bytes())
    found = words.to_settle()
    assert {(one.name, one.kind) for one in found} == {
        ("County Legal Aid", "changed"), ("Night Shelter", "gone"), ("Crisis Line", "closed"),
    }  # fmt: skip
    legal = next(one for one in found if one.kind == "changed")
    assert legal.fields == ((NUMBER, "(617) 555-2400", "(617) 555-2700"),)
    phone = house.detail(LEGAL.id, Audience.VISITOR).service.phones[0]
    assert phone.published == "(617) 555-2468"
    assert "(617) 555-2700" in phone.note.text, "what the publisher says now"
    words.settle(LEGAL.id, keep=True)
    words.settle(BEDS.id, keep=False)
    words.settle(LINE.id, keep=False)
    assert words.to_settle() == ()
    assert set(words.all()) == {LEGAL.id}
    house.own.take_back(house.own.past()[0].number)
    assert words.all()[LINE.id].reason == "nobody answers"


def test_own_choices_of_lines_on_top_keep_988_and_come_in_the_houses_order(tmp_path: Path) -> None:
    house = house_of(tmp_path)
    house.own.screen.choose_cards([LEGAL.id, LINE.id])
    assert [c.name.text for c in house.home(Audience.VISITOR).call_now] == [
        "Lifeline",
        "County Legal Aid",
        "Crisis Line",
    ]
    assert [c.name.text for c in house.search(Question("xyzzy")).crisis] == [
        "Lifeline",
        "County Legal Aid",
        "Crisis Line",
    ]
    house.own.screen.choose_cards([])
    assert [c.name.text for c in house.home(Audience.VISITOR).call_now] == ["Lifeline", "Crisis Line"]


def test_a_word_of_welcome_stands_on_the_first_screen(tmp_path: Path) -> None:
    house = house_of(tmp_path)
    house.own.screen.welcome({"en": "Welcome. Coffee is at the desk.", "es": "Bienvenida."})
    assert house.home(Audience.VISITOR).welcome.best("es") == "Bienvenida."
    house.own.screen.welcome({})
    assert not house.home(Audience.VISITOR).welcome


def test_dates_are_of_the_day_it_was_said(tmp_path: Path) -> None:
    house = house_of(tmp_path)
    house.own.words.amend(LEGAL.id, "cost", "10 dollars", by="AB")
    (one,) = house.own.words.of(LEGAL.id).amended
    assert (one.on.date(), one.by, one.published) == (date(2026, 11, 24), "AB", "Free")


def test_the_preview_of_an_update_says_which_changes_meet_a_word_of_the_house(tmp_path: Path) -> None:
    publisher = Publisher(tmp_path)
    house = Guide(publisher.settings, at(0))
    entry = next(s for s in house.services() if s.category != "crisis")
    house.own.words.note(entry.id, staff="night desk")
    changed = tuple(replace(s, cost=Words("5 dollars")) if s.original_id == entry.original_id else s for s in SERVICES)
    found = house.preview(publisher.release(2, changed))
    assert found.ours == ((entry.id, ("note",)),)
