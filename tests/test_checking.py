"""Checking numbers by the front door: what is due, calls, reports, and what goes back to the publisher."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from guide.app import Guide
from guide.errors import NotFoundError, UsageError
from guide.records import Audience, Service, SheetOptions, Words
from guide.records.checking import NumberCheck, Reason, Result
from guide.settings import Settings
from tests.makers import NOW, TODAY, make_catalog, make_phone, make_service
from tests.own.houses import Time

CRISIS = make_service("Crisis Line", category="crisis", assured_date=date(2026, 8, 1), phones=(make_phone("988"),))
OLD = make_service("Old Shelter", assured_date=date(2025, 1, 1))
NEVER = make_service("Never Called", assured_date=None, assurer="", category="legal")
FRESH = make_service("Fresh Shelter")
NO_NUMBER = make_service("Only A Page", assured_date=None, phones=())
CLOSED = make_service("Closed House", assured_date=None, status="defunct")
ALL = (CRISIS, OLD, NEVER, FRESH, NO_NUMBER, CLOSED)


def guide(folder: Path, services: tuple[Service, ...] = ALL) -> Guide:
    return Guide(Settings(data=folder / "data", catalog=make_catalog(folder / "c.db", services)), lambda: NOW)


def call(service: Service, result: Result = Result.REACHED, **more):  # type: ignore[no-untyped-def]
    return NumberCheck("", service.id, "", result, more.pop("on", TODAY), **more)


def test_due_are_crisis_lines_first_then_who_was_never_called_then_the_longest_ago(tmp_path: Path) -> None:
    checks = guide(tmp_path).checks
    assert [one.name for one in checks.due_entries()] == ["Crisis Line", "Never Called", "Old Shelter"]
    assert [(one.category, one.due, one.never) for one in checks.due()] == [
        ("crisis", 1, 0), ("housing", 1, 0), ("legal", 1, 1),
    ]  # fmt: skip
    assert [one.name for one in checks.due_entries("housing")] == ["Old Shelter"]
    assert [one.number for one in checks.due_entries("crisis")] == ["988"]
    assert len(checks.due_entries(limit=1)) == 1


def test_a_call_makes_an_entry_not_due_and_a_publishers_new_number_makes_it_due_again(tmp_path: Path) -> None:
    checks = guide(tmp_path).checks
    checks.record([call(OLD), call(CRISIS)])
    assert [one.name for one in checks.due_entries()] == ["Never Called"]
    later = Guide(Settings(data=tmp_path / "data", catalog=tmp_path / "c.db"), lambda: NOW.replace(year=2027, month=3))
    assert [one.name for one in later.checks.due_entries("crisis")] == ["Crisis Line"]
    (tmp_path / "c.db").unlink()
    moved = replace(OLD, phones=(make_phone("(555) 010-9999"),))
    checks = guide(tmp_path, (CRISIS, moved)).checks
    assert [one.name for one in checks.due_entries()] == ["Old Shelter"]
    assert OLD.id not in checks.here([OLD.id])


def test_the_shipped_guide_begins_with_a_round_of_its_crisis_lines(tmp_path: Path) -> None:
    house = Guide(Settings(data=tmp_path), lambda: NOW)
    begun = house.checks.begin("crisis", 0)
    found = {one.id: one for one in house.services([entry.service for entry in begun.entries])}
    assert len(begun.entries) >= 5
    assert {one.category for one in found.values()} == {"crisis"}
    assert house.checks.round() == begun


def test_what_this_house_found_is_told_the_worst_of_the_newest_day(tmp_path: Path) -> None:
    two = make_service("Two Lines", phones=(make_phone("555-0101"), make_phone("555-0102")))
    checks = guide(tmp_path, (two,)).checks
    checks.record([call(two, on=date(2026, 11, 1))])
    assert checks.here([two.id])[two.id].result is Result.REACHED
    bad = replace(call(two, Result.WRONG), number="555-0102")
    (kept, _) = checks.record([bad, call(two)])
    assert checks.here([two.id])[two.id].number == "555-0102"
    checks.take_back(kept.id)
    assert checks.here([two.id])[two.id].result is Result.REACHED


def test_a_call_of_a_day_to_come_or_to_nobody_is_refused(tmp_path: Path) -> None:
    checks = guide(tmp_path).checks
    with pytest.raises(UsageError):
        checks.record([call(OLD, on=date(2026, 11, 26))])
    with pytest.raises(NotFoundError):
        checks.record([NumberCheck("", "nobody", "", Result.WRONG, TODAY)])
    assert not (tmp_path / "data" / "shelter.db").exists()


def test_corrections_tell_what_is_wrong_and_nothing_of_people(tmp_path: Path) -> None:
    checks = guide(tmp_path).checks
    checks.record([
        call(OLD, Result.WRONG, proposed="(555) 010-7777", by="night desk", note="Maria answered"),
        call(CRISIS, answers=(("answered", "same"), ("hours", "different"))),
        call(FRESH, Result.CLOSED), call(NEVER),
    ])  # fmt: skip
    checks.report(NEVER.id, [Reason.NUMBER, Reason.PLACE], Audience.VISITOR)
    (file,) = checks.corrections()
    assert (file.publisher, file.edition, file.made_on) == ("test", 1, TODAY)
    told = [(c.name, c.field, c.kind, c.old, c.proposed, c.basis, c.checked_on, c.note) for c in file.corrections]
    assert told == [
        ("Crisis Line", "hours", "changed", "", "", "check", "2026-11-24", ""),
        ("Fresh Shelter", "status", "closed", "active", "", "check", "2026-11-24", ""),
        ("Never Called", "address", "changed", "", "", "report", "2026-11", ""),
        ("Never Called", "phone", "wrong", "(555) 010-4410", "", "report", "2026-11", ""),
        ("Old Shelter", "phone", "wrong", "(555) 010-4410", "(555) 010-7777", "check", "2026-11-24", ""),
    ]
    assert "Maria" in str(checks.corrections(notes=True))
    assert "night desk" not in str(checks.corrections(notes=True))
    assert [c.basis for c in checks.corrections(reported=False)[0].corrections] == ["check"] * 3


def test_what_the_publisher_changed_meanwhile_is_settled(tmp_path: Path) -> None:
    checks = guide(tmp_path).checks
    checks.record([call(OLD, Result.WRONG)])
    checks.report(FRESH.id, [Reason.NUMBER], Audience.VISITOR)
    (tmp_path / "c.db").unlink()
    moved = tuple(make_service(one.name.text, phones=(make_phone("(555) 010-9999"),)) for one in (OLD, FRESH))
    assert guide(tmp_path, moved).checks.corrections() == ()
    (tmp_path / "c.db").unlink()
    assert guide(tmp_path, (CRISIS,)).checks.corrections() == ()


def test_staff_settle_a_report_they_looked_into(tmp_path: Path) -> None:
    checks = guide(tmp_path).checks
    checks.report(OLD.id, [Reason.HOURS], Audience.VISITOR)
    assert [(one.name, one.by_staff) for one in checks.reports()] == [("Old Shelter", False)]
    checks.settle(OLD.id)
    assert checks.reports() == ()
    with pytest.raises(NotFoundError):
        checks.report("nobody", [Reason.HOURS], Audience.VISITOR)


def test_paper_says_beside_the_publishers_date_what_this_house_found(tmp_path: Path) -> None:
    from tests.sheets.reading import text_of

    house = guide(tmp_path)
    house.checks.record([call(OLD), call(FRESH, Result.WRONG)])
    paper = house.sheet([OLD.id, FRESH.id, NEVER.id], SheetOptions(), Audience.VISITOR)
    said = " ".join(text_of(paper.pdf).split())
    assert said.count("Checked here on 24 Nov 2026") == 1
    assert said.count("This number did not work on 24 Nov 2026") == 1
    assert "Checked on 1 Jan 2025. Checked here on" in said, "called lately, so not overdue"


def test_the_round_goes_to_a_volunteer_on_paper_without_what_is_done(tmp_path: Path) -> None:
    from tests.sheets.reading import heard

    house = guide(tmp_path)
    begun = house.checks.begin()
    house.checks.record([replace(call(CRISIS), round=begun.id)])
    for language in ("en", "es", "ar"):
        paper = house.checks.round_paper(language, "letter")
        said = heard(paper.pdf)
        assert "Old" in said and "010-4410" in said and "988" not in said
        assert b"pdfuaid" in paper.pdf
    slip = house.checks.slip(house.checks.corrections(), "en", "a4")
    assert b"pdfuaid" in slip.pdf


def test_nobody_is_asked_to_call_emergency_services_for_a_check(tmp_path: Path) -> None:
    emergency = make_service("Emergency", category="crisis", assured_date=None, phones=(make_phone("911"),))
    assert guide(tmp_path, (emergency, OLD)).checks.due_entries("crisis") == ()


# --- what this house wrote itself -------------------------------------------------------------------
def own(house: Guide, name: str, **more: object) -> Service:
    """Keep a service of this house's own, and return it."""
    said = {"name": Words(name), "phones": (make_phone("(555) 010-2211"),)} | more
    made = replace(house.own.services.blank("en", "food"), **said)
    house.own.services.save(made)
    return made


