"""The lint finds what once went wrong in the field, and says nothing of what is right."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, time
from pathlib import Path

import pytest

from guide.publish.lint.across import plain
from guide.publish.lint.baseline import read_baseline
from guide.publish.lint.door import lint
from guide.publish.lint.findings import Findings
from guide.publish.lint.words import reading_grade
from guide.publish.starter import FOLDER
from guide.records import Address, DoNotPrint, Location, Organization, Phone, Schedule, Service, Words
from guide.settings import STARTER_CATALOG
from tests.makers import ALL_DAYS, TODAY, make_catalog, make_phone, make_service

SPANISH = Words("We help you find a bed.", "en", (("es", "Le ayudamos a encontrar una cama."),))
LIST = (
    DoNotPrint("1-800-321-6472", "misprint", "1-800-321-6742"),
    DoNotPrint("66746", "old text code", "another"),
    DoNotPrint("Polaris operates the hotline", "text of 2024", "Compass Connections operates it"),
)


def number(published: str = "(415) 621-2929", dial: str = "+14156212929", **over: object) -> Phone:
    return make_phone(published, dial=dial, **over)


def entry(name: str = "Place", original: str = "", **over: object) -> Service:
    """Return an entry in which the lint finds nothing."""
    fields: dict[str, object] = {"description": SPANISH, "phones": (number(),)}
    return make_service(name, original, **fields | over)


def look(folder: Path, *services: Service, today: date = TODAY) -> Findings:
    return lint(make_catalog(folder / "c.db", services, do_not_print=LIST, call_now=()), today)


def test_an_entry_that_is_in_order_is_passed_in_silence(tmp_path: Path) -> None:
    found = look(tmp_path, entry(), entry("Line", category="crisis", phones=(number("988", "988"),)))
    assert (found.counts, found.errors, found.services) == ({}, 0, 2)


def held(street: str, **over: object) -> tuple[Location, ...]:
    return (Location("8a2f", addresses=(Address(street, "Denver", "CO"),), **over),)  # type: ignore[arg-type]


HOURS = (Schedule(ALL_DAYS, time(9), time(17), "America/New_York"),)
HARD = "We do provide comprehensive multidisciplinary psychotherapeutic interventions, notwithstanding individual eligibility."
CASES: dict[str, tuple[str, Callable[[], Service]]] = {
    "letters that spell another number": ("number-letters", lambda: entry(phones=(number("1-800-662-HELP", "+18006624358"),))),
    "letters and digits in brackets": ("number-letters", lambda: entry(phones=(number("1-800-799-SAFE (7234)", "+18007997233"),))),
    "letters in a text": ("number-letters", lambda: entry(description=replace(SPANISH, text="Call 1-800-273-TALK (8256) now."))),
    "letters in Spanish alone": ("number-letters", lambda: entry(hours=Words("x", "en", (("es", "Llame 1-800-273-TALK (8256)"),)))),
    "a word to text": ("number-letters", lambda: entry(description=replace(SPANISH, text="Text BeFree (233743)."))),
    "another number behind the button": ("number-differs", lambda: entry(phones=(number("(415) 621-2920"),))),
    "eight digits": ("number-shape", lambda: entry(phones=(number("1234-5678", "12345678"),))),
    "a digit too many": ("number-shape", lambda: entry(phones=(number("(415) 621-29291", "+141562129291"),))),
    "a film number": ("number-fictional", lambda: entry(phones=(number("(202) 555-0143", "+12025550143"),))),
    "an area code that is none": ("number-unlikely", lambda: entry(phones=(number("(111) 621-2929", "+11116212929"),))),
    "a number without a button": ("number-no-button", lambda: entry(phones=(number("ask at the desk", ""),))),
    "nobody vouches": ("number-no-evidence", lambda: entry(assured_date=None, source_date=TODAY, phones=(number(evidence="", official_as_of=None),))),
    "a listed number": ("do-not-print", lambda: entry(phones=(number("1-800-321-6472", "+18003216472"),))),
    "a listed number in a text": ("do-not-print", lambda: entry(application_process=Words("Call 800 321 6472."))),
    "a listed phrase": ("do-not-print", lambda: entry(description=replace(SPANISH, text="It is known that polaris operates the hotline."))),
    "a listed code": ("do-not-print", lambda: entry(alert=Words("Text HOME to 66746"))),
    "an old crisis line": ("crisis-overdue", lambda: entry(category="crisis", assured_date=date(2026, 8, 25))),
    "an old page": ("overdue", lambda: entry(assured_date=None, source_date=date(2025, 11, 23))),
    "no date in a crisis": ("crisis-no-date", lambda: entry(category="crisis", assured_date=None)),
    "no date": ("no-date", lambda: entry(assured_date=None)),
    "a promise not kept": ("check-by-passed", lambda: entry(recheck_by=date(2026, 11, 23))),
    "a check of tomorrow": ("date-future", lambda: entry(assured_date=date(2026, 11, 25))),
    "a page of tomorrow": ("date-future", lambda: entry(phones=(number(official_as_of=date(2027, 1, 1)),))),
    "a spreadsheet's nothing": ("date-dead", lambda: entry(last_modified=date(1970, 1, 1))),
    "hours that ended": ("hours-ended", lambda: entry(schedules=(replace(HOURS[0], valid_to=date(2026, 11, 23)),))),
    "a text that ended": ("text-ended", lambda: entry(alert=Words("Closed until March 3, 2026"))),
    "a Spanish text that ended": ("text-ended", lambda: entry(alert=Words("hasta el 3 de marzo de 2026", "es"))),
    "a crisis line without a line": ("crisis-no-number", lambda: entry(category="crisis", phones=(), url="https://x.org")),
    "a crisis line with a hidden one": ("crisis-no-number", lambda: entry(category="crisis", url="https://x.org", phones=(number(hidden=True),))),
    "a crisis line without Spanish": ("crisis-no-spanish", lambda: entry(category="crisis", description=Words("Help."))),
    "no Spanish": ("no-spanish", lambda: entry(description=Words("Help."))),
    "hard words": ("hard-to-read", lambda: entry(description=replace(SPANISH, text=HARD))),
    "an editor's note": ("editors-note", lambda: entry(hours=Words("9 to 5; to be confirmed"))),
    "hours without a zone": ("hours-no-zone", lambda: entry(schedules=(replace(HOURS[0], timezone=""),))),
    "a dead end": ("no-next-step", lambda: entry(phones=())),
    "a shelter's street": ("address-confidential", lambda: entry("Safe House", locations=held("12 Elm Street"))),
    "a secret street": ("address-confidential", lambda: entry(description=replace(SPANISH, text="The location is confidential."), locations=held("12 Elm St"))),
    "a street in a shelter's words": ("address-in-text", lambda: entry(description=replace(SPANISH, text="Our shelter is at 1204 West Elm Street."))),
}  # fmt: skip


@pytest.mark.parametrize(("code", "make"), CASES.values(), ids=CASES)
def test_a_fault_is_found_under_its_code(code: str, make: Callable[[], Service], tmp_path: Path) -> None:
    found = look(tmp_path, make())
    assert code in found.counts
    (one, *_) = found.of(code)
    assert one.record == make().original_id
    assert one.reason and one.do and one.name


RIGHT: dict[str, Callable[[], Service]] = {
    "letters that spell the number": lambda: entry(phones=(number("1-800-662-HELP (4357)", "+18006624357"),)),
    "a long word": lambda: entry(phones=(number("1-800-FLOWERS", "+18003569377"),)),
    "a whole number in brackets": lambda: entry(
        description=replace(SPANISH, text="Call 1-800-799-SAFE (800-799-7233).")
    ),
    "a word to text that is right": lambda: entry(description=replace(SPANISH, text="Text BeFree (233733).")),
    "a number of another country": lambda: entry(phones=(number("06 461 7101", "+96264617101"),)),
    "a number with words": lambda: entry(phones=(number("988, then press 1", "988"),)),
    "a check on its last day": lambda: entry(category="crisis", assured_date=date(2026, 8, 26)),
    "round the clock without a zone": lambda: entry(schedules=(Schedule(ALL_DAYS, time(0), time(23, 59)),)),
    "a day that has not come": lambda: entry(alert=Words("Closed until March 3, 2027")),
    "an office with a street": lambda: entry("Legal Aid", locations=held("12 Elm Street")),
    "a place to go to": lambda: entry("Food Pantry", phones=(), locations=held("12 Elm Street")),
    "only its organization's page": lambda: entry(
        phones=(), organization=Organization("9d01", Words("County"), url="https://county.example.org")
    ),
}


@pytest.mark.parametrize("make", RIGHT.values(), ids=RIGHT)
def test_what_is_right_is_not_called_wrong(make: Callable[[], Service], tmp_path: Path) -> None:
    assert look(tmp_path, make()).counts == {}


# --- across entries -----------------------------------------------------------------------------------
def giver(name: str, one: str) -> Organization:
    return Organization(one, Words(name))


def test_one_number_under_two_names_is_said_once_with_both_names(tmp_path: Path) -> None:
    found = look(tmp_path, entry("Disaster Line"), entry("Victim Line"))
    (one,) = found.of("number-shared")
    assert "Disaster Line" in one.reason and "Victim Line" in one.reason


def test_one_switchboard_for_all_services_of_one_house_is_no_fault(tmp_path: Path) -> None:
    house = giver("County Services", "9d01")
    assert look(tmp_path, entry("Pantry", organization=house), entry("Clinic", organization=house)).counts == {}


def test_an_organization_spelled_in_two_ways_is_one(tmp_path: Path) -> None:
    found = look(
        tmp_path,
        entry("Pantry", organization=giver("The Open Door, Inc.", "9d01")),
        entry("Clinic", organization=giver("Open  Dóor", "9d02")),
    )
    assert found.counts == {"duplicate-organization": 1}


def test_a_service_that_was_appended_twice_is_said(tmp_path: Path) -> None:
    found = look(tmp_path, entry("Food Pantry", "a"), entry("FOOD PANTRY", "b"))
    assert found.counts["duplicate-service"] == 1


def test_two_services_of_one_name_with_numbers_of_their_own_are_two(tmp_path: Path) -> None:
    other = (number("(415) 621-2930", "+14156212930"),)
    assert look(tmp_path, entry("Food Pantry", "a"), entry("Food Pantry", "b", phones=other)).counts == {}


@pytest.mark.parametrize(("one", "other"), [("St. Mary's House", "St Marys House"), ("A & B", "a and b")])
def test_names_are_compared_as_people_read_them(one: str, other: str) -> None:
    assert plain(one) == plain(other)


# --- reading ------------------------------------------------------------------------------------------
def test_plain_words_have_a_low_grade() -> None:
    """SAFETY A1: what is harder than grade 9 is told before it is signed."""
    assert reading_grade("We help you find a safe place to stay. You can call us any time. It is free.") < 6
    assert reading_grade(HARD) > 12


# --- the starter --------------------------------------------------------------------------------------
def test_the_starter_catalog_has_no_error_that_is_not_accepted_with_a_reason() -> None:
    found = lint(STARTER_CATALOG, TODAY, read_baseline(FOLDER / "lint.toml", TODAY))
    assert found.errors == 0
    assert {one.finding.code for one in found.accepted} == {"crisis-overdue", "crisis-no-date"}
    assert found.notes == []


def test_many_findings_of_one_kind_are_counted_and_not_all_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("guide.publish.lint.findings.KEPT", 3)
    services = [entry(f"P{n}", phones=(number(f"(415) 621-{n:04}", f"+1415621{n:04}"),), description=Words("Help.")) for n in range(2000, 2009)]  # fmt: skip
    found = look(tmp_path, *services)
    assert (found.counts["no-spanish"], len(found.of("no-spanish"))) == (9, 3)
