"""guide search, show and sheet: what they answer, and what a visitor never gets."""

from __future__ import annotations

from dataclasses import replace
from datetime import time
from pathlib import Path

import pypdfium2
import pytest

from guide.publish.ids import stable_id
from guide.publish.starter import read_starter
from guide.records import Address, Audience, Location, Schedule, Service, Words
from guide.settings import STARTER_CATALOG, Settings
from tests.cli.asking import Shelter
from tests.makers import ALWAYS, make_catalog, make_phone, make_service

SERVICES = (
    make_service("Crisis Line", category="crisis", schedules=ALWAYS, phones=(make_phone("988"),)),
    replace(
        make_service(
            "Night Shelter",
            tags=("women",),
            phones=(make_phone(), make_phone("(555) 010-6677", hidden=True)),
            schedules=(Schedule(("SU",), time(1), time(2), "America/New_York"),),
            staff_note="Ask for the back door",
        ),
        name=Words("Night Shelter", "en", (("es", "Refugio nocturno"),)),
    ),
    make_service("Training Desk", category="staff-training", audience=Audience.STAFF),
)
SHELTER, TRAINING = SERVICES[1].id, SERVICES[2].id


@pytest.fixture
def house(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Shelter:
    catalog = make_catalog(tmp_path / "c.db", SERVICES)
    return Shelter(Settings(tmp_path / "data", catalog, tmp_path / "no-trust"), capsys)


def test_search_keeps_its_contract(house: Shelter) -> None:
    found = house.ask("search", "night").facts
    assert found["count"] == 1
    (hit,) = found["hits"]
    assert {k: hit[k] for k in ("id", "name", "organization", "category")} == {
        "id": SHELTER,
        "name": "Night Shelter",
        "organization": "",
        "category": "housing",
    }
    assert hit["phones"] == [{"channel": "voice", "number": "(555) 010-4410", "dial": "+15550104410"}]


def test_search_speaks_the_language_it_is_asked_for(house: Shelter) -> None:
    assert house.ask("search", "refugio", "--language", "es").facts["hits"][0]["name"] == "Refugio nocturno"


def test_search_filters_counts_and_limits(house: Shelter) -> None:
    assert house.ask("search", "--need", "housing").facts["count"] == 1
    assert house.ask("search", "--open-now").facts["count"] == 1
    assert house.ask("search", "--people", "women").facts["count"] == 1
    few = house.ask("search", "--limit", 1).facts
    assert (few["count"], len(few["hits"])) == (2, 1)
    assert house.ask("search", "zzzqqq").facts["hits"] == []


def test_a_need_nobody_knows_is_said_with_those_there_are(house: Shelter) -> None:
    said = house.ask("search", "--need", "spaceship")
    assert said.code == 2
    assert "housing" in said.facts["known"]


@pytest.mark.parametrize("option", ["--people", "--access", "--speaks", "--sub-need"])
def test_a_filter_that_no_entry_has_is_said_with_those_there_are(house: Shelter, option: str) -> None:
    said = house.ask("search", "help", option, "nothing-such")
    assert (said.code, said.facts["error"]) == (2, "usage")
    assert "nothing-such" not in said.facts["known"]


def test_a_visitor_never_gets_what_is_for_staff(house: Shelter) -> None:
    assert house.ask("search", "training").facts["count"] == 0
    assert house.ask("search", "training", "--audience", "staff").facts["count"] == 1
    hidden = house.ask("show", TRAINING)
    assert (hidden.code, hidden.facts["error"]) == (2, "not-found")
    seen = house.ask("show", SHELTER).out
    assert "6677" not in seen
    assert "back door" not in seen
    for one in ({"json": True}, {"json": False}):
        told = house.ask("show", SHELTER, "--audience", "staff", **one).out
        assert "6677" in told
        assert "back door" in told


def test_show_has_every_fact_of_every_starter_entry(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    house = Shelter(Settings(tmp_path / "data", STARTER_CATALOG, tmp_path / "no-trust"), capsys)
    for service in read_starter().services[::9]:
        facts = house.ask("show", service.id, "--audience", "staff").facts
        assert facts["name"] == service.name.text
        assert [p["number"] for p in facts["phones"]] == [p.published for p in service.phones]
        assert [p["dial"] for p in facts["phones"]] == [p.dial for p in service.phones]
        assert [u["url"] for u in facts["urls"]] == [u.url for u in service.urls]
        assert [e["address"] for e in facts["evidence"]] == [e.address for e in service.evidence]
        assert facts["texts"]["es"]["name"] == service.name.given("es")
        assert facts["discreet_name"] == service.discreet_name.text
        assert facts["also_in"] == list(service.also_in)


def test_show_never_calls_a_page_that_was_read_a_check_by_a_person(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    house = Shelter(Settings(tmp_path / "data", STARTER_CATALOG, tmp_path / "no-trust"), capsys)
    read = next(s for s in read_starter().services if s.source_date and not s.assured_date)
    said = house.ask("show", read.id, "--audience", "staff", json=False).out
    assert "seen on a page of" in said
    assert "checked by a person" not in said


# --- paper ----------------------------------------------------------------------------------------
def test_a_sheet_is_written_whole_with_the_number_of_the_catalog(house: Shelter, tmp_path: Path) -> None:
    out = tmp_path / "sheets" / "out.pdf"
    said = house.ask("sheet", "--services", SHELTER, "--language", "en,es", "--paper", "a4", "-o", out)
    assert (said.code, said.facts["pages"]) == (0, 1)
    with pypdfium2.PdfDocument(out) as pdf:
        text = pdf[0].get_textpage().get_text_bounded()
    assert text.count("(555) 010-4410") == 1
    assert "6677" not in text
    assert "Refugio nocturno" in text
    assert [p.name for p in out.parent.iterdir()] == ["out.pdf"]


@pytest.mark.parametrize(
    "words",
    [
        ["--services", "no-such-id"],
        ["--services", TRAINING],
        ["--services", f"{SHELTER},no-such-id"],
        ["--services", ","],
        ["--services", SHELTER, "--language", "en,es,ar"],
        ["--services", SHELTER, "--layout", "brochure"],
    ],
)
def test_a_sheet_that_makes_no_sense_is_refused_and_nothing_is_written(
    words: list[str], house: Shelter, tmp_path: Path
) -> None:
    assert house.ask("sheet", *words, "-o", tmp_path / "out.pdf").code == 2
    assert not (tmp_path / "out.pdf").exists()


def test_a_sheet_that_cannot_be_written_is_this_computers_fault(house: Shelter, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    assert house.ask("sheet", "--services", SHELTER, "-o", tmp_path / "file" / "out.pdf").code == 8


def test_a_staff_sheet_may_hold_what_is_for_staff(house: Shelter, tmp_path: Path) -> None:
    said = house.ask("sheet", "--services", TRAINING, "--audience", "staff", "-o", tmp_path / "out.pdf")
    assert (said.code, said.facts["left_out"]) == (0, [])


def test_show_gives_slugs_their_labels_in_the_language_asked_for(house: Shelter) -> None:
    facts = house.ask("show", SHELTER, "--language", "es").facts
    assert facts["name"] == "Refugio nocturno"
    assert facts["category_label"] == "Un lugar donde vivir"
    assert facts["tag_labels"] == {"women": "Mujeres"}


@pytest.fixture
def placed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Shelter:
    """A catalog with a place in Miami, one in Tampa, a closed one in Miami, and one without a place."""

    def at(name: str, town: str, code: str, visibility: str = "public") -> Service:
        street = "" if visibility != "public" else "1 Main St"
        address = Address(street, town, "FL", code if street else "", visibility=visibility)
        place = Location(stable_id("test", "location", name), addresses=(address,))
        return make_service(name, locations=(place,))

    services = (
        at("Miami Kitchen", "Miami", "33101"),
        at("Tampa Kitchen", "Tampa", "33602"),
        at("Hidden Kitchen", "Miami", "33101", "area"),
        make_service("Phone Kitchen"),
    )
    catalog = make_catalog(tmp_path / "c.db", services)
    return Shelter(Settings(tmp_path / "data", catalog, tmp_path / "no-trust"), capsys)


def test_near_puts_the_nearest_first_and_a_closed_address_has_no_distance(placed: Shelter) -> None:
    """SAFETY L1, L2."""
    facts = placed.ask("search", "kitchen", "--near", "33101").facts
    assert facts["near"] == "33101 Miami, FL"
    miles = {hit["name"]: hit["miles"] for hit in facts["hits"]}
    assert next(iter(miles)) == "Miami Kitchen"
    assert miles["Miami Kitchen"] < 5 < 150 < miles["Tampa Kitchen"]
    assert miles["Hidden Kitchen"] is None
    assert miles["Phone Kitchen"] is None
    said = placed.ask("search", "kitchen", "--near", "Miami, FL", json=False).out
    assert said.count("by phone, any place") == 2


def test_a_radius_leaves_out_what_is_farther_and_keeps_what_is_reached_by_phone(placed: Shelter) -> None:
    facts = placed.ask("search", "kitchen", "--near", "33101", "--radius", 25).facts
    assert {hit["name"] for hit in facts["hits"]} == {"Miami Kitchen", "Hidden Kitchen", "Phone Kitchen"}
    assert facts["count"] == 3


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        (["--near", "Springfield"], "several"),
        (["--near", "qqqqqq"], "no such place"),
        (["--near", "  "], "no such place"),
        (["--near", "33101' OR 1=1"], "no such place"),
        (["--radius", "5"], "--near"),
        (["--near", "", "--radius", "5"], "--near"),
        (["--near", "33101", "--radius", "0"], ""),
        (["--near", "33101", "--radius", "-5"], ""),
        (["--near", "33101", "--radius", "ten"], ""),
        (["--limit", "0"], ""),
    ],
)
def test_a_place_or_distance_that_makes_no_sense_is_said(placed: Shelter, words: list[str], reason: str) -> None:
    said = placed.ask("search", "kitchen", *words)
    assert said.code == 2
    assert reason in said.out + said.err


def test_a_radius_as_wide_as_the_world_is_no_error(placed: Shelter) -> None:
    assert placed.ask("search", "--near", "33101", "--radius", 10**9).facts["count"] == 4