def test_own_services_are_due_like_others_and_a_call_says_so_on_screen_and_paper(tmp_path: Path) -> None:
    from tests.sheets.reading import heard, text_of

    clock = Time(NOW)
    house = Guide(Settings(data=tmp_path / "data", catalog=make_catalog(tmp_path / "c.db", (FRESH,))), clock)
    dinner, line = own(house, "Tuesday Dinner"), own(house, "Night Line", category="crisis")
    closed = own(house, "Closed Kitchen")
    own(house, "Only A Page", phones=())
    house.own.services.close(closed.id)
    assert house.checks.due_entries() == (), "who types them in knows them today"
    clock.now += timedelta(days=91)
    assert [one.service for one in house.checks.due_entries()] == [line.id]
    clock.now += timedelta(days=300)
    assert [one.name for one in house.checks.due_entries()] == ["Night Line", "Fresh Shelter", "Tuesday Dinner"]
    assert {one.category: one.due for one in house.checks.due()} == {"crisis": 1, "housing": 1, "food": 1}
    begun = house.checks.begin()
    assert "Tuesday Dinner" in heard(house.checks.round_paper("en", "letter").pdf)
    house.checks.record([replace(call(dinner, on=clock.now.date()), round=begun.id)])
    assert house.detail(dinner.id, Audience.VISITOR).here is not None
    said = " ".join(text_of(house.sheet([dinner.id], SheetOptions(), Audience.VISITOR).pdf).split())
    assert "Checked here on 20 Dec 2027" in said
    assert [one.name for one in house.checks.due_entries()] == ["Night Line", "Fresh Shelter"]


