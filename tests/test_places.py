"""ZIPs and towns of the US, offline: exact, with a state, misspelled, ambiguous, or not there at all."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guide.places import find_places, miles_between, place_of
from guide.states import area_of, state_of


@pytest.mark.parametrize(
    ("typed", "label"),
    [
        ("33101", "33101 Miami, FL"),
        ("33101-1234", "33101 Miami, FL"),
        ("ZIP 33101", "33101 Miami, FL"),
        ("Miami, FL", "Miami, FL"),
        ("miami florida", "Miami, FL"),
        ("Miami Beach, FL 33139", "33139 Miami Beach, FL"),
        ("springfield il", "Springfield, IL"),
        ("St. Louis, MO", "Saint Louis, MO"),
        ("san fransisco", "San Francisco, CA"),
        ("Los Angles", "Los Angeles, CA"),
        ("NYC", "New York, NY"),
        ("Nueva York", "New York, NY"),
        ("Washington, D.C.", "Washington, DC"),
        ("O'Fallon, IL", "O Fallon, IL"),
        ("Boston, Massachusetts", "Boston, MA"),
    ],
)
def test_what_people_type_is_one_place(typed: str, label: str) -> None:
    assert [place.label for place in find_places(typed)] == [label]


def test_a_name_of_several_states_offers_them_the_largest_first() -> None:
    found = find_places("Springfield")
    assert {"IL", "MA", "MO"} <= {place.state for place in found}
    assert all(place.name == "Springfield" for place in found)


@pytest.mark.parametrize("typed", ["", " ", "x", "99999", "123", "qqqqqq", "Port-au-Prince", "'; DROP TABLE", "\u202e"])
def test_what_is_no_place_finds_none(typed: str) -> None:
    assert find_places(typed) == ()


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=200))
def test_no_text_breaks_it(text: str) -> None:
    assert len(find_places(text)) <= 8


def test_distances_are_great_circles() -> None:
    assert miles_between(25.7617, -80.1918, 40.7128, -74.0060) == pytest.approx(1090, abs=5)
    assert miles_between(0, 179.9, 0, -179.9) == pytest.approx(13.8, abs=0.2)
    assert miles_between(10, 10, 10, 10) == 0


def test_an_address_without_a_point_lies_in_the_middle_of_its_zip_else_of_its_town() -> None:
    by_zip, by_town = place_of("33139-0001", "", ""), place_of("", "Miami", "Florida")
    assert by_zip is not None
    assert by_zip.code == "33139"
    assert by_town is not None
    assert by_town.label == "Miami, FL"
    assert place_of("", "Miami", "") is None, "a town without its state may be anywhere"


@pytest.mark.parametrize(
    ("text", "area"),
    [
        ("Nationwide", "US"), ("United States", "US"), ("Todo el país", "US"), ("Florida", "FL"), ("FL", "FL"),
        ("State of Florida", "FL"), ("Florida (statewide)", "FL"), ("Statewide", "TX"), ("Miami-Dade County", ""), ("", ""),
    ],
)  # fmt: skip
def test_a_service_area_is_the_country_a_state_or_less(text: str, area: str) -> None:
    assert area_of(text, home="TX") == area
    assert state_of("nowhere") == ""


def test_the_gazetteer_is_small() -> None:
    assert (Path(__file__).parent.parent / "guide" / "places.bin").stat().st_size < 1_000_000
