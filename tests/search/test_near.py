"""Near a place: the nearest first, what is reached by phone kept, and nothing that leads to a closed address."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from guide.places import find_places
from guide.publish.ids import stable_id
from guide.records import Address, Card, Location, Question, Service
from guide.search.ask import Search
from guide.search.spots import spots_of
from tests.makers import NOW, make_catalog, make_service

(MIAMI,) = find_places("33101")
(TAMPA,) = find_places("Tampa, FL")


def at(name: str, latitude: float | None, longitude: float | None, *addresses: Address, **over: object) -> Service:
    shown = addresses or (Address("1 Main St", "Miami", "FL", "33139"),)
    place = Location(stable_id("test", "location", name), latitude=latitude, longitude=longitude, addresses=shown)
    return make_service(name, locations=(place,), **over)


SERVICES = [
    at("Far Kitchen", 26.70, -80.06),
    at("Near Kitchen", 25.79, -80.20),
    at("Middle Kitchen", None, None),
    at("Hidden Kitchen", None, None, Address("", "Miami", "FL", visibility="area")),
    make_service("Phone Kitchen"),
    make_service("National Kitchen", service_areas=("Nationwide",)),
    at("State Kitchen", 30.44, -84.28, Address("9 Elm St", "Tallahassee", "FL", "32301"), service_areas=("Statewide",)),
    make_service("Texas Kitchen", service_areas=("Texas",)),
]


@pytest.fixture(scope="module")
def search(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Search]:
    folder = tmp_path_factory.mktemp("near")
    made = Search.open(make_catalog(folder / "catalog.db", SERVICES, call_now=()), folder / "index")
    yield made
    made.close()


def cards(search: Search, radius: int = 0, words: str = "kitchen") -> dict[str, Card]:
    answer = search.ask(Question(words, near=MIAMI, radius=radius), NOW)
    assert answer.total == len(answer.cards)
    return {card.name.text: card for card in answer.cards}


def test_the_nearest_come_first_and_then_what_is_reached_by_phone(search: Search) -> None:
    found = list(cards(search, 25))
    assert found[:2] == ["Near Kitchen", "Middle Kitchen"]
    assert set(found[2:]) == {"Hidden Kitchen", "Phone Kitchen", "National Kitchen", "State Kitchen"}


def test_any_distance_leaves_everything_in(search: Search) -> None:
    assert set(cards(search)) == {service.name.text for service in SERVICES}


def test_distances_are_said_exactly_about_or_not_at_all(search: Search) -> None:
    found = cards(search)
    near, middle = found["Near Kitchen"].distance, found["Middle Kitchen"].distance
    assert near is not None
    assert near.miles == pytest.approx(0.7, abs=0.2)
    assert not near.about
    assert middle is not None
    assert middle.about, "only its ZIP is known"
    assert found["Phone Kitchen"].distance.by_phone


def test_a_closed_address_has_no_distance_and_no_point_in_the_index(search: Search) -> None:
    """SAFETY L1, L2: not even the middle of its town."""
    hidden = cards(search)["Hidden Kitchen"].distance
    assert hidden is not None
    assert (hidden.miles, hidden.by_phone) == (None, True)
    mixed = at(
        "Mixed", 25.7, -80.1, Address("1 A St", "Miami", "FL", "33139"), Address("", "Miami", "FL", visibility="area")
    )
    assert not list(spots_of(mixed))


def test_a_service_of_another_state_alone_is_not_near(search: Search) -> None:
    assert "Texas Kitchen" not in cards(search, 50)
    assert "State Kitchen" in cards(search, 5), "it serves the whole state"


def test_each_distance_is_counted_with_what_is_reached_by_phone(search: Search) -> None:
    answer = search.ask(Question("kitchen", near=MIAMI, radius=5), NOW)
    counts = {value.slug: value.count for value in answer.facets if value.facet == "near"}
    assert answer.total == counts["5"]
    assert counts["5"] <= counts["10"] <= counts["25"] <= counts["50"]
    assert counts["phone"] == 4


def test_without_a_place_nothing_has_a_distance(search: Search) -> None:
    answer = search.ask(Question("kitchen"), NOW)
    assert not [card for card in answer.cards if card.distance]
    assert not [value for value in answer.facets if value.facet == "near"]


def test_another_place_has_other_neighbours(search: Search) -> None:
    answer = search.ask(Question("kitchen", near=TAMPA, radius=25), NOW)
    assert not [card for card in answer.cards if card.distance is None or card.distance.miles is not None]


def test_several_indexes_are_merged_by_distance(tmp_path: Path) -> None:
    one = make_catalog(tmp_path / "one.db", [at("B Kitchen", 25.90, -80.20)], call_now=())
    other = make_catalog(
        tmp_path / "other.db", [at("A Kitchen", 25.79, -80.20), make_service("C Kitchen")], call_now=()
    )
    both = Search.across([one, other], tmp_path / "index")
    answer = both.ask(Question("kitchen", near=MIAMI), NOW)
    assert [card.name.text for card in answer.cards] == ["A Kitchen", "B Kitchen", "C Kitchen"]
    both.close()