def test_what_is_hidden_is_never_called_and_a_corrected_number_is_called_as_it_is_shown(tmp_path: Path) -> None:
    other = replace(OLD, id="1" * 8 + OLD.id[8:], name=Words("Other Shelter"), phones=(make_phone("(555) 010-3311"),))
    house = guide(tmp_path, (OLD, other, NEVER))
    house.own.words.hide(NEVER.id, "answers nobody")
    house.own.words.amend(other.id, f"phone/{other.phones[0].id}", "(617) 495-1000")
    assert [(one.name, one.number) for one in house.checks.due_entries()] == [
        ("Old Shelter", "(555) 010-4410"), ("Other Shelter", "(617) 495-1000"),
    ]  # fmt: skip
    assert [(one.category, one.due) for one in house.checks.due()] == [("housing", 2)]
    house.checks.record([call(other)])
    assert house.checks.here([other.id])[other.id].number == "(617) 495-1000"
    assert [one.name for one in house.checks.due_entries()] == ["Old Shelter"]
    house.own.words.show(NEVER.id)
    assert [one.name for one in house.checks.due_entries()] == ["Never Called", "Old Shelter"]


def test_what_is_wrong_with_an_own_service_is_for_staff_to_put_right_and_goes_to_no_publisher(tmp_path: Path) -> None:
    house = guide(tmp_path, (OLD,))
    dinner = own(house, "Tuesday Dinner")
    house.checks.record([call(dinner, Result.WRONG, proposed="(617) 495-1000"), call(OLD, Result.WRONG)])
    assert [(one.name, one.field, one.proposed) for one in house.checks.ours()] == [
        ("Tuesday Dinner", "phone", "(617) 495-1000")
    ]
    assert [c.name for file in house.checks.corrections() for c in file.corrections] == ["Old Shelter"]
    house.own.services.save(replace(house.own.services.one(dinner.id), phones=(make_phone("(617) 495-1000"),)))
    assert house.checks.ours() == ()


def test_to_change_an_own_service_is_not_to_check_it(tmp_path: Path) -> None:
    clock = Time(NOW)
    house = Guide(Settings(data=tmp_path / "data", catalog=make_catalog(tmp_path / "c.db", (FRESH,))), clock)
    dinner = own(house, "Tuesday Dinner")
    clock.now += timedelta(days=40)
    changed = replace(house.own.services.one(dinner.id), cost=Words("Free"))
    house.own.services.save(changed)
    assert house.own.services.one(dinner.id).assured_date == TODAY
    house.own.services.save(changed, checked=True)
    assert house.own.services.one(dinner.id).assured_date == clock.now.date()
    copy = replace(house.own.services.copy_of(FRESH), name=Words("Copied"))
    house.own.services.save(copy, checked=False)
    assert [one.name for one in house.checks.due_entries()] == ["Copied"]
